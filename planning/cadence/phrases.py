"""What a person types, in English or Dutch, as a cadence. Nothing is guessed: what is unclear is asked about.

What is decided, where people differ:

- A weekday by itself is every week: "Monday 9:00". With "next" it is one day, the first after today: within the coming
  seven days. With "this" it may be today; with "once" it is the first moment to come. "Friday next week" is that of
  the week, from Monday, after this one.
- A date without a year is the next one; a number of the month or a "second Tuesday" needs its month ("of the month").
- "Quarterly" is the calendar's quarters, which begin in January; "every 3 months" counts from the first day to come.
  So do all other rhythms: "every 2 weeks on Tuesday" begins with the first Tuesday to come.
- Hours are those of a 24-hour clock; am, pm and the parts of the day shift them. Midnight is the day's first minute.
- "In 2 hours" is told to the minute. Where the clock shows that minute a second time, it is the first after those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from planning.cadence.days import Daily, Days, Monthly, Once, Weekly
from planning.cadence.dutch import DUTCH
from planning.cadence.english import ENGLISH
from planning.cadence.grammar import say_all
from planning.cadence.rules import Cadence, next_run
from planning.cadence.saying import Said
from planning.cadence.tokens import VOCABULARY, Token, merged, tokenise
from planning.cadence.unclear import Unclear
from planning.cadence.words import Unit
from planning.cadence.zones import known_zones, meant_as_zone, split_zone
from planning.errors import UnclearCadence

LONGEST = 100
"""Characters in the longest phrase that is read."""

YEARS_AHEAD = 10
"""How far ahead a date may be: what is further is a slip of the finger."""

CUTOFF = 75
"""Similarity (0–100, rapidfuzz.ratio) below which a word is no help to someone who misspelt another."""

_ENGLISH, _DUTCH = merged((ENGLISH,)).keys(), merged((DUTCH,)).keys()


@dataclass(frozen=True, slots=True)
class When:
    """A cadence, and the zone (IANA name) that the phrase names; None where it is the reader's own."""

    cadence: Cadence
    zone_name: str | None


def parse(phrase: str, *, now: datetime, zone: ZoneInfo) -> When:
    """The cadence that is meant at an aware moment, in a zone unless the phrase names one. Raises `UnclearCadence`."""
    if len(phrase) > LONGEST:
        raise UnclearCadence(Unclear.TOO_LONG)
    zone_name, tokens = split_zone(tokenise(phrase))
    _check_known(tokens)
    zone = zone if zone_name is None else ZoneInfo(zone_name)
    texts = {token.text for token in tokens}
    dutch = bool(texts & (_DUTCH - _ENGLISH)) and not texts & (_ENGLISH - _DUTCH)
    said = Said(now.astimezone(zone), dutch)
    unread = say_all(said, tokens)
    if unread:
        raise UnclearCadence(Unclear.UNREADABLE, " ".join(tokens[at].text for at in unread))
    cadence = _relative(said, zone) if said.moment is not None else _timed(said, zone)
    if isinstance(cadence.days, Once):
        _check_ahead(cadence, cadence.days, now, zone)
    return When(cadence, zone_name)


def _check_known(tokens: Sequence[Token]) -> None:
    unknown = [at for at, token in enumerate(tokens) if not token.meanings]
    for at in unknown:
        if meant_as_zone(tokens, at):
            zones = [found[0] for _, found in _nearest_zones(tokens[at].text)]
            raise UnclearCadence(Unclear.UNKNOWN_ZONE, tokens[at].text, tuple(dict.fromkeys(zones)))
    if unknown:
        words = [tokens[at].text for at in unknown]
        raise UnclearCadence(Unclear.UNREADABLE, " ".join(words), _nearest_words(words[0]))


def _nearest_zones(name: str) -> list[tuple[str, tuple[str, ...]]]:
    known = known_zones()
    found = process.extract(name.replace("_", " "), known.keys(), scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=3)
    return [(key, known[key]) for key, _, _ in found]


def _nearest_words(word: str) -> tuple[str, ...]:
    """The nearest word of either language, or the nearest city; none for words too short to tell."""
    words = [known for known in (*VOCABULARY, *known_zones()) if len(known) > 2]
    found = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=CUTOFF)
    return (found[0],) if found and len(word) > 2 else ()


