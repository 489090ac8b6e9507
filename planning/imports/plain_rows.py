"""Rows of which every cell is surely good: counted and named without being read."""

from collections.abc import Iterator, Sequence
from itertools import compress

from planning.imports.headers import Field
from planning.imports.plain import PLAIN_FIELDS, odd_places, plain_keys
from planning.imports.row_reader import RowReader
from planning.imports.rows_part import RowsPart
from planning.niches import MAX_NICHES
from planning.packed import Part

_NAMING = {Field.HANDLE, Field.PROFILE, Field.PLATFORM}


class PlainRows:
    """Tells the plain rows of a file from those that its reader must look at cell by cell."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        self._named_by = {use.index for field, use in reader.columns.items() if field in _NAMING}
        self._plain = [(field, use.index) for field, use in reader.columns.items() if field in PLAIN_FIELDS]
        self._others = [
            (field, use.index) for field, use in reader.columns.items() if field not in {*PLAIN_FIELDS, *_NAMING}
        ]
        self._niches = [use.index for use in reader.niches]

    def find_keys(self, lines: Sequence[int], part: Part) -> list[str]:
        """Each row's account, by its key; "" where the row is not plain."""
        if part.width != self._reader.width:
            return [""] * part.size
        keys = self._name(lines, part)
        for place in self._find_odd(part):
            keys[place] = ""
        return keys

    def _name(self, lines: Sequence[int], part: Part) -> list[str]:
        reader, nothing = self._reader, [""] * part.size
        columns = [part.column(index) if index in self._named_by else nothing for index in range(reader.width)]
        rows = RowsPart(lines, columns, {}, [])
        codes = reader.or_fallback(reader.read_platforms(rows))
        keys = plain_keys(codes, rows.column(reader.home))
        for place in rows.rejected:
            keys[place] = ""
        return keys

    def _find_odd(self, part: Part) -> Iterator[int]:
        for field, index in self._plain:
            yield from odd_places(field, part.packed[index])
        for field, index in self._others:
            _, failures = self._reader.cells.read(field, part.column(index))
            yield from (place for place, _ in failures)
        if len(self._niches) == 1:
            yield from odd_places(Field.NICHES, part.packed[self._niches[0]])
        elif self._niches:
            yield from self._find_many_niches(part)

    def _find_many_niches(self, part: Part) -> Iterator[int]:
        """Rows whose niches, in several columns, can't be read or may be too many together."""
        counts = [0] * part.size
        for index in self._niches:
            values, failures = self._reader.cells.read(Field.NICHES, part.column(index))
            yield from (place for place, _ in failures)
            counts = [count + len(tags or ()) for count, tags in zip(counts, values, strict=True)]
        yield from compress(range(part.size), (count > MAX_NICHES for count in counts))
