"""A text file as UTF-8 bytes, whatever its encoding was: as text a whole file may take four times its size."""

import codecs
import io
from collections.abc import Iterator

from planning.errors import UnreadableFile
from sheets.encodings import find_encoding

_SAMPLE = 64 * 1024
_PIECE = 2**20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def as_utf8(content: bytes) -> tuple[bytes, str]:
    """The text as UTF-8, and the encoding in which it came. Raises `UnreadableFile`: empty, binary, encoding."""
    if not content.strip():
        raise UnreadableFile("empty")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _transcoded(content[len(mark) :], encoding), encoding
    if b"\0" in content:
        encoding = _unmarked_utf16(content)
        return _transcoded(content, encoding), encoding
    wrong = _find_wrong(content)
    if wrong is None:
        return _text(content), "utf-8"
    # From around the first byte that is not UTF-8: a guess from plain ASCII would be worth nothing.
    encoding = find_encoding(content[max(0, wrong - _SAMPLE // 2) : wrong + _SAMPLE // 2])
    return _transcoded(content, encoding), encoding


def read_lines(text: bytes) -> Iterator[str]:
    """The lines of UTF-8 text with their ends, as the csv module wants them."""
    return io.TextIOWrapper(io.BytesIO(text), "utf-8", newline="")


def beginning(text: bytes, size: int) -> str:
    """The first so many bytes as text."""
    return text[:size].decode("utf-8", "ignore")


def _find_wrong(content: bytes) -> int | None:
    """Where the first byte is that is not UTF-8; None where all are."""
    done = 0
    while done < len(content):
        piece = content[done : done + _PIECE]
        try:
            done += codecs.utf_8_decode(piece, "strict", done + len(piece) == len(content))[1]
        except UnicodeDecodeError as error:
            return done + error.start
    return None


def _transcoded(content: bytes, encoding: str) -> bytes:
    try:
        text = content if encoding == "utf-8" and _find_wrong(content) is None else content.decode(encoding).encode()
    except UnicodeError as error:
        raise UnreadableFile("encoding") from error
    return _text(text)


def _text(text: bytes) -> bytes:
    if b"\0" in text:
        raise UnreadableFile("binary")
    if not beginning(text, _SAMPLE).strip() and not text.decode().strip():
        raise UnreadableFile("empty")
    return text


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without its mark: nearly every second byte of the file's beginning is nought, always the same second."""
    sample = content[:_SAMPLE]
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) * 2 > len(high) and 0 not in low:
            return encoding
    raise UnreadableFile("binary")
