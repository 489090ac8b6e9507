"""A roster from its bytes to a preview, against only parsing it; the most memory that previewing and importing it take;
and a workbook, against the reader's bare rows.
"""

import asyncio
import csv
import io
import resource
import sys
import tempfile
import time
from pathlib import Path

import python_calamine
import xlsxwriter

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, ROOT, database_url
from benchmarks.figures import Row, percentile, print_row
from benchmarks.imports import HEADER, made_folder, roster_file, row_cells
from planning.caller import COMMAND_LINE, Caller
from planning.services.imports import preview_import, run_import
from sheets.files import SpreadsheetFiles
from storage.database import SqlDatabase

ROUNDS = 3
LEAST_SHARE = 0.25
MOST_TIMES = 5.0
PART = 10
"""The workbook has a tenth of the rows."""
MOST_MEGABYTES = 500
STATUS = Path("/proc/self/status")
"""What Linux says of a process itself."""
FIGURES = {HEADER.index(name) for name in ("followers", "likes", "comments", "views", "posts")}


async def run(accounts: int) -> None:
    """Print the rows."""
    content = roster_file(roster.batches(accounts))
    bare, whole = [], []
    for _ in range(ROUNDS):
        bare.append(await asyncio.to_thread(_parse, content))
        whole.append(await _preview(content, accounts))
    share = percentile(bare, 0.5) / percentile(whole, 0.5)
    _print(
        "a CSV file to its preview",
        accounts,
        whole,
        "csv.reader alone",
        bare,
        f"{share:.0%}",
        f">= {LEAST_SHARE:.0%}",
        share >= LEAST_SHARE,
    )
    await _measure_memory("preview", content, accounts)
    await _measure_memory("import", content, accounts)
    rows = accounts // PART
    book = await asyncio.to_thread(_workbook, rows)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(await asyncio.to_thread(_read_bare, book))
        ours.append(await asyncio.to_thread(_read, book))
    times = percentile(ours, 0.5) / percentile(theirs, 0.5)
    _print(
        "a workbook to rows of text",
        rows,
        ours,
        "python-calamine alone",
        theirs,
        f"{times:.1f} times",
        f"< {MOST_TIMES:.0f} times",
        times < MOST_TIMES,
    )


def _print(
    what: str, rows: int, ours: list[float], rival: str, theirs: list[float], ratio: str, limit: str, held: bool
) -> None:
    speed, other = (rows / percentile(times, 0.5) for times in (ours, theirs))
    print_row(Row(what, f"{rows:,} rows", f"{speed:,.0f} rows/s", f"{rival}: {other:,.0f} rows/s", ratio, limit, held))


async def _measure_memory(what: str, content: bytes, rows: int) -> None:
    """Print the most memory that a process of its own has, which does nothing else."""
    with tempfile.TemporaryDirectory(dir=made_folder(FOLDER)) as folder:
        path = Path(folder) / "roster.csv"
        path.write_bytes(content)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.spreadsheets", what, str(path)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
    peak, before = map(float, told.split())
    print_row(
        Row(
            f"the most memory of a process: {what} of a CSV file",
            f"{rows:,} rows",
            f"{peak:,.0f} MB",
            f"{before:,.0f} MB with the file's {len(content) / 2**20:,.0f} MB alone",
            "",
            f"< {MOST_MEGABYTES} MB",
            peak < MOST_MEGABYTES,
        )
    )


async def _tell_memory(what: str, path: Path, content: bytes) -> None:
    """The megabytes at most, and those before the file was looked at."""
    caller = Caller(GUILD, COMMAND_LINE, planner=True)
    database = SqlDatabase(database_url(path.with_name("empty.db")))
    await database.migrate()
    before = _most_megabytes()
    given = database, SpreadsheetFiles(), caller
    if what == "preview":
        await preview_import(*given, filename=path.name, content=content, platform=None)
    else:
        await run_import(*given, filename=path.name, content=content, platform=None, now=roster.NOW)
    await database.close()
    print(_most_megabytes(), before)


def _most_megabytes() -> float:
    # What `resource` says counts the process that began this one too, as large as it was then.
    if STATUS.exists():
        [most] = (line.split()[1] for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(most) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _parse(content: bytes) -> float:
    began = time.perf_counter()
    for _ in csv.reader(io.StringIO(content.decode(), newline="")):
        pass
    return time.perf_counter() - began


async def _preview(content: bytes, rows: int) -> float:
    with tempfile.TemporaryDirectory(dir=made_folder(FOLDER)) as folder:
        database = SqlDatabase(database_url(Path(folder) / "empty.db"))
        await database.migrate()
        began = time.perf_counter()
        report = await preview_import(
            *(database, SpreadsheetFiles(), Caller(GUILD, COMMAND_LINE, planner=True)),
            filename="roster.csv",
            content=content,
            platform=None,
        )
        spent = time.perf_counter() - began
        await database.close()
    assert report.new == rows, report.problems[:3]
    return spent


def _workbook(rows: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Roster")
        sheet.write_row(0, 0, HEADER)
        number = 0
        for batch in roster.batches(rows):
            for cells in row_cells(batch):
                number += 1
                for place, cell in enumerate(cells):
                    if cell and place in FIGURES:
                        sheet.write_number(number, place, float(cell))
                    elif cell:
                        sheet.write_string(number, place, cell)
    return out.getvalue()


def _read_bare(book: bytes) -> float:
    began = time.perf_counter()
    python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - began


def _read(book: bytes) -> float:
    began = time.perf_counter()
    SpreadsheetFiles().read("roster.xlsx", book)
    return time.perf_counter() - began


if __name__ == "__main__":
    asyncio.run(_tell_memory(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[2]).read_bytes()))
