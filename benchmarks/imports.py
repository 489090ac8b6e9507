"""An import from its bytes to the last commit, against raw sqlite3 writing the very same rows."""

import asyncio
import csv
import io
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, database_url
from benchmarks.figures import Row, note, percentile, print_row
from planning.accounts import Account
from planning.caller import COMMAND_LINE, Caller
from planning.money import format_plain
from planning.niches import SEPARATOR
from planning.services.imports import run_import
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

PART = 5
ROUNDS = 3
CHUNK = 10_000
LEAST_SHARE = 0.60
HEADER = (
    *("platform", "handle", "name", "followers", "niches", "country", "language"),
    *("likes", "comments", "views", "posts", "price"),
)
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536", "wal_autocheckpoint=8000")
"""The product's own, for its writer."""

# In the order in which foreign keys allow them; each in the order in which the import writes it.
TABLES = {
    "account": "id",
    "account_niche": "account_id, position",
    "niche_posting": "account_id, position",
    "metric_snapshot": "account_id",
    "audit_entry": "account_id, id",
}
SORTED = "niche_posting"
"""A chunk's rows of it are sorted beforehand, as the product does, so that neighbours land on the same page."""

Rows = list[tuple[object, ...]]


async def run(accounts: int) -> None:
    """Print the row, at a fifth of the accounts."""
    size = accounts // PART
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory(dir=made_folder(FOLDER)) as folder:
        empty = Path(folder) / "empty.db"
        database = SqlDatabase(database_url(empty))
        await database.migrate()
        await database.close()
        content = roster_file(roster.batches(size))
        for turn in range(ROUNDS):
            imported = Path(shutil.copy(empty, Path(folder) / f"imported-{turn}.db"))
            ours.append(await _import(imported, content, size))
            raw = Path(shutil.copy(empty, Path(folder) / f"raw-{turn}.db"))
            theirs.append(await asyncio.to_thread(_write_again, imported, raw, check=turn == 0))
            note(f"… import {turn + 1} of {ROUNDS}: {size / ours[-1]:,.0f} rows/s, raw {size / theirs[-1]:,.0f} rows/s")
    share = percentile(theirs, 0.5) / percentile(ours, 0.5)
    print_row(
        Row(
            "import, bytes to last commit",
            f"{size:,} rows",
            f"{size / percentile(ours, 0.5):,.0f} rows/s",
            f"raw sqlite3, rows at hand: {size / percentile(theirs, 0.5):,.0f} rows/s",
            f"{share:.0%}",
            f">= {LEAST_SHARE:.0%}",
            share >= LEAST_SHARE,
        )
    )


async def _import(path: Path, content: bytes, size: int) -> float:
    database = SqlDatabase(database_url(path))
    caller = Caller(GUILD, COMMAND_LINE, planner=True)
    began = time.perf_counter()
    report = await run_import(
        database, CsvFiles(), caller, filename="roster.csv", content=content, platform=None, now=roster.NOW
    )
    spent = time.perf_counter() - began
    await database.close()
    assert (report.new, report.rejected, report.problems) == (size, 0, ()), report.problems[:3]
    return spent


def _write_again(imported: Path, path: Path, *, check: bool) -> float:
    """Copy the rows of the import into an empty database, chunk by chunk; the time that the writing took."""
    spent = 0.0
    with closing(sqlite3.connect(imported)) as source, closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        for table in ("guild", "niche"):
            rows = source.execute(f"SELECT * FROM {table}").fetchall()
            raw.executemany(_insert(table, rows), rows)
        [last] = source.execute("SELECT max(id) FROM account").fetchone()
        for first in range(1, last + 1, CHUNK):
            chunk = {table: _rows(source, table, first) for table in TABLES}
            began = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            for table, rows in chunk.items():
                raw.executemany(_insert(table, rows), rows)
            raw.execute("COMMIT")
            spent += time.perf_counter() - began
        if check:
            _must_be_alike(source, raw)
    return spent


def _rows(source: sqlite3.Connection, table: str, first: int) -> Rows:
    """The table's rows of a chunk of accounts."""
    key = _key(table)
    wanted = f"SELECT * FROM {table} WHERE guild_id = 1 AND {key} >= ? AND {key} < ? ORDER BY {TABLES[table]}"
    rows = source.execute(wanted, (first, first + CHUNK)).fetchall()
    return sorted(rows) if table == SORTED else rows


def _key(table: str) -> str:
    return "id" if table == "account" else "account_id"


def _insert(table: str, rows: Sequence[tuple[object, ...]]) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"


def _must_be_alike(source: sqlite3.Connection, raw: sqlite3.Connection) -> None:
    for table in TABLES:
        statement = f"SELECT count(*), total({_key(table)}) FROM {table}"
        assert source.execute(statement).fetchone() == raw.execute(statement).fetchone(), table


def roster_file(batches: Iterable[Sequence[Account]]) -> bytes:
    """A roster as a file that a team might have."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for batch in batches:
        writer.writerows(row_cells(batch))
    return text.getvalue().encode()


def row_cells(batch: Sequence[Account]) -> Iterator[list[str]]:
    """The cells of these accounts, under HEADER."""
    for account in batch:
        numbers = account.engagement
        averages = (numbers.likes, numbers.comments, numbers.views, numbers.posts)
        yield [
            account.platform.value,
            account.handle,
            account.name or "",
            str(account.followers),
            SEPARATOR.join(account.niches),
            account.country or "",
            account.language or "",
            *("" if value is None else str(value) for value in averages),
            format_plain(account.price) if account.price else "",
        ]


def made_folder(folder: Path) -> Path:
    """The folder, made where there was none."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder
