"""CSV files: in whatever encoding, delimiter and line ends they come; ours run as formulas in no spreadsheet."""

import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from planning.errors import UnreadableFile
from planning.files import Choose, Table, first_sheet
from planning.packed import PART, PackedRows, Part, pack
from sheets.texts import as_utf8, beginning, read_lines

MAX_BYTES = 100 * 2**20
DELIMITERS = (";", "\t", "|", ",")
"""Where two split a file alike, the comma loses: it stands in prose and figures as well."""

# A cell may be as long as the file allows; the limit of the csv module (128 KiB) is for the whole process.
csv.field_size_limit(MAX_BYTES)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PAGES = ("<!doctype html", "<html", "<table", "<meta", "<?xml", "<head", "<body")
_CONFLICT = re.compile(rb"^(?:<<<<<<<|>>>>>>>)(?: |$)", re.MULTILINE)

_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 30


class CsvFiles:
    """Reads and writes CSV. Implements `planning.ports.TableReader` and `TableWriter`."""

    def read(self, filename: str, content: bytes, choose: Choose = first_sheet) -> Table:  # noqa: ARG002 - the port's
        """The table in the file; rows that hold nothing at all are left out, and the first row is the header.

        Raises `UnreadableFile`: too_large, empty, binary, encoding, web_page, conflict.
        """
        if len(content) > MAX_BYTES:
            raise UnreadableFile("too_large", str(MAX_BYTES // 2**20))
        text, encoding = as_utf8(content)
        _must_be_rows(text)
        first_line, text = _without_hint(text)
        delimiter = _sniff(text)
        rows, lines = _parse(text, delimiter, first_line)
        if not len(rows):
            raise UnreadableFile("empty")
        cut_off = text[-1] not in b"\r\n" and _is_cut_off(rows, text, delimiter)
        return Table(rows[0], rows[1:], lines[1:], encoding, delimiter, cut_off=cut_off)

    def write(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
        """UTF-8 with a byte order mark (Excel needs it), comma-separated, no cell of which starts a formula."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow([guard(cell) for cell in header])
        writer.writerows([guard(cell) for cell in row] for row in rows)
        return out.getvalue().encode("utf-8-sig")


def guard(cell: str) -> str:
    """The cell as a spreadsheet shows it without running it: one ' before what would begin a formula."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def unguard(cell: str) -> str:
    """Undoes `guard`, exactly: every cell comes back as it was."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def _must_be_rows(text: bytes) -> None:
    """Refuse a page that was saved under a spreadsheet's name, and a file that two people's edits were left in."""
    if beginning(text, 200).lstrip().lower().startswith(_PAGES):
        raise UnreadableFile("web_page")
    if conflict := (b"<<<<<<<" in text or b">>>>>>>" in text) and _CONFLICT.search(text):
        raise UnreadableFile("conflict", str(text.count(b"\n", 0, conflict.start()) + 1))


def _without_hint(text: bytes) -> tuple[int, bytes]:
    """The text without Excel's `sep=;` line, and the number of its first line."""
    if text[:4].lower() == b"sep=" and text[5:6] in {b"\r", b"\n"}:
        return 2, text[5:].removeprefix(b"\r").removeprefix(b"\n")
    return 1, text


def _sniff(text: bytes) -> str:
    """The delimiter that splits the first rows into the most columns in most of them alike."""

    sample = beginning(text, _SAMPLE)

    def columns(delimiter: str) -> tuple[float, int]:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(row) for row in islice(rows, _SAMPLE_ROWS) if row]
        counts = Counter(width for width in widths if width > 1)
        # Titles, notes and short rows may stand around the table: its rows are those of the most frequent width.
        width, alike = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return alike / len(widths) if alike else 0, width

    best = max(DELIMITERS, key=columns)
    return best if columns(best)[1] else ","


class _Rows:
    """The rows that hold anything, packed as they come, and the line of the file on which each begins."""

    def __init__(self, *, guarded: bool) -> None:
        self._guarded = guarded
        self._parts: list[Part] = []
        self.lines = array("q")

    def add(self, rows: list[list[str]], lines: Sequence[int]) -> None:
        """Add some rows, each with its line."""
        if not all(rows):
            kept = [(row, line) for row, line in zip(rows, lines, strict=True) if row]
            rows, lines = [row for row, _ in kept], [line for _, line in kept]
        if self._guarded:
            rows = [[unguard(cell) if cell[:1] == "'" else cell for cell in row] for row in rows]
        if rows:
            self._parts.append(pack(rows))
            self.lines.extend(lines)

    def packed(self) -> PackedRows:
        """All of them."""
        return PackedRows(self._parts)


def _parse(text: bytes, delimiter: str, first_line: int) -> tuple[PackedRows, Sequence[int]]:
    guarded = b"'" in text and any(f"'{start}".encode() in text for start in _FORMULA_STARTS)
    found = _Rows(guarded=guarded)
    reader = csv.reader(read_lines(text), delimiter=delimiter)
    read = 0
    while rows := list(islice(reader, PART)):
        if reader.line_num != read + len(rows):
            found = _Rows(guarded=guarded)
            _parse_long_cells(text, delimiter, first_line, found)
            break
        found.add(rows, range(first_line + read, first_line + read + len(rows)))
        read += len(rows)
    return found.packed(), found.lines


def _parse_long_cells(text: bytes, delimiter: str, first_line: int, found: _Rows) -> None:
    """The same where cells hold line breaks. A quote that never closes swallows no rows: it is read as a mark."""
    reader = csv.reader(read_lines(text), delimiter=delimiter)
    rows: list[list[str]] = []
    lines: list[int] = []
    before = 0
    for row in reader:
        if len(rows) == PART:
            found.add(rows, lines)
            rows, lines = [], []
        rows.append(row)
        lines.append(first_line + before)
        before = reader.line_num
    last = list(islice(read_lines(text), lines[-1] - first_line, None))
    if len(last) > 1 and _never_closes(last, delimiter):
        begins = lines[-1]
        rows[-1:] = csv.reader(last, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        lines[-1:] = range(begins, begins + len(last))
    for start in range(0, len(rows), PART):
        found.add(rows[start : start + PART], lines[start : start + PART])


def _is_cut_off(rows: PackedRows, text: bytes, delimiter: str) -> bool:
    """Whether a file without a last line end breaks off in its last row: short, where all others are as long as the
    header, or within a quote."""
    others = PackedRows.of(rows[:-1])
    width = len(rows[0])
    if len(others) > 1 and len(rows[-1]) < width and others.widths() == {width}:
        return True
    return len(rows) > 1 and _never_closes([text[text.rfind(b"\n") + 1 :].decode()], delimiter)


def _never_closes(lines: list[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
