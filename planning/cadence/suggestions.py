"""What a person may be about to type: whole phrases in their language, every one of which can be read."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from planning.cadence.phrases import LONGEST, parse
from planning.cadence.tokens import folded
from planning.cadence.unclear import Unclear
from planning.errors import UnclearCadence

MOST = 25
"""As many as Discord shows."""

_TIMES = ("9:00", "10:00", "8:00", "12:00", "14:00", "15:00", "17:00", "20:00")
"""Hours at which teams report and plan, the most usual first."""

_ALL_TIMES = [f"{hour}:{minute}" for hour in range(24) for minute in ("00", "30")]

_HANDFUL = 10
"""How many of the phrases below are shown before anything is typed."""

_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DUTCH_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_ENGLISH = (
    "every Monday",
    "every weekday",
    "every day",
    "every 2 weeks on Monday",
    "on the 1st of each month",
    "on the first Monday of each month",
    "on the last day of each month",
    "every quarter on the 1st",
    "tomorrow",
    "today",
    *(f"every {day}" for day in _ENGLISH_DAYS[1:]),
    "every weekend",
    *(f"next {day}" for day in _ENGLISH_DAYS),
    *(f"every 2 weeks on {day}" for day in _ENGLISH_DAYS[1:]),
    *(f"on the first {day} of each month" for day in _ENGLISH_DAYS[1:]),
    *(f"on the last {day} of each month" for day in _ENGLISH_DAYS),
    "on the 15th of each month",
)
_DUTCH = (
    "elke maandag",
    "elke werkdag",
    "elke dag",
    "elke 2 weken op maandag",
    "op de 1e van elke maand",
    "op de eerste maandag van elke maand",
    "op de laatste dag van elke maand",
    "elk kwartaal op de 1e",
    "morgen",
    "vandaag",
    *(f"elke {day}" for day in _DUTCH_DAYS[1:]),
    "elk weekend",
    *(f"volgende {day}" for day in _DUTCH_DAYS),
    *(f"elke 2 weken op {day}" for day in _DUTCH_DAYS[1:]),
    *(f"op de eerste {day} van elke maand" for day in _DUTCH_DAYS[1:]),
    *(f"op de laatste {day} van elke maand" for day in _DUTCH_DAYS),
    "op de 15e van elke maand",
)


def suggestions(typed: str, *, now: datetime, zone: ZoneInfo, dutch: bool) -> list[str]:
    """Up to 25 phrases that begin with, or hold, what was typed; a handful of usual ones where nothing was."""
    found: list[str] = []
    for phrase in _candidates(" ".join(typed.split()), now, zone, dutch):
        if phrase not in found and _problem(phrase, now, zone) is None:
            found.append(phrase)
            if len(found) == MOST:
                break
    return found


def _candidates(typed: str, now: datetime, zone: ZoneInfo, dutch: bool) -> Iterator[str]:
    own, other = ((_DUTCH, "om"), (_ENGLISH, "at")) if dutch else ((_ENGLISH, "at"), (_DUTCH, "om"))
    if not typed:
        yield from (f"{day} {own[1]} {_TIMES[0]}" for day in own[0][:_HANDFUL])
        return
    yield typed
    begun, times = _split(typed)
    held = [(day, at) for days, at in (own, other) for day in days if _holds(folded(day).split(), begun)]
    yield from (f"{day} {at} {time}" for time in times[:1] for day, at in held)
    if _problem(typed, now, zone) is Unclear.NO_TIME:
        yield from (f"{typed} {time}" for time in _TIMES)
    yield from (f"{day} {at} {time}" for time in times[1:] for day, at in held)


def _split(typed: str) -> tuple[list[str], list[str]]:
    """The words about days, and the times that go on from what is typed of one.

    A number at the end is a time, unless it is part of the day, as in “every 2”.
    """
    words = [word for word in folded(typed).split() if word not in {"at", "om"}]
    if words and words[-1][0].isdigit() and not _counts(words):
        return words[:-1], [time for time in _ALL_TIMES if time.startswith(words[-1])]
    return words, list(_TIMES)


def _counts(words: list[str]) -> bool:
    return any(_holds(folded(day).split(), words) for day in (*_ENGLISH, *_DUTCH))


def _holds(words: list[str], typed: list[str]) -> bool:
    """Whether the words that were typed begin words of the phrase, in this order."""
    rest = iter(words)
    return all(any(word.startswith(begun) for word in rest) for begun in typed)


def _problem(phrase: str, now: datetime, zone: ZoneInfo) -> Unclear | None:
    if len(phrase) > LONGEST:
        return Unclear.TOO_LONG
    try:
        parse(phrase, now=now, zone=zone)
    except UnclearCadence as unclear:
        return unclear.reason
    return None
