"""Reads one account of each row of a table, column by column."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from planning.accounts import Draft, Engagement
from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.handles import parse_handle
from planning.imports.cells import AVERAGES, CellReader, find_marks, is_per_cent
from planning.imports.columns import ColumnUse
from planning.imports.found import ReadRows
from planning.imports.headers import SUMS, Field
from planning.imports.plain import CODES, NO_PLATFORM, PLATFORMS, plain_keys
from planning.imports.problems import problem
from planning.imports.rows_part import RowsPart
from planning.niches import MAX_NICHES
from planning.packed import PackedRows
from planning.packed import Part as PackedPart
from planning.platform import Platform
from planning.reasons import Reason

_UNKNOWN = Engagement()
_DATES = frozenset({Field.FOLLOWERS_AT, Field.ENGAGEMENT_AT})
_SAYING = (Field.HANDLE, Field.PROFILE, Field.FOLLOWERS, Field.NAME)
"""The columns whose header may say the platform of all rows, the most telling first."""


def home_of(columns: Sequence[ColumnUse]) -> ColumnUse:
    """The column that names the accounts."""
    fields = {use.field: use for use in columns}
    return fields.get(Field.HANDLE) or fields[Field.PROFILE]


def platform_of(columns: Sequence[ColumnUse]) -> Platform | None:
    """The platform of all rows, as the columns' headers say it."""
    fields = {use.field: use for use in columns}
    said = (use.platform for name in _SAYING if (use := fields.get(name)) is not None)
    return next((platform for platform in said if platform is not None), None)


