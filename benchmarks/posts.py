"""One account's new post, to the updated estimate and posting list committed, against a single-row upsert."""

import random
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import aiosqlite

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, built_database, database_url
from benchmarks.figures import Row, percentile, print_row, spread
from benchmarks.imports import PRAGMAS
from planning.caller import COMMAND_LINE, Caller
from planning.services.post_imports import PostsReport, import_posts
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

PART = 10
ACCOUNTS = 300
WARM_UP = 30
KNOWN = 12
MOST_TIMES_RAW = 5
HEADER = "date,likes,comments\n"
NOW = roster.NOW + timedelta(days=90)
CALLER = Caller(GUILD, COMMAND_LINE, planner=True)

# The post alone, with nothing that follows from it.
UPSERT = """
INSERT INTO post (guild_id, account_id, posted_at, number, kind, likes, comments, dated_only)
VALUES (1, ?, ?, 0, 1, ?, ?, 0)
ON CONFLICT (guild_id, account_id, posted_at, number) DO UPDATE SET
    kind = excluded.kind, likes = excluded.likes, comments = excluded.comments, dated_only = excluded.dated_only
"""
COMMITTED = ("BEGIN IMMEDIATE", UPSERT, "COMMIT")

Values = tuple[int, int, int, int]


async def run(accounts: int) -> None:
    """Print the rows, at a tenth of the accounts: the product's way beside the upsert by hand, in turn."""
    size = accounts // PART
    built = await built_database(size)
    ours: list[float] = []
    raw: list[float] = []
    hopping: list[float] = []
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = Path(shutil.copy(built, folder))
        database = SqlDatabase(database_url(path))
        chosen = _references(path, size)
        for reference in chosen.values():
            await _keep(database, reference, _table(0, KNOWN))
        with closing(_connect(path)) as connection:
            async with aiosqlite.connect(path, isolation_level=None) as driver:
                for pragma in PRAGMAS:
                    await driver.execute(f"PRAGMA {pragma}")
                for turn, (account_id, reference) in enumerate(chosen.items()):
                    spent = await _keep(database, reference, _table(KNOWN, KNOWN + 1))
                    at = int((roster.NOW + timedelta(days=40)).timestamp())
                    by_hand = _upsert(connection, (account_id, at, turn, 1))
                    awaited = await _upsert_through(driver, (account_id, at + 1, turn, 1))
                    if turn >= WARM_UP:
                        ours.append(spent)
                        raw.append(by_hand)
                        hopping.append(awaited)
        await database.close()
    _print("a new post: file to estimate and list committed", size, ours, "plain sqlite3", raw, MOST_TIMES_RAW)
    _print("the same", size, ours, "the same upsert by aiosqlite", hopping)


def _print(what: str, size: int, ours: list[float], rival: str, theirs: list[float], most: float | None = None) -> None:
    ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
    print_row(
        Row(
            what,
            f"{size:,} accounts",
            spread(ours),
            f"{rival}: {spread(theirs)}",
            f"{ratio:.1f} x",
            "" if most is None else f"< {most} x",
            None if most is None else ratio < most,
        )
    )


async def _keep(database: SqlDatabase, reference: str, content: bytes) -> float:
    began = time.perf_counter()
    report = await import_posts(database, CsvFiles(), CALLER, reference, filename="posts.csv", content=content, now=NOW)
    spent = time.perf_counter() - began
    assert isinstance(report, PostsReport)
    assert report.new == report.found.rows > 0, report
    assert report.after.estimate is not None
    return spent


def _table(first: int, last: int) -> bytes:
    """Weekly posts, these of the series."""
    rows = (
        f"{roster.NOW + timedelta(days=7 * n - 90):%Y-%m-%d %H:%M},{120 + 7 * n % 40},{n % 9}\n"
        for n in range(first, last)
    )
    return (HEADER + "".join(rows)).encode()


def _upsert(connection: sqlite3.Connection, values: Values) -> float:
    began = time.perf_counter()
    begin, upsert, commit = COMMITTED
    connection.execute(begin)
    connection.execute(upsert, values)
    connection.execute(commit)
    return time.perf_counter() - began


async def _upsert_through(driver: aiosqlite.Connection, values: Values) -> float:
    began = time.perf_counter()
    begin, upsert, commit = COMMITTED
    await driver.execute(begin)
    await driver.execute(upsert, values)
    await driver.execute(commit)
    return time.perf_counter() - began


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _references(path: Path, size: int) -> dict[int, str]:
    """Accounts from all over the roster, by id, each named so that it alone is meant."""
    draw = random.Random(roster.SEED)  # noqa: S311 - no secret
    with closing(sqlite3.connect(path)) as connection:
        ids = draw.sample(range(1, size + 1), WARM_UP + ACCOUNTS)
        wanted = f"SELECT id, handle FROM account WHERE guild_id = 1 AND id IN ({', '.join('?' * len(ids))})"
        handles = dict(connection.execute(wanted, ids).fetchall())
    return {account_id: handles[account_id] for account_id in ids}
