"""Small workbooks for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

Rows = Sequence[Sequence[str | float | datetime | None]]


def xlsx(sheets: Mapping[str, Rows], *, hidden: Sequence[str] = (), merged: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets; fractions below one are shown as per cent. `merged` are ranges of the first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(number, place, cell, day)
                    elif isinstance(cell, float) and 0 < cell < 1:
                        sheet.write_number(number, place, cell, percent)
                    elif isinstance(cell, str):
                        sheet.write_string(number, place, cell)
                    elif cell is not None:
                        sheet.write_number(number, place, cell)
            if name in hidden:
                sheet.hide()
        for cells in merged:
            first = book.worksheets()[0]
            begins = cells.split(":")[0]
            row, column = int(begins[1:]) - 1, ord(begins[0]) - 65
            first.merge_range(cells, next(iter(sheets.values()))[row][column])
    return out.getvalue()


def ods(rows: Rows, *, manifest: str = "") -> bytes:
    """An OpenDocument sheet of text cells and figures."""

    def cell(value: object) -> str:
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