class RowReader:
    """Reads one account of each row of a file, part by part.

    `others` are the columns that name the row's other accounts, if any: a row without this account is none of this
    reader's, but that the `first` one answers for rows that name no account at all.
    """

    def __init__(
        self,
        width: int,
        rows: PackedRows,
        columns: Sequence[ColumnUse],
        platform: Platform | None,
        currency: str | None,
        *,
        others: Sequence[int] = (),
        first: bool = True,
    ) -> None:
        self._others = others
        self._first = first
        self.width = width
        self._fallback = platform
        self.columns = {use.field: use for use in columns if use.field and use.field is not Field.NICHES}
        self.home = home_of(columns)
        self.niches = [use for use in columns if use.field is Field.NICHES]
        self._used = {use.index for use in columns if use.field}
        self._platform = platform_of(columns)
        figures = {
            name: rows.column(self.columns[name].index) for name in (Field.FOLLOWERS, *AVERAGES) if name in self.columns
        }
        price = self.columns.get(Field.PRICE)
        rate = self.columns.get(Field.DECLARED_RATE)
        self.cells = CellReader(
            lambda: find_marks(figures),
            (price and price.currency) or currency,
            percent=lambda: rate is not None and is_per_cent(rate.header, rows.column(rate.index)),
        )

    def read_part(self, lines: Sequence[int], rows: PackedPart, found: ReadRows, *, cut_off: bool = False) -> None:
        """Read these rows and add what they say to what was found. `cut_off`: the file ends within the last of them."""
        part = self._split(lines, rows, found)
        if not part.lines:
            return
        platforms, handles = self._read_handles(part, self.read_platforms(part))
        followers = self._read_followers(part)
        drafts = map(
            Draft, platforms, handles, followers, self._read_niches(part), self._read(part, Field.NAME),
            self._read(part, Field.COUNTRY), self._read(part, Field.LANGUAGE), self._read_engagement(part),
            self._read(part, Field.PRICE), self._read(part, Field.FOLLOWERS_AT), self._read(part, Field.ENGAGEMENT_AT),
            self._read(part, Field.DECLARED_RATE), self._read(part, Field.INFLUENCER),
        )  # fmt: skip
        # A last row that is blank, or rejected already, was dropped: those before it are whole.
        if cut_off and part.lines[-1] == lines[-1]:
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

    def _split(self, lines: Sequence[int], packed: PackedPart, found: ReadRows) -> RowsPart:
        """The part's rows as columns of one length each: blank rows dropped, short ones filled, long ones rejected."""
        if packed.width == self.width and not self._others:
            columns = [packed.column(index) if index in self._used else () for index in range(self.width)]
            # A row that is blank names no account.
            if all(map(str.strip, columns[self.home.index])):
                found.rows += packed.size
                return RowsPart(lines, columns, {}, [])
        lines, rows = _level(lines, packed.rows(), self.width, found, tell=self._first)
        if self._others:
            lines, rows = self._mine(lines, rows)
        found.rows += len(rows)
        return RowsPart(lines, list(zip(*rows, strict=True)), {}, [])

    def _mine(
        self, lines: Sequence[int], rows: Sequence[Sequence[str]]
    ) -> tuple[Sequence[int], Sequence[Sequence[str]]]:
        """The rows that name this account, and for the first of several those that name none."""
        home = self.home.index
        kept = [
            (line, row)
            for line, row in zip(lines, rows, strict=True)
            if not is_blank(row[home]) or (self._first and all(is_blank(row[other]) for other in self._others))
        ]
        return [line for line, _ in kept], [row for _, row in kept]

    def read_platforms(self, part: RowsPart) -> list[str]:
        """The platform that each row states, by its own column, else by the file's headers, else by its profile's
        address, as its letter in CODES; NO_PLATFORM where it states none."""
        use, profile = self.columns.get(Field.PLATFORM), self.columns.get(Field.PROFILE)
        otherwise = CODES[self._platform] if self._platform is not None else NO_PLATFORM
        stated = [otherwise] * len(part.lines)
        if use is not None:
            cells = part.column(use)
            values, failures = self.cells.read(Field.PLATFORM, cells)
            for place, failure in failures:
                part.reject(place, use.header, cells[place], Reason(failure.reason))
            stated = [code or otherwise for code in values] if None in values else values
        if self._platform is None and profile is not None and Field.HANDLE in self.columns:
            return [
                _platform_of(cell) if code == NO_PLATFORM else code
                for code, cell in zip(stated, part.column(profile), strict=True)
            ]
        return stated

    def _read_handles(
        self, part: RowsPart, stated: Sequence[str]
    ) -> tuple[Sequence[Platform | None], Sequence[str | None]]:
        """Each row's platform and handle; a row without a handle is named by the address of its profile."""
        use = self.home
        cells = part.column(use)
        if use.field is Field.HANDLE and (profile := self.columns.get(Field.PROFILE)) is not None:
            cells = [cell.strip() or other for cell, other in zip(cells, part.column(profile), strict=True)]
        keys = plain_keys(self.or_fallback(stated), cells)
        platforms: list[Platform | None] = [PLATFORMS[key[0]] if key else None for key in keys]
        handles: list[str | None] = [key[1:] if key else None for key in keys]
        odd = [place for place, key in enumerate(keys) if not key]
        for place in odd:
            cell, platform = cells[place], PLATFORMS.get(stated[place])
            try:
                # An address says its platform itself.
                found, handle = parse_handle(cell, platform or (None if "/" in cell else self._fallback))
            except InvalidValue as failure:
                found, handle = None, None
                missing = is_blank(cell)
                reason = Reason.HANDLE_MISSING if missing else Reason(failure.reason)
                part.reject(place, use.header, "" if missing else cell, reason)
            platforms[place], handles[place] = found, handle
        if not SUMS.isdisjoint(handles):
            self._reject_sums(part, cells)
        if None in platforms:
            column = self.columns.get(Field.PLATFORM)
            for place, platform in enumerate(platforms):
                if platform is None:
                    part.reject(place, column.header if column else "", "", Reason.PLATFORM_MISSING)
        return platforms, handles

    def or_fallback(self, stated: Sequence[str]) -> Sequence[str]:
        """The platforms' letters with what is known of the whole file where a row states none."""
        if self._fallback is None or NO_PLATFORM not in stated:
            return stated
        fallback = CODES[self._fallback]
        return [fallback if code == NO_PLATFORM else code for code in stated]

    def _reject_sums(self, part: RowsPart, cells: Sequence[str]) -> None:
        """Reject rows that sum up the others: so named, without an @, and without a name or a profile beside that."""
        others = [self.columns[name] for name in (Field.NAME, Field.PROFILE) if name in self.columns]
        beside = [part.column(other) for other in others if other.index != self.home.index]
        for place, cell in enumerate(cells):
            if cell.strip().casefold() in SUMS and not any(column[place].strip() for column in beside):
                part.reject(place, self.home.header, cell, Reason.SUM)

    def _read_followers(self, part: RowsPart) -> list[int | None]:
        use = self.columns[Field.FOLLOWERS]
        cells = part.column(use)
        values, failures = self.cells.read(Field.FOLLOWERS, cells)
        for place, failure in failures:
            part.reject(place, use.header, cells[place], Reason(failure.reason))
        if None in values:
            for place, value in enumerate(values):
                if value is None:
                    part.reject(place, use.header, "", Reason.FOLLOWERS_MISSING)
        return values

    def _read(self, part: RowsPart, name: Field) -> Iterable[Any]:
        """An optional column's values; a cell that can't be read is left out, and a row with such a date rejected."""
        use = self.columns.get(name)
        return repeat(None) if use is None else self._read_column(part, name, use)

    def _read_column(self, part: RowsPart, name: Field, use: ColumnUse) -> list[Any]:
        cells = part.column(use)
        values, failures = self.cells.read(name, cells)
        # Numbers of an unknown day would pass for today's, and stand above newer ones.
        tell = part.reject if name in _DATES else part.leave_out
        for place, failure in failures:
            tell(place, use.header, cells[place], Reason(failure.reason))
        return values

    def _read_niches(self, part: RowsPart) -> Iterable[tuple[str, ...] | None]:
        """The niches of every niche column in order, each once."""
        if len(self.niches) <= 1:
            return self._read_column(part, Field.NICHES, self.niches[0]) if self.niches else repeat(None)
        columns = [self._read_column(part, Field.NICHES, use) for use in self.niches]
        together: list[tuple[str, ...] | None] = []
        for place, row in enumerate(zip(*columns, strict=True)):
            niches = tuple(dict.fromkeys(niche for tags in row if tags for niche in tags))
            if len(niches) > MAX_NICHES:
                part.leave_out(place, self.niches[0].header, ", ".join(niches), Reason.TOO_MANY_NICHES)
                niches = ()
            together.append(niches or None)
        return together

    def _read_engagement(self, part: RowsPart) -> Iterable[Engagement]:
        """The averages of each row, where the file has any."""
        if not any(name in self.columns for name in AVERAGES):
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


def _platform_of(address: str) -> str:
    try:
        platform = parse_handle(address)[0] if "/" in address else None
    except InvalidValue:
        platform = None
    return NO_PLATFORM if platform is None else CODES[platform]
