"""What the use cases need of files: tables of text, read from bytes and written to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and rows as text; `line_numbers` are the rows' lines in the file, from 1."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    line_numbers: Sequence[int]
    encoding: str
    delimiter: str


class TableReader(Protocol):
    """Turns a file's bytes into rows of text."""

    def read(self, filename: str, content: bytes) -> Table:
        """The table in the file. Raises `planning.errors.UnreadableFile`."""
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
