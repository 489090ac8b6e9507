"""The rows that an import rejected, whole: to be mended in a spreadsheet and imported again as they are."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from planning.files import Table
from planning.imports.problems import Problem
from planning.platform import Platform

ROW, REASON = "Microscout: row", "Microscout: reason"
"""The headers of what is added to the rows; the same in every language, so that an import knows them again."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of the file, its line there, and why it was rejected: for several reasons where it has several accounts."""

    line: int
    cells: Sequence[str]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file's header and all of its rejected rows, in their order. `platform` is that of rows that say none."""

    header: Sequence[str]
    rows: Sequence[RejectedRow]
    platform: Platform | None = None


def find_rejected(table: Table, problems: Sequence[Problem], platform: Platform | None) -> Rejected:
    """The rows of the table that these problems reject."""
    reasons: defaultdict[int, list[Problem]] = defaultdict(list)
    for told in problems:
        if told.rejects_row:
            reasons[told.row].append(told)
    lines = zip(table.line_numbers, table.rows, strict=True)
    rows = [RejectedRow(line, cells, reasons[line]) for line, cells in lines if line in reasons]
    return Rejected(table.header, rows, platform)


def report_rows(rejected: Rejected, say: Callable[[Problem], str]) -> tuple[list[str], list[list[str]]]:
    """A header and rows to write: the file's own, then the row's line and what `say` says of each problem.

    Rows that have more cells than the header keep them, under headers that are empty.
    """
    width = max([len(rejected.header), *(len(row.cells) for row in rejected.rows)])
    header = [*_filled(rejected.header, width), ROW, REASON]
    return header, [
        [*_filled(row.cells, width), str(row.line), "; ".join(dict.fromkeys(map(say, row.problems)))]
        for row in rejected.rows
    ]


def without_report(table: Table) -> Table:
    """The table without the columns that `report_rows` added, wherever they stand now; any other as it is."""
    added = {index for index, header in enumerate(table.header) if header.strip() in (ROW, REASON)}
    if not added:
        return table
    header = _without(table.header, added)
    while header and not header[-1].strip():
        # Above cells that were too many: they are so until someone mends the row.
        header.pop()
    return replace(table, header=header, rows=[_without(row, added) for row in table.rows])


def _filled(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _without(cells: Sequence[str], added: set[int]) -> list[str]:
    return [cell for index, cell in enumerate(cells) if index not in added]
