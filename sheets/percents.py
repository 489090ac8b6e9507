"""Which columns of an XLSX sheet show shares as per cent: only the file itself says so, the reader does not."""

import io
import re
import zipfile
from collections import Counter

_BEGINNING = 2**19
"""Bytes of a sheet that are looked at: some thousand rows."""
_MOST = 2**20

_FORMAT = re.compile(r'<numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"')
_STYLES = re.compile(r"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLE = re.compile(r'<xf\b[^>]*?\bnumFmtId="(\d+)"')
_SHEET = re.compile(r'<sheet\b[^>]*?\b\w+:id="([^"]+)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_CELL = re.compile(r'<c\b(?=[^>]*?\br="([A-Z]{1,3})\d+")(?=[^>]*?\bs="(\d+)")([^>]*)>')
_BUILT_IN = {"9", "10"}
"""0% and 0.00%, by ECMA-376 part 1, 18.8.30."""


def percent_columns(content: bytes, place: int) -> list[int]:
    """The columns, from 0, of the sheet at this place in which most figures are formatted as per cent."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            styles = _percent_styles(_read(archive, "xl/styles.xml"))
            return _columns(_read(archive, _path(archive, place), _BEGINNING), styles) if styles else []
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, EOFError, NotImplementedError, RuntimeError):
        return []


def _percent_styles(text: str) -> set[str]:
    formats = _BUILT_IN | {number for number, code in _FORMAT.findall(text) if "%" in code}
    cells = _STYLES.search(text)
    numbers = _STYLE.findall(cells[0]) if cells else []
    return {str(place) for place, number in enumerate(numbers) if number in formats}


def _path(archive: zipfile.ZipFile, place: int) -> str:
    """Where the sheet at this place lies in the archive. Raises `KeyError`, `IndexError`."""
    wanted = _SHEET.findall(_read(archive, "xl/workbook.xml"))[place]
    for relation in _RELATION.findall(_read(archive, "xl/_rels/workbook.xml.rels")):
        if f'Id="{wanted}"' in relation and (target := re.search(r'Target="([^"]+)"', relation)):
            return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    raise KeyError(wanted)


def _columns(sheet: str, styles: set[str]) -> list[int]:
    percents: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    for column, style, attributes in _CELL.findall(sheet):
        if 't="s"' in attributes or 't="inlineStr"' in attributes or 't="str"' in attributes:
            continue
        figures[column] += 1
        percents[column] += style in styles
    return [_number(column) for column, shown in percents.items() if shown * 2 > figures[column]]


def _number(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read(archive: zipfile.ZipFile, name: str, most: int = _MOST) -> str:
    with archive.open(name) as member:
        return member.read(most).decode("utf-8", "replace")
