"""What the parts of a phrase say about the days. Each raises `UnclearCadence` where it can't be."""

from datetime import timedelta

from planning.cadence.days import LAST
from planning.cadence.match import Match
from planning.cadence.saying import Said
from planning.cadence.tokens import iso_of, numbers_of
from planning.cadence.unclear import Unclear
from planning.cadence.words import Part, Unit
from planning.errors import UnclearCadence

WEEK = 7
_SPANS = {Unit.DAY: 1, Unit.WEEK: WEEK, Unit.FORTNIGHT: 2 * WEEK}
"""Days in a unit that one can count ahead in."""


def weekday(said: Said, match: Match) -> None:
    """A weekday, or one more."""
    said.weekdays.add(match.get("weekday"))


def weekday_range(said: Said, match: Match) -> None:
    """Monday to Friday."""
    first, last = match.all("weekday")
    said.weekdays.update((first + step) % WEEK for step in range((last - first) % WEEK + 1))


def group(said: Said, match: Match) -> None:
    """Weekdays, or the weekend."""
    said.weekdays.update((5, 6) if match.get("group") else range(5))


def every(said: Said, _match: Match) -> None:
    """A word for a rhythm, before the day that it is about."""
    said.every = True


def once(said: Said, _match: Match) -> None:
    """Not a rhythm."""
    said.once = True


def rhythm(said: Said, match: Match) -> None:
    """Every two weeks; monthly."""
    said.say_rhythm(match.number(), Unit((match.all("unit") or match.all("adverb"))[0]))


def other(said: Said, match: Match) -> None:
    """Every other week."""
    said.say_rhythm(2, Unit(match.get("unit")))


def other_weekday(said: Said, match: Match) -> None:
    """Every other Tuesday."""
    said.say_rhythm(2, Unit.WEEK)
    weekday(said, match)


def every_part(said: Said, match: Match) -> None:
    """Every morning."""
    said.say_rhythm(1, Unit.DAY)
    said.parts.add(Part(match.get("part")))


def too_often(_said: Said, match: Match) -> None:
    """Every hour."""
    raise UnclearCadence(Unclear.TOO_OFTEN, match.text)


def unit(said: Said, match: Match) -> None:
    """Of the month."""
    unit = match.get("unit")
    if unit != Unit.MONTH:
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.month = True


def nth_weekday(said: Said, match: Match) -> None:
    """Every second Tuesday may be every two weeks; every first or last Friday is one of the month."""
    nth = match.get("ordinal")
    said.say_nth(nth, match.get("weekday"))
    said.month = said.month or (said.every and nth in {1, LAST})


def nth_day(said: Said, match: Match) -> None:
    """The first day, or the first of the month."""
    nth, unit = match.get("ordinal"), match.get("unit")
    if unit not in {Unit.DAY, Unit.MONTH}:
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.say_month_day(31 if nth == LAST else nth)
    said.month = said.month or unit == Unit.MONTH


def month_day(said: Said, match: Match) -> None:
    """The 15th."""
    nth = match.get("ordinal")
    if nth == LAST:
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.say_month_day(nth)
    said.month = said.month or said.every


def date(said: Said, match: Match) -> None:
    """1 December 2026."""
    day = (match.all("number") or match.all("ordinal"))[0]
    if day == LAST:
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.say_on(said.dated(day, match.get("month"), next(iter(match.all("year")), None)))


def month(_said: Said, match: Match) -> None:
    """A month without a day."""
    raise UnclearCadence(Unclear.NO_DAY, match.text)


def iso(said: Said, match: Match) -> None:
    """2026-12-01."""
    year, month, day = iso_of(match.tokens[0])
    said.say_on(said.dated(day, month, year))


def numeric(said: Said, match: Match) -> None:
    """1/12 is the first of December in Europe and 12 January in the United States: refused where both are dates."""
    first, second, year, dotted = numbers_of(match.tokens[0])
    if dotted or first > 12 or first == second or 0 in {first, second}:
        said.say_on(said.dated(first, second, year))
    elif second > 12:
        said.say_on(said.dated(second, first, year))
    else:
        readings = said.reading(first, second, year), said.reading(second, first, year)
        raise UnclearCadence(Unclear.TWO_READINGS, match.text, readings)


def dated(said: Said, match: Match) -> None:
    """Today, tomorrow."""
    said.say_on(said.today + timedelta(days=match.get("dated")))


def this_part(said: Said, match: Match) -> None:
    """Tonight, this morning."""
    said.say_on(said.today)
    said.parts.add(Part((match.all("this_part") or match.all("part"))[0]))


def after_tomorrow(said: Said, match: Match) -> None:
    """The day after tomorrow."""
    if (match.get("unit"), match.get("dated")) != (Unit.DAY, 1):
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.say_on(said.today + timedelta(days=2))


def next_weekday(said: Said, match: Match) -> None:
    """The first one after today: within the coming seven days."""
    ahead = (match.get("weekday") - said.today.weekday() - 1) % WEEK + 1
    said.say_on(said.today + timedelta(days=ahead))


def this_weekday(said: Said, match: Match) -> None:
    """The first one from today on."""
    ahead = (match.get("weekday") - said.today.weekday()) % WEEK
    said.say_on(said.today + timedelta(days=ahead))


def weekday_of_next_week(said: Said, match: Match) -> None:
    """Friday next week: of the week, from Monday, after this one."""
    if match.get("unit") != Unit.WEEK:
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.say_on(said.today + timedelta(days=WEEK - said.today.weekday() + match.get("weekday")))


def in_short(said: Said, match: Match) -> None:
    """In two hours, in 20 minutes."""
    minutes = match.number() * (60 if match.get("short") == Unit.HOUR else 1)
    said.say_in(timedelta(minutes=minutes))


def in_half_an_hour(said: Said, match: Match) -> None:
    """In half an hour."""
    if match.get("short") != Unit.HOUR:
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.say_in(timedelta(minutes=30))


def in_days(said: Said, match: Match) -> None:
    """In three days."""
    span = _SPANS.get(Unit(match.get("unit")))
    if span is None:
        raise UnclearCadence(Unclear.UNREADABLE, match.text)
    said.say_on(said.today + timedelta(days=match.number() * span))
