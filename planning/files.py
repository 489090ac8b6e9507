"""What the use cases need of files: tables of text, read from bytes and written to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and rows as text; `line_numbers` are the rows' lines in the file or sheet, from 1.

    `encoding` and `delimiter` are a CSV file's, `sheet` and the names of all its `sheets` a workbook's. `cut_off`: the
    file ends within its last row.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    line_numbers: Sequence[int]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class SheetHead:
    """A sheet of a workbook by its name and its first rows that hold anything."""

    name: str
    hidden: bool
    rows: Sequence[Sequence[str]]


Choose = Callable[[Sequence[SheetHead]], int]
"""Says which of a workbook's sheets, at least one, is read."""


def first_sheet(heads: Sequence[SheetHead]) -> int:
    """The first sheet that is shown and holds anything."""
    return max(range(len(heads)), key=lambda place: (bool(heads[place].rows), not heads[place].hidden, -place))


def letters_of(index: int) -> str:
    """A spreadsheet's name of a column: A for 0, AA for 26."""
    head, last = divmod(index, 26)
    return (letters_of(head - 1) if head else "") + chr(65 + last)


def index_of(letters: str) -> int:
    """The column that a spreadsheet names so, in capitals: 0 for A, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class TableReader(Protocol):
    """Turns a file's bytes into rows of text."""

    def read(self, filename: str, content: bytes, choose: Choose = first_sheet) -> Table:
        """The table in the file; `choose` is asked where it is a workbook. Raises `planning.errors.UnreadableFile`."""
        ...


class TableWriter(Protocol):
    """Turns rows into a file's bytes."""

    def write(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
        """A file that `TableReader.read` turns back into the same cells."""
        ...


class Format(Enum):
    """How a column's cells are shown."""

    TEXT = auto()
    LONG_TEXT = auto()
    COUNT = auto()
    DECIMAL = auto()
    PERCENT = auto()
    """A share: 0.041 is 4.1 %."""
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet that a person reads: `key` names it in a CSV file, `title` in a workbook."""

    key: str
    title: str
    format: Format = Format.TEXT


Cell = str | int | float | datetime | None
"""None is empty; times are aware."""


class WorkbookWriter(Protocol):
    """Turns typed rows into a workbook's bytes."""

    def write(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bytes:
        """A workbook of one sheet of this name, its header frozen, each column in its format."""
        ...


def as_text(column: Column, cell: Cell) -> str:
    """The cell in a CSV file: a share as per cent, a time as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, str):
        return cell
    if column.format is Format.PERCENT:
        return f"{cell:.4%}"
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell)
