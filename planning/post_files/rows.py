"""Rows of a post file into posts and problems, column by column and part by part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.files import Table
from planning.handles import parse_handle
from planning.imports.problems import Problem, problem
from planning.platform import Platform
from planning.post_files.cells import Failures, FigureReader, WordReader, parse_kind, parse_sponsored
from planning.post_files.columns import whole_column
from planning.post_files.found import ReadPosts
from planning.post_files.headers import FIGURES, TOTALS, PostField
from planning.post_files.links import Link, parse_id, parse_link
from planning.post_files.moments import MomentReader
from planning.post_files.repeats import Figures
from planning.posts import Post
from planning.reasons import Reason
from planning.tables import fold

T = TypeVar("T")

_NO_FIGURES = (None,) * len(FIGURES)


@dataclass(slots=True)
class _Part:
    """Some thousand rows: their lines, their cells by column, and what went wrong so far, by place in the part."""

    lines: Sequence[int]
    cells: Sequence[Sequence[str]]
    skipped: set[int]
    rejected: dict[int, Problem]
    left_out: list[tuple[int, Problem]]

    def reject(self, place: int, column: str, value: str, reason: Reason) -> None:
        """Reject a row; the first reason found is the one that is told."""
        if place not in self.rejected and place not in self.skipped:
            self.rejected[place] = problem(self.lines[place], column, value, reason)


class RowReader:
    """Reads one file, part by part. `handles` are whose posts are wanted, normalised; None takes any account's."""

    def __init__(
        self, table: Table, found: ReadPosts, moments: MomentReader, handles: set[str] | None, platform: Platform | None
    ) -> None:
        self._table = table
        self._found = found
        self._moments = moments
        self._handles = handles
        self._columns = {column.field: column for column in found.columns if column.field is not None}
        figures: list[str] = []
        for field in FIGURES:
            figures += whole_column(table, self._columns.get(field))
        self._figures = FigureReader(figures)
        self._words = {
            PostField.KIND: WordReader(parse_kind),
            PostField.SPONSORED: WordReader(parse_sponsored),
            PostField.HANDLE: WordReader(lambda cell: None if is_blank(cell) else parse_handle(cell, platform)[1]),
        }
        days = whole_column(table, self._columns.get(PostField.DAY))
        self._has_lifetimes = any(not is_blank(day) and not _is_day(day) for day in days)

    def read_part(self, start: int, stop: int) -> None:
        """Read these rows of the table and add what they say to what was found."""
        part = self._split(start, stop)
        if not part.lines:
            return
        self._skip(part)
        links, references = self._read_references(part)
        owners = self._read_owners(part, links)
        moments = self._read_moments(part, references)
        figures = self._read_figures(part)
        kinds = self._read_words(part, PostField.KIND)
        sponsored = self._read_words(part, PostField.SPONSORED)
        found = self._found
        for place, line in enumerate(part.lines):
            moment = moments[place]
            if moment is None or place in part.rejected or place in part.skipped:
                continue
            link = links[place]
            kind = kinds[place] or (link and link.kind)
            likes, comments, shares, saves, views, reach = figures[place]
            post = Post(
                moment[0], kind, likes, comments, shares, saves, views, reach, sponsored[place], references[place],
                moment[1],
            )  # fmt: skip
            found.posts.append(post)
            found.lines.append(line)
            found.owners.append(owners[place])
        gone = part.rejected.keys() | part.skipped
        found.problems += part.rejected.values()
        found.problems += [told for place, told in part.left_out if place not in gone]
        found.rows += len(part.lines) - len(part.skipped)
        found.skipped += len(part.skipped)

    def _split(self, start: int, stop: int) -> _Part:
        """The part's rows as columns of one length each: blank rows dropped, short ones filled, long ones rejected."""
        width = len(self._table.header)
        lines: list[int] = []
        rows: list[Sequence[str]] = []
        for line, row in zip(self._table.line_numbers[start:stop], self._table.rows[start:stop], strict=True):
            if not any(cell.strip() for cell in row):
                continue
            extra = next((cell for cell in row[width:] if cell.strip()), None) if len(row) > width else None
            if extra is not None:
                self._found.rows += 1
                self._found.problems.append(problem(line, "", extra, Reason.TOO_MANY_CELLS))
                continue
            lines.append(line)
            rows.append(row if len(row) == width else [*row[:width], *[""] * (width - len(row))])
        return _Part(lines, list(zip(*rows, strict=True)), set(), {}, [])

    def _cells(self, part: _Part, field: PostField) -> Sequence[str]:
        """The cells of the field's column; empty ones where the file has no such column."""
        column = self._columns.get(field)
        return [""] * len(part.lines) if column is None else part.cells[column.index]

    def _leave_out(self, part: _Part, field: PostField, cells: Sequence[str], failures: Failures) -> None:
        header = self._columns[field].header if field in self._columns else ""
        for place, failure in failures:
            reason = Reason(failure.reason)
            told = problem(part.lines[place], header, cells[place], reason, rejects_row=False)
            part.left_out.append((place, told))

    def _skip(self, part: _Part) -> None:
        """Find the rows that are no post: the sums of all, and the days of posts."""
        for place, cell in enumerate(self._cells(part, PostField.POSTED_AT)):
            if not cell.strip():
                named = next(text for column in part.cells if (text := column[place].strip()))
                if fold(named[:40]) in TOTALS:
                    part.skipped.add(place)
        if PostField.DAY in self._columns:
            header = self._columns[PostField.DAY].header
            for place, day in enumerate(self._cells(part, PostField.DAY)):
                if _is_day(day) and self._has_lifetimes:
                    part.skipped.add(place)
                elif _is_day(day):
                    part.reject(place, header, day, Reason.ONE_DAY_ONLY)

    def _read_references(self, part: _Part) -> tuple[list[Link | None], list[str | None]]:
        """What each row's link says, and what tells its post apart: the id in its link, else its id."""
        links: list[Link | None] = [None] * len(part.lines)
        if PostField.LINK in self._columns:
            links = self._read_each(part, PostField.LINK, self._cells(part, PostField.LINK), parse_link)
        if PostField.ID not in self._columns:
            return links, [link and link.reference for link in links]
        cells = self._cells(part, PostField.ID)
        if PostField.LINK in self._columns:
            # A spreadsheet spoils long ids and no addresses: the id is asked only where there is no address.
            cells = ["" if link else cell for link, cell in zip(links, cells, strict=True)]
        ids = self._read_each(part, PostField.ID, cells, parse_id)
        return links, [link.reference if link else name for link, name in zip(links, ids, strict=True)]

    def _read_each(
        self, part: _Part, field: PostField, cells: Sequence[str], parse: Callable[[str], T | None]
    ) -> list[T | None]:
        values: list[T | None] = []
        failures: Failures = []
        for place, cell in enumerate(cells):
            try:
                values.append(parse(cell) if cell else None)
            except InvalidValue as failure:
                values.append(None)
                failures.append((place, failure))
        self._leave_out(part, field, cells, failures)
        return values

    def _read_words(self, part: _Part, field: PostField) -> list[Any]:
        cells = self._cells(part, field)
        values, failures = self._words[field].read(cells)
        self._leave_out(part, field, cells, failures)
        return values

    def _read_owners(self, part: _Part, links: Sequence[Link | None]) -> list[str | None]:
        """Whose each post is, by its own column, else by its address; rows of others than wanted are rejected."""
        reader = self._words[PostField.HANDLE]
        cells = self._cells(part, PostField.HANDLE)
        owners: list[str | None]
        owners, failures = reader.read(cells)
        column = self._columns.get(PostField.HANDLE)
        for place, failure in failures:
            part.reject(place, column.header if column else "", cells[place], Reason(failure.reason))
        named, _ = reader.read([link.owner or "" if link else "" for link in links])
        owners = [owner or other for owner, other in zip(owners, named, strict=True)]
        for place, owner in enumerate(owners):
            if owner is not None and place not in part.skipped:
                self._found.accounts[owner] += 1
                if self._handles is not None and owner not in self._handles:
                    part.reject(place, column.header if column else "", owner, Reason.OTHER_ACCOUNT)
        return owners

    def _read_moments(self, part: _Part, references: Sequence[str | None]) -> list[tuple[datetime, bool] | None]:
        header = self._columns[PostField.POSTED_AT].header
        read = self._moments.read
        moments: list[tuple[datetime, bool] | None] = []
        for place, cell in enumerate(self._cells(part, PostField.POSTED_AT)):
            try:
                moments.append(read(cell, references[place]))
            except InvalidValue as failure:
                moments.append(None)
                part.reject(place, header, failure.value, Reason(failure.reason))
        return moments

    def _read_figures(self, part: _Part) -> list[Figures]:
        """The figures of each row, in the order of `Post`; rows without any are rejected."""
        columns: list[list[int | None]] = []
        for field in FIGURES:
            if field not in self._columns:
                columns.append([None] * len(part.lines))
                continue
            cells = self._cells(part, field)
            values, failures = self._figures.read(field, cells)
            self._leave_out(part, field, cells, failures)
            columns.append(values)
        figures: list[Figures] = list(zip(*columns, strict=True))  # pyright: ignore[reportAssignmentType] - six columns
        for place, row in enumerate(figures):
            if row == _NO_FIGURES:
                part.reject(place, "", "", Reason.NO_NUMBERS)
        return figures


def _is_day(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)
