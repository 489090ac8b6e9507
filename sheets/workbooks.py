"""Excel workbooks: a sheet that a person reads. Text is written as text, so that no cell can run as a formula."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from planning.files import Cell, Column, Format

NUMBERS: dict[Format, str] = {
    Format.COUNT: "#,##0",
    Format.DECIMAL: "#,##0.00",
    Format.PERCENT: "0.0%",
    Format.DATE: "yyyy-mm-dd",
}
WIDTHS: dict[Format, tuple[int, int]] = {Format.LONG_TEXT: (20, 60)}
USUAL_WIDTHS = (8, 28)
LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Workbooks:
    """Implements `planning.files.WorkbookWriter`."""

    def write(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bytes:
        """A workbook of one sheet of this name: header frozen and filterable, each column in its format and width."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet(_sheet_name(name))
            header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
            for place, column in enumerate(columns):
                style = {"valign": "top", "text_wrap": column.format is Format.LONG_TEXT}
                if column.format in NUMBERS:
                    style["num_format"] = NUMBERS[column.format]
                cells = [row[place] for row in rows]
                sheet.set_column(place, place, _width(column, cells))
                sheet.write_string(0, place, column.title, header)
                _fill(sheet, place, cells, book.add_format(style))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        return out.getvalue()


def _fill(sheet: Worksheet, place: int, cells: Sequence[Cell], style: CellFormat) -> None:
    for number, cell in enumerate(cells, start=1):
        if cell is None:
            sheet.write_blank(number, place, None, style)
        elif isinstance(cell, str):
            sheet.write_string(number, place, cell, style)
        elif isinstance(cell, datetime):
            # A spreadsheet knows no time zones.
            sheet.write_datetime(number, place, cell.astimezone(UTC).replace(tzinfo=None), style)
        else:
            sheet.write_number(number, place, cell, style)


def _width(column: Column, cells: Sequence[Cell]) -> int:
    least, most = WIDTHS.get(column.format, USUAL_WIDTHS)
    longest = max((len(cell) for cell in (column.title, *cells) if isinstance(cell, str)), default=least)
    return min(most, max(least, longest + 2))


def _sheet_name(name: str) -> str:
    """What Excel takes as the name of a sheet."""
    return name.translate(FORBIDDEN).strip(" '")[:LONGEST_NAME].strip(" '") or "list"
