"""What the parts of a phrase say about the time of day. Each raises `UnclearCadence` where it can't be."""

from planning.cadence.dutch import DUTCH
from planning.cadence.match import Match
from planning.cadence.saying import Said, clock
from planning.cadence.unclear import Unclear
from planning.cadence.words import Part
from planning.errors import UnclearCadence


def at(said: Said, match: Match) -> None:
    """9:00, noon."""
    said.say_minutes(match.get("time"))


def hour(said: Said, match: Match) -> None:
    """9, or 9 uur 30."""
    hour, *minutes = match.all("number")
    minute = next(iter(minutes), 0)
    if hour > 23 or minute > 59:
        raise UnclearCadence(Unclear.TIME_IMPOSSIBLE, match.text)
    said.say_minutes(hour * 60 + minute)


def half(said: Said, match: Match) -> None:
    """Half tien is 9:30 and half ten 10:30 to some, so half 10 is taken as Dutch only where the other words are."""
    hour = _spoken_hour(match)
    if not said.dutch and match.tokens[1].text not in DUTCH.numbers:
        raise UnclearCadence(Unclear.TWO_READINGS, match.text, (clock(hour * 60 - 30), clock(hour * 60 + 30)))
    said.say_minutes(hour * 60 - 30 if hour > 1 else 12 * 60 + 30)


def half_past(said: Said, match: Match) -> None:
    """Half past nine."""
    said.say_minutes(_spoken_hour(match) * 60 + 30)


def quarter_past(said: Said, match: Match) -> None:
    """A quarter past nine."""
    said.say_minutes(_spoken_hour(match) * 60 + 15)


def quarter_to(said: Said, match: Match) -> None:
    """A quarter to ten."""
    said.say_minutes(_spoken_hour(match) * 60 - 15)


def _spoken_hour(match: Match) -> int:
    hour = match.number()
    if not 1 <= hour <= 23:
        raise UnclearCadence(Unclear.TIME_IMPOSSIBLE, match.text)
    return hour


def part(said: Said, match: Match) -> None:
    """In the morning; pm."""
    said.parts.add(Part(match.get("part")))
