"""CSV files: in whatever encoding, delimiter and line ends they come; ours run as formulas in no spreadsheet."""

import codecs
import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from planning.errors import UnreadableFile
from planning.files import Choose, Table, first_sheet
from planning.packed import PART, PackedRows, Part, pack
from sheets.encodings import find_encoding

MAX_BYTES = 100 * 2**20
DELIMITERS = (";", "\t", "|", ",")
"""Where two split a file alike, the comma loses: it stands in prose and figures as well."""

# A cell may be as long as the file allows; the limit of the csv module (128 KiB) is for the whole process.
csv.field_size_limit(MAX_BYTES)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PAGES = ("<!doctype html", "<html", "<table", "<meta", "<?xml", "<head", "<body")
_CONFLICT = re.compile(r"^(?:<<<<<<<|>>>>>>>)(?: |$)", re.MULTILINE)

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
        text, encoding = _decode(content)
        _must_be_rows(text)
        first_line, text = _without_hint(text)
        delimiter = _sniff(text)
        rows, lines = _parse(text, delimiter, first_line)
        if not len(rows):
            raise UnreadableFile("empty")
        cut_off = text[-1] not in "\r\n" and _is_cut_off(rows, text, delimiter)
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


def _decode(content: bytes) -> tuple[str, str]:
    if not content.strip():
        raise UnreadableFile("empty")
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _decode_as(content[len(mark) :], encoding), encoding
    if b"\0" in content:
        encoding = _unmarked_utf16(content)
        return _decode_as(content, encoding), encoding
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError as error:
        # From around the first byte that is not UTF-8: a guess from plain ASCII would be worth nothing.
        sample = content[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2]
    encoding = find_encoding(sample)
    return _decode_as(content, encoding), encoding


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile("encoding") from error
    if "\0" in text:
        raise UnreadableFile("binary")
    if not text.strip():
        raise UnreadableFile("empty")
    return text


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without its mark: nearly every second byte of the file's beginning is nought, always the same second."""
    sample = content[:_SAMPLE]
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) * 2 > len(high) and 0 not in low:
            return encoding
    raise UnreadableFile("binary")


def _must_be_rows(text: str) -> None:
    """Refuse a page that was saved under a spreadsheet's name, and a file that two people's edits were left in."""
    if text[:200].lstrip().lower().startswith(_PAGES):
        raise UnreadableFile("web_page")
    if conflict := ("<<<<<<<" in text or ">>>>>>>" in text) and _CONFLICT.search(text):
        raise UnreadableFile("conflict", str(text.count("\n", 0, conflict.start()) + 1))


def _without_hint(text: str) -> tuple[int, str]:
    """The text without Excel's `sep=;` line, and the number of its first line."""
    if text[:4].lower() == "sep=" and text[5:6] in {"\r", "\n"}:
        return 2, text[5:].removeprefix("\r").removeprefix("\n")
    return 1, text


def _sniff(text: str) -> str:
    """The delimiter that splits the first rows into the most columns in most of them alike."""

    def columns(delimiter: str) -> tuple[float, int]:
        sample = io.StringIO(text[:_SAMPLE], newline="")
        widths = [len(row) for row in islice(csv.reader(sample, delimiter=delimiter), _SAMPLE_ROWS) if row]
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


def _parse(text: str, delimiter: str, first_line: int) -> tuple[PackedRows, Sequence[int]]:
    guarded = "'" in text and any(f"'{start}" in text for start in _FORMULA_STARTS)
    found = _Rows(guarded=guarded)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    read = 0
    while rows := list(islice(reader, PART)):
        if reader.line_num != read + len(rows):
            found = _Rows(guarded=guarded)
            _parse_long_cells(text, delimiter, first_line, found)
            break
        found.add(rows, range(first_line + read, first_line + read + len(rows)))
        read += len(rows)
    return found.packed(), found.lines


def _parse_long_cells(text: str, delimiter: str, first_line: int, found: _Rows) -> None:
    """The same where cells hold line breaks. A quote that never closes swallows no rows: it is read as a mark."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
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
    last = list(_lines_from(text, lines[-1] - first_line))
    if len(last) > 1 and _never_closes(last, delimiter):
        begins = lines[-1]
        rows[-1:] = csv.reader(last, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        lines[-1:] = range(begins, begins + len(last))
    for start in range(0, len(rows), PART):
        found.add(rows[start : start + PART], lines[start : start + PART])


def _is_cut_off(rows: PackedRows, text: str, delimiter: str) -> bool:
    """Whether a file without a last line end breaks off in its last row: short, where all others are as long as the
    header, or within a quote."""
    others = PackedRows.of(rows[:-1])
    width = len(rows[0])
    if len(others) > 1 and len(rows[-1]) < width and others.widths() == {width}:
        return True
    return len(rows) > 1 and _never_closes([text[text.rfind("\n") + 1 :]], delimiter)


def _lines_from(text: str, skipped: int) -> Iterator[str]:
    return islice(io.StringIO(text, newline=""), skipped, None)


def _never_closes(lines: list[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
