"""Rows of text in little memory: a million rows as some thousand long strings, and not as objects of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

PART = 2_000
"""Rows that are packed, and later looked at, together: inside one call of C no other thread runs."""
BETWEEN = "\0"
"""What stands between packed cells; no text holds it."""

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows, packed by column where all have as many cells, else (`width` None) one by one."""

    size: int
    width: int | None
    packed: tuple[str, ...]

    def rows(self) -> list[tuple[str, ...]]:
        """The rows as they were packed."""
        if self.width is None:
            return [tuple(row.split(BETWEEN)) for row in self.packed]
        return list(zip(*map(self.column, range(self.width)), strict=True))

    def column(self, index: int) -> list[str]:
        """The cells of one column, from those rows that reach so far."""
        if self.width is None:
            return [cells[index] for cells in self.rows() if len(cells) > index]
        return self.packed[index].split(BETWEEN) if index < self.width else []

    def joined(self, index: int) -> str:
        """The same, as one string with `BETWEEN` between the cells."""
        if self.width is None:
            return BETWEEN.join(self.column(index))
        return self.packed[index] if index < self.width else ""

    def widths(self) -> set[int]:
        """How many cells the rows have."""
        return {row.count(BETWEEN) + 1 for row in self.packed} if self.width is None else {self.width}

    def take(self, places: Sequence[int]) -> "Part":
        """The rows at these places, counted from 0."""
        if len(places) == self.size:
            return self
        if self.width is None:
            return Part(len(places), None, tuple(self.packed[place] for place in places))
        columns = map(self.column, range(self.width))
        return Part(
            len(places), self.width, tuple(BETWEEN.join([cells[place] for place in places]) for cells in columns)
        )


def pack(rows: Sequence[Row]) -> Part:
    """These rows, at least one, as a part."""
    width = len(rows[0])
    if width and set(map(len, rows)) == {width}:
        packed = tuple(map(BETWEEN.join, zip(*rows, strict=True)))
        between, even = len(rows) - 1, width
    else:
        packed = tuple(map(BETWEEN.join, rows))
        between, even = -1, None
    if (
        any(BETWEEN in cell for row in rows for cell in row)
        if even is None
        else (any(column.count(BETWEEN) != between for column in packed))
    ):
        return pack([[cell.replace(BETWEEN, "\ufffd") for cell in row] for row in rows])
    return Part(len(rows), even, packed)


class PackedRows(Sequence[Row]):
    """Rows in parts. A slice without a step is packed as well, any other is a list."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = [part for part in parts if part.size]
        self._size = sum(part.size for part in self.parts)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "PackedRows":
        """These rows; they are taken from their source part by part."""
        if isinstance(rows, PackedRows):
            return rows
        source = iter(rows)
        return cls(pack(part) for part in iter(lambda: list(islice(source, PART)), []))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Row]:
        for part in self.parts:
            yield from part.rows()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackedRows | list) and list(self) == [*other]

    __hash__ = None  # pyright: ignore[reportAssignmentType] - as a list's

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Row]: ...
    def __getitem__(self, key: int | slice) -> Row | Sequence[Row]:
        if isinstance(key, int):
            place = range(self._size)[key]
            [row] = self._every(range(place, place + 1))
            return row
        places = range(self._size)[key]
        if places.step == 1:
            return PackedRows(self._cut(places))
        return list(self._every(places)) if places.step > 0 else list(self)[key]

    def column(self, index: int) -> "PackedColumn":
        """The cells of one column."""
        return PackedColumn(self, index)

    def widths(self) -> set[int]:
        """How many cells the rows have."""
        return set[int]().union(*(part.widths() for part in self.parts))

    def _starts(self) -> Iterator[tuple[int, Part]]:
        start = 0
        for part in self.parts:
            yield start, part
            start += part.size

    def _cut(self, places: range) -> Iterator[Part]:
        for start, part in self._starts():
            own = range(max(places.start - start, 0), min(places.stop - start, part.size))
            if own:
                yield part.take(own)

    def _every(self, places: range) -> Iterator[Row]:
        """The rows at these places, which go up."""
        for start, part in self._starts():
            first = max(0, -(-(start - places.start) // places.step))
            last = max(0, -(-(start + part.size - places.start) // places.step))
            own = [place - start for place in places[first:last]]
            if own:
                yield from part.take(own).rows()


@dataclass(frozen=True, slots=True)
class PackedColumn(Iterable[str]):
    """A column's cells, from those rows that reach so far; unpacked part by part, each time that they are asked for."""

    rows: PackedRows
    index: int

    def __iter__(self) -> Iterator[str]:
        for part in self.rows.parts:
            yield from part.column(self.index)
