"""Reads one workbook in a process of its own: `python -m sheets.workbook_process`.

A file that makes the reader run wild takes this process with it and not the bot: its memory and its time are limited.
Over standard input come the file's length on a line, the file, and later the place of the sheet that is wanted; over
standard output go lines of JSON: the sheets with their first rows, or what is wrong with the file, and then the rows of
the sheet in parts, each with its number in the sheet.
"""

import io
import json
import sys
from collections.abc import Iterator
from itertools import islice

import python_calamine

from sheets.cells import Texts
from sheets.remarks import Remarks, sheet_remarks

HEAD_ROWS = 40
HEAD_LAST = 1_000
"""The last row in which a table may begin; a cell strays far below now and then."""
PART = 2_000
MAX_MEMORY = 290 * 2**20
"""Bytes of address space: less than 300 MB lie in memory, and a sheet of 400,000 rows and five columns fits."""
MAX_SECONDS = 6

Row = tuple[int, list[str]]


class _Sheets:
    """The sheets of a workbook as rows of text; the one that was read last is kept."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        self._open: tuple[int, python_calamine.CalamineSheet] | None = None
        self.places = [
            place
            for place, about in enumerate(self._book.sheets_metadata)
            if about.typ is python_calamine.SheetTypeEnum.WorkSheet
        ]

    def heads(self) -> list[dict[str, object]]:
        shown = python_calamine.SheetVisibleEnum.Visible
        about = self._book.sheets_metadata
        return [
            {"name": about[place].name, "hidden": about[place].visible is not shown, "rows": self._first(place)}
            for place in self.places
        ]

    def rows(self, place: int, last: int | None = None) -> Iterator[Row]:
        """The rows that hold anything, up to the last, each with its number in the sheet."""
        sheet = self._sheet(place)
        # Rows come from the first of the sheet on, and columns from the first that holds anything.
        left = sheet.start[1] if sheet.start else 0
        remarks = Remarks(sheet_remarks(self._content, place))
        texts = Texts(sheet.merged_cell_ranges or (), remarks, left)
        nothing = [""] * sheet.width
        for number, cells in enumerate(islice(sheet.iter_rows(), last)):
            if (cells != nothing or remarks.of(number)) and any(row := texts.row(number, cells)):
                yield number + 1, row

    def _first(self, place: int) -> list[list[str]]:
        return [row for _, row in islice(self.rows(place, HEAD_LAST), HEAD_ROWS)]

    def _sheet(self, place: int) -> python_calamine.CalamineSheet:
        if self._open is None or self._open[0] != place:
            self._open = None
            self._open = place, self._book.get_sheet_by_index(place)
        return self._open[1]


def main() -> None:
    """Answer for one file, and end."""
    _limit()
    source = sys.stdin.buffer
    content = source.read(int(source.readline()))
    try:
        sheets = _Sheets(content)
        _tell({"sheets": sheets.heads()})
        chosen = source.readline()
        if chosen.strip():
            _tell_rows(sheets.rows(sheets.places[int(chosen)]))
    except python_calamine.PasswordError:
        _tell({"wrong": "password"})
    except MemoryError:
        _tell({"wrong": "workbook_large"})
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        _tell({"wrong": "damaged"})


def _tell_rows(rows: Iterator[Row]) -> None:
    numbers: list[int] = []
    cells: list[list[str]] = []
    for number, row in rows:
        numbers.append(number)
        cells.append(row)
        if len(numbers) == PART:
            _tell({"numbers": numbers, "rows": cells})
            numbers, cells = [], []
    _tell({"numbers": numbers, "rows": cells})
    _tell({"end": True})


def _tell(what: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.flush()


def _limit() -> None:
    """Take no more memory and time than a large roster needs, where the system can hold a process to it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
