"""A file of influencers, part by part: which accounts its rows name, and what they say of those that are asked for."""

from collections.abc import Collection, Sequence
from itertools import accumulate

from planning.files import Table
from planning.imports.choosing import understand_columns
from planning.imports.found import ReadRows
from planning.imports.layout import find_table
from planning.imports.mapping import Chosen
from planning.imports.plain import key_of
from planning.imports.plain_rows import PlainRows
from planning.imports.row_reader import RowReader, home_of
from planning.imports.units import all_written_out, units_of
from planning.packed import PackedRows
from planning.platform import Platform


class RosterFile:
    """One file whose columns are understood. `platform` and `currency` fill in where it does not say, and what a person
    has `chosen` stands above what its columns say.

    A row whose handle, platform, followers or date can't be read is rejected with one problem; any other cell that
    can't be read is left out, with a problem, and the row is kept. Raises `UnreadableFile` as `understand_columns`.
    """

    def __init__(
        self, table: Table, *, platform: Platform | None, currency: str | None, chosen: Chosen | None = None
    ) -> None:
        table = find_table(table)
        rows = PackedRows.of(table.rows)
        self.columns = understand_columns(table.header, rows, chosen)
        rows = all_written_out(rows, units_of(self.columns))
        self.parts = range(len(rows.parts))
        self._parts = rows.parts
        self._starts = [0, *accumulate(part.size for part in rows.parts)]
        self._lines = table.line_numbers
        self._cut_off = table.cut_off
        accounts = sorted({use.account for use in self.columns if use.account is not None}) or [None]
        groups = [[use for use in self.columns if use.account in (None, account)] for account in accounts]
        homes = [home_of(group).index for group in groups]
        self._readers = [
            RowReader(
                *(len(table.header), rows, group, platform, currency),
                others=[*homes[:place], *homes[place + 1 :]],
                first=place == 0,
            )
            for place, group in enumerate(groups)
        ]
        self._plain = PlainRows(self._readers[0]) if len(groups) == 1 else None

    def read_all(self) -> ReadRows:
        """All that the file says."""
        found = ReadRows(self.columns)
        for number in self.parts:
            self.read_part(number, found)
        return found

    def read_part(self, number: int, found: ReadRows) -> None:
        """Read a part's rows as drafts and problems, and add them to what was found."""
        self._read(number, range(self._parts[number].size), found, cut_off=self._ends(number))

    def find_keys(self, number: int, found: ReadRows) -> list[str]:
        """The account that each of a part's rows names, by its key, "" where the row is rejected; its rows are
        counted in `found` and their problems added.

        Where a row may name several accounts, the keys of all that are kept, in the order in which they are read.
        """
        read = ReadRows(found.columns)
        part, lines = self._parts[number], self._lines_of(number)
        keys = [""] * part.size if self._ends(number) or not self._plain else self._plain.find_keys(lines, part)
        odd = [place for place, key in enumerate(keys) if not key]
        if odd:
            self._read(number, odd, read, cut_off=self._ends(number))
            named = [key_of(*draft.key) for draft in read.drafts]
            if self._plain is None:
                keys = named
            else:
                kept = dict(zip(read.lines, named, strict=True))
                for place in odd:
                    keys[place] = kept.get(lines[place], "")
        found.rows += part.size - len(odd) + read.rows
        found.problems += read.problems
        return keys

    def read(self, number: int, keys: Sequence[str], wanted: Collection[str]) -> ReadRows:
        """What the rows of a part say of the wanted accounts. `keys` are what `find_keys` told."""
        found = ReadRows(self.columns)
        if self._plain is not None:
            # A row in which the file is cut off was rejected, and names none of them.
            self._read(number, [place for place, key in enumerate(keys) if key in wanted], found, cut_off=False)
            return found
        self.read_part(number, found)
        kept = [
            (line, draft) for line, draft in zip(found.lines, found.drafts, strict=True) if key_of(*draft.key) in wanted
        ]
        found.lines, found.drafts = [line for line, _ in kept], [draft for _, draft in kept]
        return found

    def _read(self, number: int, places: Sequence[int], found: ReadRows, *, cut_off: bool) -> None:
        if not places:
            return
        part, lines = self._parts[number], self._lines_of(number)
        if len(places) < part.size:
            part, lines = part.take(places), [lines[place] for place in places]
        for reader in self._readers:
            reader.read_part(lines, part, found, cut_off=cut_off)
        if len(self._readers) > 1:
            found.problems.sort(key=lambda told: told.row)

    def _lines_of(self, number: int) -> Sequence[int]:
        return self._lines[self._starts[number] : self._starts[number + 1]]

    def _ends(self, number: int) -> bool:
        """Whether the file is cut off within this part."""
        return self._cut_off and number == self.parts[-1]
