"""Small workbooks for tests."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

Cell = str | float | datetime | None
Rows = Sequence[Sequence[Cell]]


def xlsx(
    sheets: Mapping[str, Rows],
    *,
    hidden: Sequence[str] = (),
    merged: Sequence[str] = (),
    formats: Mapping[int, str] | None = None,
) -> bytes:
    """A workbook of these sheets; fractions below one are shown as per cent. `merged` are ranges of the first sheet.

    A text like `=#DIV/0!` is a formula that shows this error; `formats` are number formats of columns, from 0.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd/mm/yyyy"})
        styles = {place: book.add_format({"num_format": code}) for place, code in (formats or {}).items()}

        def style(place: int, cell: Cell) -> CellFormat | None:
            if isinstance(cell, datetime):
                return day
            return percent if isinstance(cell, float) and 0 < cell < 1 else styles.get(place)

        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    _write(sheet, number, place, cell, style(place, cell))
            if name in hidden:
                sheet.hide()
        for cells in merged:
            first = book.worksheets()[0]
            begins = cells.split(":")[0]
            row, column = int(begins[1:]) - 1, ord(begins[0]) - 65
            first.merge_range(cells, next(iter(sheets.values()))[row][column])
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, style: CellFormat | None) -> None:
    if isinstance(cell, str) and cell.startswith("=#"):
        # xlsxwriter takes any value, and pyright its type from the default.
        sheet.write_formula(row, column, "=1/0", None, cell[1:])  # pyright: ignore[reportArgumentType]
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, style)
    elif cell is not None:
        sheet.write_number(row, column, cell, style)


def ods(rows: Rows, *, manifest: str = "") -> bytes:
    """An OpenDocument sheet of text cells and figures; cells of XML are taken as they are."""

    def cell(value: object) -> str:
        if isinstance(value, str) and value.startswith("<table:"):
            return value
        if isinstance(value, str):
            return (
                f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
                if value
                else "<table:table-cell/>"
            )
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Lijst">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": f"<manifest:manifest>{manifest}</manifest:manifest>",
        }
    )


def archive(parts: Mapping[str, str]) -> bytes:
    """A zip archive of these texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def repacked(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The archive with one of its texts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {part: file.read(part).decode() for part in file.namelist()}
    return archive(parts | {name: change(parts[name])})
