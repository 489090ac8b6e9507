"""Where in a file its table begins: below titles and notes, its header on one row or on two."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from planning.errors import UnreadableFile
from planning.files import Choose, SheetHead, Table
from planning.imports.choosing import understand_columns
from planning.imports.columns import Ignored, column_platform
from planning.imports.contents import is_address, is_at_name, is_platform
from planning.numbers import parse_figure
from planning.packed import PackedRows
from planning.tables import fold

LOOKED_AT = 30
"""Rows among which the header is looked for."""

WIDEST = 300
"""Columns among which the header is looked for."""

Row = Sequence[str]


def find_table(table: Table) -> Table:
    """The table from its header on: the row, or the two, in which the most columns are known; the first of equals.

    A table without any stays as it is; one that begins with a row of data gets numbers for a header.
    """
    rows = [table.header, *table.rows[:LOOKED_AT]]
    best, place, height, header = 0, 0, 1, table.header
    for start, row in enumerate(rows):
        for tall, joined in _headers(rows, start, row):
            known = _known(joined)
            if known > best:
                best, place, height, header = known, start, tall, joined
    if not best and _is_data(table.header):
        numbered = [f"#{number}" for number in range(1, len(table.header) + 1)]
        first = table.line_numbers[0] - 1 if table.line_numbers else 1
        rows = PackedRows.of(chain([table.header], table.rows))
        return replace(table, header=numbered, rows=rows, line_numbers=[first, *table.line_numbers])
    if (place, height) == (0, 1):
        return table
    below = slice(place + height - 1, None)
    return replace(table, header=header, rows=table.rows[below], line_numbers=table.line_numbers[below])


def choose_best(heads: Sequence[SheetHead]) -> int:
    """The sheet in which the most columns are known: of those that are shown, where any of them is a table at all."""

    def worth(place: int) -> tuple[int, int, int, int]:
        head = heads[place]
        known = max((_known(row) for row in head.rows), default=0)
        return (2 if known and not head.hidden else int(known > 0)), known, len(head.rows), -place

    return max(range(len(heads)), key=worth)


def choose_named(name: str) -> Choose:
    """The sheet of this name, hidden or not."""

    def choose(heads: Sequence[SheetHead]) -> int:
        named: list[Callable[[str], str]] = [str, fold]
        for same in named:
            for place, head in enumerate(heads):
                if same(head.name) == same(name):
                    return place
        raise UnreadableFile("no_such_sheet", ", ".join(head.name for head in heads)[:300])

    return choose


def _known(header: Row) -> int:
    """How many of its columns are known; none where they name no accounts or no followers."""
    try:
        uses = understand_columns(header[:WIDEST])
        return sum(use.field is not None or use.ignored is not Ignored.UNKNOWN for use in uses)
    except UnreadableFile:
        return 0


def _headers(rows: Sequence[Row], start: int, row: Row) -> list[tuple[int, Row]]:
    """The header that begins on this row, alone and with the next row, where that holds words only."""
    alone: list[tuple[int, Row]] = [(1, row)]
    if start + 1 == len(rows) or not _is_words(rows[start + 1]):
        return alone
    return [*alone, (2, _joined(row, rows[start + 1]))]


def _is_data(row: Row) -> bool:
    """Whether the row names an account, or a platform and a figure, so that it can't be a header."""
    if any(map(is_at_name, row)) or any(map(is_address, row)):
        return True
    return any(map(is_platform, row)) and any(parse_figure(cell) for cell in row)


def _is_words(row: Row) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return bool(filled) and not any(parse_figure(cell) or cell.startswith("@") or "/" in cell for cell in filled)


def _joined(upper: Row, lower: Row) -> list[str]:
    """Two rows as one header. A platform above several columns is part of the name of each."""
    width = max(len(upper), len(lower))
    above, below = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    header: list[str] = []
    group = ""
    for over, under in zip(above, below, strict=True):
        group = over.strip() or group
        if not under.strip():
            header.append(over)
        elif column_platform(group) is not None and column_platform(under) is None:
            header.append(f"{group} {under}")
        else:
            header.append(under)
    return header
