"""Columns of cells into columns of values."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any

from planning.blanks import is_blank
from planning.countries import parse_country
from planning.errors import InvalidValue
from planning.imports.headers import PLATFORM_WORDS, Field
from planning.imports.plain import CODES, PLAIN_AVERAGE, PLAIN_COUNT
from planning.languages import parse_language
from planning.money import parse_price
from planning.names import parse_name
from planning.niches import parse_niches
from planning.numbers import (
    decimal_mark,
    is_scaled,
    needs_decimal_mark,
    parse_average,
    parse_count,
    parse_figure,
    parse_share,
)
from planning.platform import Platform
from planning.reasons import Reason
from planning.tables import fold

MAX_POSTS = 1_000_000
MAX_RATE = 10.0
# Possessive, so that a long column is looked through once.
_PLAIN_COUNTS = re.compile(rf"(?:{PLAIN_COUNT})?+(?:\0(?:{PLAIN_COUNT})?+)*+")
_PLAIN_AVERAGES = re.compile(rf"(?:{PLAIN_AVERAGE})?+(?:\0(?:{PLAIN_AVERAGE})?+)*+")

# How many cells are looked at together: inside one call of C no other thread runs.
_PART = 5_000
_MOST_KNOWN = 50_000
"""Different cells of a column that are remembered, so that a column without repeats doesn't fill the memory."""

AVERAGES = (Field.LIKES, Field.COMMENTS, Field.VIEWS)


def parse_platform(text: str) -> Platform:
    """A platform by any of its usual names; one that has profiles but is none of ours is OTHER.

    Raises `InvalidValue` (NOT_A_PLATFORM).
    """
    platform = PLATFORM_WORDS.get(fold(text)) if len(text) <= 40 else None
    if platform is None:
        raise InvalidValue("platform", text, Reason.NOT_A_PLATFORM)
    return platform


def parse_time(text: str) -> datetime:
    """A time or a day, the year first (ISO 8601); without a zone it is UTC's. Raises `InvalidValue` (NOT_A_TIME)."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InvalidValue("time", text, Reason.NOT_A_TIME) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def parse_declared_rate(text: str, *, percent: bool) -> float:
    """An engagement rate as a share. `percent`: figures without a sign are per cent; without it they may as well be
    shares, and are not read. Raises `InvalidValue`: NOT_A_NUMBER, NEGATIVE, RATE_UNCLEAR, NO_ENGAGEMENT_RATE.
    """
    signed = text.rstrip().endswith("%")
    if not signed and not percent:
        parse_average(text, column="declared_rate", decimal=".")
        raise InvalidValue("declared_rate", text, Reason.RATE_UNCLEAR)
    rate = parse_share(text if signed else f"{text}%", column="declared_rate")
    if rate > (MAX_RATE if signed else 1):
        raise InvalidValue("declared_rate", text, Reason.NO_ENGAGEMENT_RATE)
    return rate


def is_per_cent(header: str, cells: Iterable[str]) -> bool:
    """Whether a column's bare figures are per cent: its header says so, or one of them is too large for a share."""
    if "%" in header or "percent" in fold(header):
        return True
    figures = (parse_figure(cell) for cell in cells if not cell.rstrip().endswith("%") and len(cell) < 20)
    return any(figure is not None and int(figure.whole) > 1 for figure in figures)


def _parse_posts(text: str) -> int | None:
    """Over how many posts averages are; none is as good as not said."""
    return parse_count(text, column="posts", maximum=MAX_POSTS) or None


@dataclass(frozen=True, slots=True)
class Marks:
    """The decimal marks of a file's columns of figures, None where nothing tells.

    Follower counts as 1.2M and as 12.400 may stand in one column and are looked at apart.
    """

    plain: str | None = None
    scaled: str | None = None
    averages: Mapping[Field, str | None] = field(default_factory=dict[Field, str | None])


def find_marks(cells: Mapping[Field, Iterable[str]]) -> Marks:
    """The decimal marks by the whole columns: each by its own figures, then by what the file's other columns show.

    Columns are gone through more than once.
    """
    averages = {name: cells[name] for name in AVERAGES if name in cells}
    followers = cells.get(Field.FOLLOWERS, ())
    if not any(map(_may_group, (followers, *averages.values()))):
        return Marks()
    scaled = decimal_mark(cell for cell in followers if is_scaled(cell))
    # A count is whole: in plain figures only fractions of three digits (1432.000) say that 1.234 is no thousands.
    plain = decimal_mark((cell for cell in followers if not is_scaled(cell)), places=3)
    grouping = {mark for mark in ".," if plain is None and _groups(followers, mark)}
    own = {name: decimal_mark(column) for name, column in averages.items()}
    seen = {scaled, plain, *own.values(), *("," if mark == "." else "." for mark in grouping)} - {None}
    shared = seen.pop() if len(seen) == 1 else None
    return Marks(plain, scaled or shared, {name: mark or shared for name, mark in own.items()})


