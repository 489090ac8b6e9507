"""The cells of an OpenDocument spreadsheet that are more than text or a bare figure, each where it stands."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from sheets.sheet_xml import whole

CONTENT = "content.xml"
"""The member of the archive that holds the sheets."""

_MARKS = (b'="error"', b'="percentage"', b'="currency"')
_MARK = re.compile(rb'\s(?:calcext:value-type="error"|office:value-type="(?:percentage|currency)")')
_ROW_END = b"</table:table-row>"
_SHEET_OR_ROW = re.compile(rb"<table:table(?=[\s>])|<table:table-row\b([^>]*)>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED = re.compile(rb'\stable:number-(?:rows|columns)-repeated="(\d{1,7})"')
_CURRENCY = re.compile(rb'\soffice:currency="([A-Z]{3})"')
_NOTE = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_TEXT = re.compile(rb"<text:p\b[^>]*>([^<]{1,40})<")


class Marked(NamedTuple):
    """A cell by its row and column, from 0: a share or money (its ISO 4217 code), or an error and its text."""

    row: int
    column: int
    share: bool
    currency: str
    error: str


def marked_cells(content: Iterable[bytes], place: int) -> Iterator[Marked]:
    """Those of the sheet at this place, downwards; `content` is the member's bytes in pieces.

    The file writes a run of equal rows, or of equal cells, once.
    """
    row, sheets = 0, -1
    for piece in whole(content, _ROW_END):
        marked = any(mark in piece for mark in _MARKS)
        for found in _SHEET_OR_ROW.finditer(piece):
            if found[1] is None:
                row, sheets = 0, sheets + 1
                continue
            run = _run(found[1])
            if marked and sheets == place:
                cells = list(_cells(piece[found.end() : piece.find(_ROW_END, found.end())]))
                for number in range(row, row + run):
                    yield from (cell._replace(row=number) for cell in cells)
            row += run


def _cells(row: bytes) -> Iterator[Marked]:
    column = 0
    for found in _CELL.finditer(row):
        run = _run(found[1])
        if mark := _MARK.search(found[1]):
            share, error = b"percentage" in mark[0], b"error" in mark[0]
            currency = _CURRENCY.search(found[1])
            marked = Marked(
                0,
                column,
                share,
                currency[1].decode() if currency and not error else "",
                _text(row[found.end() : row.find(b"</table:", found.end())]) if error else "",
            )
            yield from (marked._replace(column=column + place) for place in range(run))
        column += run


def _run(attributes: bytes) -> int:
    repeated = _REPEATED.search(attributes)
    return int(repeated[1]) if repeated else 1


def _text(cell: bytes) -> str:
    """The cell's own text: a note on it has text too."""
    found = _TEXT.search(_NOTE.sub(b"", cell))
    return unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
