"""What the use cases need of files: tables of text, read from bytes and written to them."""

from collections.abc import Sequence
from dataclasses import dataclass
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