def _groups(followers: Iterable[str], mark: str) -> bool:
    return needs_decimal_mark(cell for cell in followers if mark in cell and not is_scaled(cell))


def _may_group(column: Iterable[str]) -> bool:
    """Whether any figure can only be read by the others' decimal mark; columns are long, and mostly written plainly."""
    cells = iter(column)
    parts = iter(lambda: list(islice(cells, _PART)), [])
    return any(not _PLAIN_AVERAGES.fullmatch("\0".join(part)) and needs_decimal_mark(part) for part in parts)


def _read_plain(name: Field, cells: Sequence[str]) -> list[Any] | None:
    """A column's figures where each is written plainly or not at all, as most are; None where any is not.

    One look at all the cells together instead of one at each: the same answer, several times faster.
    """
    whole = name is Field.FOLLOWERS
    joined = "\0".join(cells)
    if not (_PLAIN_COUNTS if whole else _PLAIN_AVERAGES).fullmatch(joined) or joined.count("\0") != len(cells) - 1:
        return None
    if not whole:
        return [float(cell) if cell else None for cell in cells]
    if "." in joined:
        return [int(float(cell)) if cell else None for cell in cells]
    return [int(cell) if cell else None for cell in cells]


class CellReader:
    """Reads one file's columns; what repeats from row to row is understood once."""

    def __init__(
        self, marks: Callable[[], Marks], currency: str | None, *, percent: Callable[[], bool] = lambda: False
    ) -> None:
        """`marks` and `percent`, whether bare rates are per cent, are asked for at the first cell that needs them."""
        self._marks = cache(marks)
        per_cent = cache(percent)
        self._repeating: dict[Field, Callable[[str], object]] = {
            Field.PLATFORM: lambda cell: CODES[parse_platform(cell)],
            Field.NICHES: lambda cell: parse_niches(cell) or None,
            Field.COUNTRY: parse_country,
            Field.LANGUAGE: parse_language,
            Field.PRICE: lambda cell: parse_price(cell, currency),
            Field.POSTS: _parse_posts,
            Field.FOLLOWERS_AT: parse_time,
            Field.ENGAGEMENT_AT: parse_time,
            Field.DECLARED_RATE: lambda cell: parse_declared_rate(cell, percent=per_cent()),
            Field.INFLUENCER: lambda cell: None if is_blank(cell) else " ".join(cell.split()).casefold(),
        }
        self._known: dict[Field, dict[str, object]] = {name: {} for name in self._repeating}
        self._unread: dict[Field, dict[str, InvalidValue]] = {name: {} for name in self._repeating}

    def read(self, name: Field, cells: Sequence[str]) -> tuple[list[Any], list[tuple[int, InvalidValue]]]:
        """Each cell's value, None where it says nothing or can't be read; and the latter with their places.

        A platform is its letter in CODES.
        """
        if name in self._repeating:
            return self._read_repeating(name, cells)
        if name is not Field.NAME and (plain := _read_plain(name, cells)) is not None:
            return plain, []
        parse = self._parser(name)
        values: list[Any] = []
        failures: list[tuple[int, InvalidValue]] = []
        for place, cell in enumerate(cells):
            try:
                values.append(parse(cell))
            except InvalidValue as failure:
                values.append(None)
                # Nearly no cell is blank in a good file: asked only where reading failed.
                if not is_blank(cell):
                    failures.append((place, failure))
        return values, failures

    def _read_repeating(self, name: Field, cells: Sequence[str]) -> tuple[list[Any], list[tuple[int, InvalidValue]]]:
        known, unread, parse = self._known[name], self._unread[name], self._repeating[name]
        if len(known) > _MOST_KNOWN:
            known.clear()
            unread.clear()
        for cell in set(cells).difference(known):
            # NA is Namibia: it is read before it could pass for a word for nothing.
            try:
                known[cell] = parse(cell) if cell else None
            except InvalidValue as failure:
                known[cell] = None
                if not is_blank(cell):
                    unread[cell] = failure
        failures = [(place, unread[cell]) for place, cell in enumerate(cells) if cell in unread] if unread else []
        return list(map(known.__getitem__, cells)), failures

    def _parser(self, name: Field) -> Callable[[str], object]:
        if name is Field.NAME:
            return parse_name
        if name is Field.FOLLOWERS:
            plain, scaled = self._marks().plain, self._marks().scaled
            if plain == scaled:
                return lambda cell: parse_count(cell, decimal=plain)
            return lambda cell: parse_count(cell, decimal=scaled if is_scaled(cell) else plain)
        mark, column = self._marks().averages.get(name), name.value
        return lambda cell: parse_average(cell, column=column, decimal=mark)
