"""What the reader of workbooks leaves out of a cell: that it holds an error, or that its figure is a share or money."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby
from typing import NamedTuple

from planning.files import index_of
from planning.money import find_currency
from sheets.open_documents import CONTENT, marked_cells
from sheets.sheet_xml import UNREADABLE, beginning, pieces, sheet_path, whole

PERCENT = "%"
_BEYOND = 2**31
"""A row that no sheet has."""

_PREFIX = r"(?:\w+:)?"
_FORMAT = re.compile(rf'<{_PREFIX}numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"')
_STYLES = re.compile(rf"<{_PREFIX}cellXfs\b.*?</{_PREFIX}cellXfs>", re.DOTALL)
_STYLE = re.compile(rf'<{_PREFIX}xf\b[^>]*?\bnumFmtId="(\d+)"')
_SIGN = re.compile(r'\[\$(?P<sign>[^\]-]*)-?(?P<place>[^\],]*)[^\]]*\]|"[^"]+"|\\.|[^\w\s#.,;:\[\]()*?@"\'/\\-]')
_OF_PLACES = {"41D": "SEK", "81D": "SEK", "406": "DKK", "414": "NOK", "814": "NOK", "40F": "ISK"}
"""Whose crowns they are, by Windows' numbers of languages and places."""
_LETTERS = {"k", "m", "mln", "mio", "bn", "mrd"}
"""What a format writes behind a figure that is counted in thousands or millions."""
_SCALING = re.compile(r"[0#?],+(?![0#?])")
"""A format that shows thousands of the value itself: 12400 as 12K."""
_CROWNS = {"kr", "kr."}
_MARKS = "€£$¥₹₩"
_BUILT_IN = {"9": PERCENT, "10": PERCENT}
"""0% and 0.00%, by ECMA-376 part 1, 18.8.30."""
_ERROR = b't="e"'
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_OF_STYLE = re.compile(rb'\ss="(\d+)"')
_VALUE = re.compile(rb"(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]{1,40})<")


class Remark(NamedTuple):
    """Of the cell in this row and column, from 0: the error that it shows, or its figure's unit, % or a currency."""

    row: int
    column: int
    error: str
    unit: str


class Remarks:
    """The remarks of a sheet, asked for row by row, downwards."""

    def __init__(self, remarks: Iterable[Remark]) -> None:
        self._rows = groupby(remarks, key=lambda remark: remark.row)
        self._next: tuple[int, list[Remark]] = (-1, [])

    def of(self, row: int) -> list[Remark]:
        """Those of this row; the rows before it are passed over."""
        while self._next[0] < row:
            number, remarks = next(self._rows, (_BEYOND, ()))
            self._next = number, list(remarks)
        return self._next[1] if self._next[0] == row else []


def sheet_remarks(content: bytes, place: int) -> Iterator[Remark]:
    """Those of the sheet at this place in an XLSX or ODS workbook, downwards; none where the archive is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _open_document(archive, place) if CONTENT in archive.namelist() else _excel(archive, place)
    except UNREADABLE:
        return


def _excel(archive: zipfile.ZipFile, place: int) -> Iterator[Remark]:
    units = _units(beginning(archive, "xl/styles.xml"))
    marks = b"|".join((_ERROR, *(b's="%s"' % style for style in units)))
    cell = re.compile(rb"<(?:\w+:)?c(?=\s)[^>]*?\s(?:%s)[^>]*>" % marks)
    for piece in whole(pieces(archive, sheet_path(archive, place)), b"c>"):
        if not units and _ERROR not in piece:
            continue
        for found in cell.finditer(piece):
            if not (reference := _PLACE.search(found[0])):
                continue
            row, column = int(reference[2]) - 1, index_of(reference[1].decode())
            if _ERROR in found[0]:
                if value := _VALUE.match(piece, found.end()):
                    yield Remark(row, column, value[1].decode("utf-8", "replace"), "")
            elif style := _OF_STYLE.search(found[0]):
                yield Remark(row, column, "", units[style[1]])


def _units(styles: str) -> dict[bytes, str]:
    """The unit of each style, by its number, that shows figures with one."""
    units = _BUILT_IN | {number: unit for number, code in _FORMAT.findall(styles) if (unit := _unit(unescape(code)))}
    cells = _STYLES.search(styles)
    numbers = _STYLE.findall(cells[0]) if cells else []
    return {b"%d" % place: units[number] for place, number in enumerate(numbers) if number in units}


def _unit(code: str) -> str:
    """The unit in a number format: `0.0%` is a share, `[$€-413] #,##0` and `"USD" 0` are money, `0"K"` thousands.

    A sign that several currencies have stays as it is, but where the format says whose it is.
    """
    for found in _SIGN.finditer(code):
        if found[0] == PERCENT:
            return PERCENT
        money = found["sign"] is not None
        sign = (found["sign"] if money else found[0].strip('"\\')).strip()
        if currency := find_currency(sign) or _crowns(sign, found["place"]):
            return currency
        if sign.casefold() in _LETTERS and not _SCALING.search(code):
            return sign
        if sign and (money or sign.casefold() in _CROWNS or any(mark in sign for mark in _MARKS)):
            return sign
    return ""


def _crowns(sign: str, place: str | None) -> str | None:
    return _OF_PLACES.get((place or "").upper()) if sign.casefold() in _CROWNS else None


def _open_document(archive: zipfile.ZipFile, place: int) -> Iterator[Remark]:
    for cell in marked_cells(pieces(archive, CONTENT), place):
        yield Remark(cell.row, cell.column, cell.error, PERCENT if cell.share else cell.currency)
