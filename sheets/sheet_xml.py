"""Where a sheet lies in the archive of an XLSX workbook, and its XML."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

UNREADABLE = (
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)
"""What reading a member of a broken archive raises."""

_MOST = 2**20
_PIECE = 2**18
_LONGEST = 2**22
"""Bytes of a cell or a row: a cell of Excel holds 32,767 characters."""
_SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\b\w+:id="([^"]+)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")


def sheet_path(archive: zipfile.ZipFile, place: int) -> str:
    """The member that holds the sheet at this place. Raises `KeyError`, `IndexError`."""
    wanted = _SHEET.findall(beginning(archive, "xl/workbook.xml"))[place]
    for relation in _RELATION.findall(beginning(archive, "xl/_rels/workbook.xml.rels")):
        if f'Id="{wanted}"' in relation and (target := re.search(r'Target="([^"]+)"', relation)):
            return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    raise KeyError(wanted)


def beginning(archive: zipfile.ZipFile, name: str, most: int = _MOST) -> str:
    """The first bytes of a member as text."""
    with archive.open(name) as member:
        return member.read(most).decode("utf-8", "replace")


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """All bytes of a member, in pieces."""
    with archive.open(name) as member:
        while piece := member.read(_PIECE):
            yield piece


def whole(parts: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    """The same bytes, cut behind such an end; what has none for too long is dropped."""
    left = b""
    for part in parts:
        left += part
        cut = left.rfind(end) + len(end)
        if cut >= len(end):
            yield left[:cut]
            left = left[cut:]
        elif len(left) > _LONGEST:
            left = b""
    yield left
