"""What a language gives to the reading of phrases, and what all of them together mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum


class Unit(IntEnum):
    """What an interval is counted in."""

    MINUTE = 1
    HOUR = 2
    DAY = 3
    WEEK = 4
    FORTNIGHT = 5
    MONTH = 6
    QUARTER = 7


class Part(IntEnum):
    """The half or the part of the day that an hour is in."""

    AM = 1
    PM = 2
    MORNING = 3
    AFTERNOON = 4
    EVENING = 5
    NIGHT = 6


Meanings = Mapping[str, int]
"""What a word can be: a kind (as in the patterns of `planning.cadence.grammar`) and its value."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, in lower case, without accents; spaces between words of the same meaning.

    `weekdays` from Monday, `months` from January, `numbers` and `ordinals` from one on. `last` is the ordinal of the
    last. `fillers` say nothing; `marks` are the words of a kind that has no value.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    numbers: tuple[str, ...]
    ordinals: tuple[str, ...]
    last: str
    units: Mapping[Unit, str]
    adverbs: Mapping[Unit, str]
    parts: Mapping[Part, str]
    dated: tuple[str, ...]
    """Today, tomorrow, the day after."""
    this_part: Mapping[Part, str]
    """Tonight."""
    workdays: str
    weekend: str
    noon: str
    midnight: str
    marks: Mapping[str, str]
    fillers: str

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        """Each word, its kind and its value."""
        lists = {"weekday": (self.weekdays, 0), "month": (self.months, 1), "number": (self.numbers, 1)}
        lists |= {"ordinal": (self.ordinals, 1), "dated": (self.dated, 0)}
        for kind, (entries, start) in lists.items():
            for value, words in enumerate(entries, start):
                yield from _each(words, kind, value)
        for unit, words in self.units.items():
            yield from _each(words, "unit" if unit >= Unit.DAY else "short", unit)
        for unit, words in self.adverbs.items():
            yield from _each(words, "adverb" if unit >= Unit.DAY else "often", unit)
        for part, words in self.parts.items():
            yield from _each(words, "part", part)
        yield from _each(self.last, "ordinal", -1)
        for part, words in self.this_part.items():
            yield from _each(words, "this_part", part)
        yield from _each(self.workdays, "group", 0)
        yield from _each(self.weekend, "group", 1)
        yield from _each(self.noon, "time", 12 * 60)
        yield from _each(self.midnight, "time", 0)
        for kind, words in self.marks.items():
            yield from _each(words, kind, 0)


def _each(words: str, kind: str, value: int) -> Iterator[tuple[str, str, int]]:
    for word in words.split():
        yield word, kind, value
