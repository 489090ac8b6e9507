"""Dates and times as exports and people write them. What a single cell says; which way round is for the column."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from planning.numbers import SPACES
from planning.post_files.months import FILLERS, MONTHS, WEEKDAYS

LONGEST = 60

_PLAIN = str.maketrans({**dict.fromkeys(SPACES, " "), "\u2019": "'", "\u200e": "", "\u200f": "", "\ufeff": ""})
_NUMERIC = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})(?:\.|(?![0-9]))(.*)", re.DOTALL)
_YEAR_FIRST = re.compile(r"([0-9]{4})([./-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])(.*)", re.DOTALL)
_CLOCK = re.compile(
    r"(?:[t,]|\s)*(?:(?:at|um|om|a|as|kl)\s+)?"
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s?(?:uhr|h|hs))?"
    r"\s*(?P<zone>z|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2})?|utc|gmt)?"
)
_PLAIN_CLOCK = re.compile(r",?[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_CLOCK_BEHIND = re.compile(r"(?:[,t]|\s)+(?:(?:at|um|om|a|as|kl)\s+)?[0-9]{1,2}(?:[:h][0-9]{2}|\s*[ap]\.?\s?m\b).*")
_NAMED = re.compile(r"[a-z0-9\s.,/'º°-]*")
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_OFFSET = re.compile(r"([+-])([0-9]{1,2}):?([0-9]{2})?")


class Written(NamedTuple):
    """A date as its cell has it. `year` is None where none is written.

    `swappable`: `month` and `day` stand in the order of the cell's two numbers, and only the column tells which is
    which; `dotted` that points stand between them. `clock` is hour, minute, second, None where only the day is given;
    `offset` its minutes from UTC, None where no zone is written.
    """

    year: int | None
    month: int
    day: int
    clock: tuple[int, int, int] | None
    offset: int | None = None
    swappable: bool = False
    dotted: bool = False


def parse_written(text: str) -> Written | None:
    """What a cell's date says; None where it is none, or a time of day that there isn't."""
    if len(text) > LONGEST:
        return None
    plain = (text if text.isascii() else text.translate(_PLAIN)).strip()
    match = _NUMERIC.fullmatch(plain)
    if match is not None:
        first, mark, second, year, rest = match.groups()
        # 26-09-20 may begin with its year; with strokes or points nobody writes it so.
        if len(year) == 2 and mark == "-":
            return None
        century = 2000 if len(year) == 2 else 0
        return _with_clock(century + int(year), int(first), int(second), rest, mark)
    match = _YEAR_FIRST.fullmatch(plain)
    if match is not None:
        year, _, month, day, rest = match.groups()
        return _with_clock(int(year), int(month), int(day), rest)
    return _parse_named(plain)


@lru_cache(maxsize=1024)
def _parse_named(plain: str) -> Written | None:
    """A date with the name of its month: Sep 20, 2026, 14:05; 20. September 2026; 20 de septiembre."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain.casefold()) if not unicodedata.combining(c))
    behind = _CLOCK_BEHIND.search(bare)
    rest = behind[0] if behind else ""
    name = bare.removesuffix(rest)
    if not _NAMED.fullmatch(name):
        return None
    tokens = _WORDS.findall(name)
    months = [place for place, token in enumerate(tokens) if token in MONTHS]
    # "mar" is a Tuesday too, and then stands before the month.
    if len(months) == 2 and tokens[months[0]] in WEEKDAYS:
        del months[0]
    if len(months) != 1:
        return None
    place = months[0]
    numbers = [token for token in tokens if token.isdecimal()]
    words = {token for i, token in enumerate(tokens) if not token.isdecimal() and i != place}
    if not 1 <= len(numbers) <= 2 or not words <= WEEKDAYS | FILLERS:
        return None
    year = None
    if len(numbers) == 2:
        if len(numbers[0]) == 4:
            numbers.reverse()
        if len(numbers[1]) not in {2, 4}:
            return None
        year = int(numbers[1]) + (2000 if len(numbers[1]) == 2 else 0)
    if len(numbers[0]) > 2:
        return None
    return _with_clock(year, MONTHS[tokens[place]], int(numbers[0]), rest)


def _with_clock(year: int | None, month: int, day: int, rest: str, mark: str = "") -> Written | None:
    """The date with the time of day that stands behind it; `mark` stands between numbers that may be swapped."""
    clock, offset = None, None
    if rest and (plain := _PLAIN_CLOCK.fullmatch(rest)):
        clock = (int(plain[1]), int(plain[2]), int(plain[3] or 0))
    elif rest.strip():
        match = _CLOCK.fullmatch(rest.strip().lower().replace("à", "a"))
        if match is None or (match["minute"] is None and match["half"] is None):
            return None
        hour = int(match["hour"])
        if match["half"] is not None:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if match["half"][0] == "p" else 0)
        clock, offset = (hour, int(match["minute"] or 0), int(match["second"] or 0)), _minutes(match["zone"])
    if clock is not None and not (clock[0] < 24 and clock[1] < 60 and clock[2] < 60):
        return None
    return Written(year, month, day, clock, offset, mark != "", mark == ".")


def _minutes(zone: str | None) -> int | None:
    if zone is None:
        return None
    match = _OFFSET.search(zone)
    if match is None:
        return 0
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes
