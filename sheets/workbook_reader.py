"""Workbooks (XLSX, XLSM, XLSB, ODS) as tables of text, read by a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import IO, Any

from planning.errors import UnreadableFile
from planning.files import Choose, SheetHead, Table
from planning.packed import PackedRows, Part, pack

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "sheets.workbook_process")

DEADLINE = 60.0
"""Seconds on the clock, for a machine that has no time for the process; its own limit is far below it."""


def read_workbook(content: bytes, choose: Choose) -> Table:
    """The chosen sheet, its first row with anything in it as the header; rows that hold nothing are left out.

    Hidden rows are read as the others are. Raises `UnreadableFile`: password, damaged, workbook_large, empty.
    """
    process = subprocess.Popen(  # noqa: S603 - our own module
        COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    timer = Timer(DEADLINE, process.kill)
    timer.start()
    try:
        return _exchange(process.stdin, process.stdout, content, choose)
    except (BrokenPipeError, EOFError) as error:
        # It ended itself at its limits, or the file brought it down.
        raise UnreadableFile("workbook_large") from error
    finally:
        timer.cancel()
        process.kill()
        process.stdout.close()
        # What it never read is thrown away: a flush would fail.
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.wait()


def _exchange(there: IO[bytes], back: IO[bytes], content: bytes, choose: Choose) -> Table:
    there.write(b"%d\n" % len(content))
    there.write(content)
    there.flush()
    heads = [SheetHead(**head) for head in _answer(back)["sheets"]]
    if not heads:
        raise UnreadableFile("empty")
    place = choose(heads)
    there.write(b"%d\n" % place)
    there.flush()
    numbers: list[int] = []
    parts: list[Part] = []
    for part in _parts(back):
        numbers += part["numbers"]
        parts += [pack(part["rows"])] if part["rows"] else []
    rows = PackedRows(parts)
    if not numbers:
        raise UnreadableFile("empty")
    names = tuple(head.name for head in heads)
    return Table(rows[0], rows[1:], numbers[1:], sheet=names[place], sheets=names)


def _parts(back: IO[bytes]) -> Iterator[dict[str, Any]]:
    while "end" not in (part := _answer(back)):
        yield part


def _answer(back: IO[bytes]) -> dict[str, Any]:
    """The next line. Raises `UnreadableFile` with what the process says is wrong, `EOFError` where it ended."""
    line = back.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    said = json.loads(line)
    if "wrong" in said:
        raise UnreadableFile(said["wrong"])
    return said
