"""Reads one account of each row of a table, column by column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from planning.accounts import Draft, Engagement
from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.files import Table
from planning.handles import parse_handle
from planning.imports.cells import AVERAGES, CellReader, find_marks, is_per_cent
from planning.imports.columns import ColumnUse
from planning.imports.found import ReadRows
from planning.imports.headers import SUMS, Field
from planning.imports.problems import Problem, problem
from planning.niches import MAX_NICHES
from planning.platform import Platform
from planning.reasons import Reason

_UNKNOWN = Engagement()
_SAYING = (Field.HANDLE, Field.PROFILE, Field.FOLLOWERS, Field.NAME)
"""The columns whose header may say the platform of all rows, the most telling first."""


def home_of(columns: Sequence[ColumnUse]) -> ColumnUse:
    """The column that names the accounts."""
    fields = {use.field: use for use in columns}
    return fields.get(Field.HANDLE) or fields[Field.PROFILE]


@dataclass(slots=True)
class _Part:
    """Some thousand rows: their lines, their cells by column, and what went wrong so far, by place in the part."""

    lines: Sequence[int]
    cells: Sequence[Sequence[str]]
    rejected: dict[int, Problem]
    left_out: list[tuple[int, Problem]]

    def column(self, use: ColumnUse | None) -> Sequence[str]:
        """The column's cells; empty ones where the file has no such column."""
        return [""] * len(self.lines) if use is None else self.cells[use.index]

    def reject(self, place: int, column: str, value: str, reason: Reason) -> None:
        """Reject a row; the first reason found is the one that is told."""
        if place not in self.rejected:
            self.rejected[place] = problem(self.lines[place], column, value, reason)

    def cut_off(self) -> None:
        """Reject the last row, whatever can be read of it: its figures may have lost their ends."""
        last = len(self.lines) - 1
        self.rejected[last] = problem(self.lines[last], "", "", Reason.CUT_OFF)

    def leave_out(self, place: int, column: str, value: str, reason: Reason) -> None:
        """Leave a cell out of a row that is kept."""
        told = problem(self.lines[place], column, value, reason, rejects_row=False)
        self.left_out.append((place, told))


