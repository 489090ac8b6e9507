"""What a file is by its first bytes and, where it is an archive, by what lies in it; never by its name."""

import io
import zipfile

from planning.errors import UnreadableFile

MAX_UNPACKED = 150 * 2**20
"""Bytes that a workbook may unpack to: a hundred thousand rows take about fifty million."""

_ARCHIVE = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08\x10\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


def is_workbook(content: bytes) -> bool:
    """Whether the file is a workbook that can be read (XLSX, XLSM, XLSB or ODS), and not a text file.

    Raises `UnreadableFile`: password, old_excel, numbers, binary (another archive), damaged, unpacked.
    """
    if content.startswith(_OLE):
        # An encrypted workbook lies in the container that older Excel wrote all its files in.
        raise UnreadableFile("password" if _ENCRYPTED in content else "old_excel")
    if content.startswith(_BIFF):
        raise UnreadableFile("old_excel")
    if not content.startswith((_ARCHIVE + b"\3\4", _ARCHIVE + b"\5\6")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _must_be_workbook(archive)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnreadableFile("damaged") from error
    return True


def _must_be_workbook(archive: zipfile.ZipFile) -> None:
    names = {info.filename for info in archive.infolist()}
    if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
        raise UnreadableFile("unpacked", str(MAX_UNPACKED // 2**20))
    if names.intersection(_WORKBOOKS):
        return
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise UnreadableFile("numbers")
    if "content.xml" not in names or _text(archive, "mimetype", 200).strip() != _OPEN_DOCUMENT:
        raise UnreadableFile("binary")
    if "manifest:encryption-data" in _text(archive, "META-INF/manifest.xml", 100_000):
        raise UnreadableFile("password")


def _text(archive: zipfile.ZipFile, name: str, most: int) -> str:
    """The beginning of a member; nothing where there is no such."""
    if name not in archive.namelist():
        return ""
    with archive.open(name) as member:
        return member.read(most).decode("utf-8", "replace")