def _relative(said: Said, zone: ZoneInfo) -> Cadence:
    assert said.moment is not None
    if said.minutes is not None or said.parts:
        raise UnclearCadence(Unclear.TWO_TIMES)
    if said.on or said.weekdays or said.of_month or said.every or said.month:
        raise UnclearCadence(Unclear.TWO_DAYS)
    local = said.moment.astimezone(zone)
    while local.fold:
        local = (local.astimezone(UTC) + timedelta(minutes=1)).astimezone(zone)
    return Cadence(Once(local.date()), time(local.hour, local.minute))


def _timed(said: Said, zone: ZoneInfo) -> Cadence:
    minutes = said.time_of_day()
    days = _once(said, zone) or _by_month(said) or _by_week(said)
    if minutes is None:
        raise UnclearCadence(Unclear.NO_TIME)
    cadence = Cadence(days, time(*divmod(minutes, 60)))
    if isinstance(days, Once) or said.rhythm is None or said.rhythm[0] == 1:
        return cadence
    return Cadence(_spaced(days, said, cadence, zone), cadence.at)


def _once(said: Said, zone: ZoneInfo) -> Days | None:
    on = said.on
    if said.once and on is None and len(said.weekdays) == 1 and not (said.every or said.of_month):
        weekly = Cadence(Weekly(tuple(said.weekdays)), time(*divmod(said.time_of_day() or 0, 60)))
        first = next_run(weekly, zone, said.now)
        assert first is not None
        on = first.astimezone(zone).date()
    if on is None:
        return None
    if said.every or said.of_month or said.month or len(said.weekdays) > 1:
        raise UnclearCadence(Unclear.TWO_DAYS)
    if said.weekdays and on.weekday() not in said.weekdays:
        raise UnclearCadence(Unclear.OTHER_WEEKDAY, choices=(on,))
    return Once(on)


def _by_month(said: Said) -> Monthly | None:
    if said.of_month is None:
        return None
    if said.once or said.weekdays:
        raise UnclearCadence(Unclear.TWO_DAYS)
    by_month = said.rhythm is not None and said.rhythm[1] is Unit.MONTH
    if not (said.month or by_month):
        raise UnclearCadence(Unclear.NO_MONTH)
    if said.rhythm is not None and not by_month:
        raise UnclearCadence(Unclear.TWO_DAYS)
    return Monthly(said.of_month)


def _by_week(said: Said) -> Daily | Weekly:
    every, unit = said.rhythm or (1, Unit.DAY if not said.weekdays else Unit.WEEK)
    if said.month or unit is Unit.MONTH or (said.rhythm is None and not said.weekdays):
        raise UnclearCadence(Unclear.NO_DAY)
    if said.once or (said.weekdays and unit is Unit.DAY and every > 1):
        raise UnclearCadence(Unclear.TWO_DAYS)
    if unit is Unit.WEEK and not said.weekdays:
        raise UnclearCadence(Unclear.NO_DAY)
    if not said.weekdays or (len(said.weekdays) == 7 and every == 1):
        return Daily()
    return Weekly(tuple(sorted(said.weekdays)))


def _spaced(days: Days, said: Said, cadence: Cadence, zone: ZoneInfo) -> Days:
    """In the rhythm that was said, from the first day to come on."""
    assert said.rhythm is not None
    assert not isinstance(days, Once)
    first = next_run(cadence, zone, said.now)
    assert first is not None
    anchor = first.astimezone(zone).toordinal()
    if said.quarters and isinstance(days, Monthly):
        anchor = said.today.replace(month=1, day=1).toordinal()
    return days.spaced(said.rhythm[0], anchor)


def _check_ahead(cadence: Cadence, once: Once, now: datetime, zone: ZoneInfo) -> None:
    if once.day.year > now.year + YEARS_AHEAD:
        raise UnclearCadence(Unclear.TOO_FAR, choices=(once.day,))
    if next_run(cadence, zone, now) is None:
        raise UnclearCadence(Unclear.PAST, choices=(once.day, cadence.at))