class RowReader:
    """Reads one account of each row of a file, part by part.

    `others` are the columns that name the row's other accounts, if any: a row without this account is none of this
    reader's, but that the `first` one answers for rows that name no account at all.
    """

    def __init__(
        self,
        table: Table,
        columns: Sequence[ColumnUse],
        platform: Platform | None,
        currency: str | None,
        *,
        others: Sequence[int] = (),
        first: bool = True,
    ) -> None:
        self._others = others
        self._first = first
        self._table = table
        self._fallback = platform
        self._columns = {use.field: use for use in columns if use.field and use.field is not Field.NICHES}
        self._home = home_of(columns)
        self._niches = [use for use in columns if use.field is Field.NICHES]
        figures = {name: self._whole_column(name) for name in (Field.FOLLOWERS, *AVERAGES) if name in self._columns}
        price = self._columns.get(Field.PRICE)
        rate = self._columns.get(Field.DECLARED_RATE)
        percent = rate is not None and is_per_cent(rate.header, self._whole_column(Field.DECLARED_RATE))
        self._cells = CellReader(find_marks(figures), (price and price.currency) or currency, percent=percent)
        said = (use.platform for name in _SAYING if (use := self._columns.get(name)) is not None)
        self._platform = next((platform for platform in said if platform is not None), None)

    def read_part(self, start: int, stop: int, found: ReadRows) -> None:
        """Read these rows of the table and add what they say to what was found."""
        part = self._split(start, stop, found)
        if not part.lines:
            return
        platforms, handles = self._read_handles(part, self._read_platforms(part))
        followers = self._read_followers(part)
        drafts = map(
            Draft, platforms, handles, followers, self._read_niches(part), self._read(part, Field.NAME),
            self._read(part, Field.COUNTRY), self._read(part, Field.LANGUAGE), self._read_engagement(part),
            self._read(part, Field.PRICE), self._read(part, Field.FOLLOWERS_AT), self._read(part, Field.ENGAGEMENT_AT),
            self._read(part, Field.DECLARED_RATE), self._read(part, Field.INFLUENCER),
        )  # fmt: skip
        if self._table.cut_off and stop >= len(self._table.rows):
            part.cut_off()
        if part.rejected:
            kept = [(line, draft) for place, (line, draft) in enumerate(zip(part.lines, drafts, strict=True))
                    if place not in part.rejected]  # fmt: skip
            found.lines += [line for line, _ in kept]
            found.drafts += [draft for _, draft in kept]
        else:
            found.lines += part.lines
            found.drafts += drafts
        problems = [*part.rejected.values(), *(told for place, told in part.left_out if place not in part.rejected)]
        found.problems += sorted(problems, key=lambda told: told.row)

    def _whole_column(self, name: Field) -> list[str]:
        index = self._columns[name].index
        return [row[index] for row in self._table.rows if len(row) > index]

    def _split(self, start: int, stop: int, found: ReadRows) -> _Part:
        """The part's rows as columns of one length each: blank rows dropped, short ones filled, long ones rejected."""
        width = len(self._table.header)
        lines = self._table.line_numbers[start:stop]
        rows = self._table.rows[start:stop]
        if not all(len(row) == width and any(row) for row in rows):
            lines, rows = _level(lines, rows, width, found, tell=self._first)
        if self._others:
            lines, rows = self._mine(lines, rows)
        found.rows += len(rows)
        return _Part(lines, list(zip(*rows, strict=True)), {}, [])

    def _mine(
        self, lines: Sequence[int], rows: Sequence[Sequence[str]]
    ) -> tuple[Sequence[int], Sequence[Sequence[str]]]:
        """The rows that name this account, and for the first of several those that name none."""
        home = self._home.index
        kept = [
            (line, row)
            for line, row in zip(lines, rows, strict=True)
            if not is_blank(row[home]) or (self._first and all(is_blank(row[other]) for other in self._others))
        ]
        return [line for line, _ in kept], [row for _, row in kept]

    def _read_platforms(self, part: _Part) -> Sequence[Platform | None]:
        """The platform that each row states, by its own column, else by the file's headers, else by its profile's
        address; None where it states none."""
        use, profile = self._columns.get(Field.PLATFORM), self._columns.get(Field.PROFILE)
        stated: list[Platform | None] = [None] * len(part.lines)
        if use is not None:
            cells = part.column(use)
            stated, failures = self._cells.read(Field.PLATFORM, cells)
            for place, failure in failures:
                part.reject(place, use.header, cells[place], Reason(failure.reason))
        if self._platform is not None:
            return [platform or self._platform for platform in stated]
        if profile is not None and Field.HANDLE in self._columns:
            return [platform or _platform_of(cell) for platform, cell in zip(stated, part.column(profile), strict=True)]
        return stated

    def _read_handles(
        self, part: _Part, stated: Sequence[Platform | None]
    ) -> tuple[list[Platform | None], list[str | None]]:
        """Each row's platform and handle; a row without a handle is named by the address of its profile."""
        use = self._home
        cells = part.column(use)
        if use.field is Field.HANDLE and (profile := self._columns.get(Field.PROFILE)) is not None:
            cells = [cell.strip() or other for cell, other in zip(cells, part.column(profile), strict=True)]
        platforms: list[Platform | None] = []
        handles: list[str | None] = []
        fallback = self._fallback
        for place, (cell, platform) in enumerate(zip(cells, stated, strict=True)):
            try:
                # An address says its platform itself.
                found, handle = parse_handle(cell, platform or (None if "/" in cell else fallback))
            except InvalidValue as failure:
                found, handle = None, None
                missing = is_blank(cell)
                reason = Reason.HANDLE_MISSING if missing else Reason(failure.reason)
                part.reject(place, use.header, "" if missing else cell, reason)
            platforms.append(found)
            handles.append(handle)
        if not SUMS.isdisjoint(handles):
            self._reject_sums(part, cells)
        if None in platforms:
            column = self._columns.get(Field.PLATFORM)
            for place, platform in enumerate(platforms):
                if platform is None:
                    part.reject(place, column.header if column else "", "", Reason.PLATFORM_MISSING)
        return platforms, handles

    def _reject_sums(self, part: _Part, cells: Sequence[str]) -> None:
        """Reject rows that sum up the others: so named, without an @, and without a name or a profile beside that."""
        others = [self._columns[name] for name in (Field.NAME, Field.PROFILE) if name in self._columns]
        beside = [part.column(other) for other in others if other.index != self._home.index]
        for place, cell in enumerate(cells):
            if cell.strip().casefold() in SUMS and not any(column[place].strip() for column in beside):
                part.reject(place, self._home.header, cell, Reason.SUM)

    def _read_followers(self, part: _Part) -> list[int | None]:
        use = self._columns[Field.FOLLOWERS]
        cells = part.column(use)
        values, failures = self._cells.read(Field.FOLLOWERS, cells)
        for place, failure in failures:
            part.reject(place, use.header, cells[place], Reason(failure.reason))
        if None in values:
            for place, value in enumerate(values):
                if value is None:
                    part.reject(place, use.header, "", Reason.FOLLOWERS_MISSING)
        return values

    def _read(self, part: _Part, name: Field) -> Iterable[Any]:
        """An optional column's values; a cell that can't be read is left out."""
        use = self._columns.get(name)
        return repeat(None) if use is None else self._read_column(part, name, use)

    def _read_column(self, part: _Part, name: Field, use: ColumnUse) -> list[Any]:
        cells = part.column(use)
        values, failures = self._cells.read(name, cells)
        for place, failure in failures:
            part.leave_out(place, use.header, cells[place], Reason(failure.reason))
        return values

    def _read_niches(self, part: _Part) -> Iterable[tuple[str, ...] | None]:
        """The niches of every niche column in order, each once."""
        if len(self._niches) <= 1:
            return self._read_column(part, Field.NICHES, self._niches[0]) if self._niches else repeat(None)
        columns = [self._read_column(part, Field.NICHES, use) for use in self._niches]
        together: list[tuple[str, ...] | None] = []
        for place, row in enumerate(zip(*columns, strict=True)):
            niches = tuple(dict.fromkeys(niche for tags in row if tags for niche in tags))
            if len(niches) > MAX_NICHES:
                part.leave_out(place, self._niches[0].header, ", ".join(niches), Reason.TOO_MANY_NICHES)
                niches = ()
            together.append(niches or None)
        return together

    def _read_engagement(self, part: _Part) -> Iterable[Engagement]:
        """The averages of each row, where the file has any."""
        if not any(name in self._columns for name in AVERAGES):
            return repeat(_UNKNOWN)
        columns = [self._read(part, name) for name in (*AVERAGES, Field.POSTS)]
        length = range(len(part.lines))
        return [
            _UNKNOWN
            if likes is None and comments is None and views is None
            else Engagement(likes, comments, views, posts)
            for _, likes, comments, views, posts in zip(length, *columns, strict=False)
        ]


def _level(
    lines: Sequence[int], rows: Sequence[Sequence[str]], width: int, found: ReadRows, *, tell: bool
) -> tuple[Sequence[int], Sequence[Sequence[str]]]:
    """The rows that can be read, each with `width` cells; those rejected are counted and told in `found`."""
    kept_lines: list[int] = []
    kept_rows: list[Sequence[str]] = []
    for line, row in zip(lines, rows, strict=True):
        if not "".join(row).strip():
            continue
        extra = next((cell for cell in row[width:] if cell.strip()), None)
        if extra is not None:
            if not tell:
                continue
            found.rows += 1
            found.problems.append(problem(line, "", extra, Reason.TOO_MANY_CELLS))
            continue
        kept_lines.append(line)
        kept_rows.append([*row[:width], *[""] * (width - len(row))])
    return kept_lines, kept_rows


def _platform_of(address: str) -> Platform | None:
    try:
        return parse_handle(address)[0] if "/" in address else None
    except InvalidValue:
        return None
