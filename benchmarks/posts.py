"""One account's new post, to the updated estimate and posting list committed, against a single-row upsert.

Ours is the whole use case: a file with one post is read, merged with the twelve that are known, and what follows from
it (account, estimate, posting lists, reading, trail) is written in one transaction. The rivals write the post alone: by
hand, through the driver, through our own unit of work, and by hand as SQLite is where nobody set it to write-ahead
logging (a rollback journal, each commit on the disk).
"""

import random
import shutil
import sqlite3
import tempfile
import time
from contextlib import AsyncExitStack, closing
from datetime import timedelta
from pathlib import Path

import aiosqlite

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, built_database, database_url
from benchmarks.figures import Row, percentile, print_row, spread
from benchmarks.imports import PRAGMAS
from planning.caller import COMMAND_LINE, Caller
from planning.posts import Post, PostKind
from planning.services.post_imports import PostsReport, import_posts
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

PART = 10
ACCOUNTS = 300
WARM_UP = 30
KNOWN = 12
MOST_TIMES_RAW = 5
RIVALS = ("plain sqlite3", "by aiosqlite", "by our repository", "SQLite unset")
JUDGED = "SQLite unset"
"""The promise says a single-row upsert transaction: as sqlite3 does it where nothing is set. With write-ahead logging
nothing is waited for: that takes 0.06 ms, less than reading the file alone does, and is printed for comparison."""
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
    """Print the rows, at a tenth of the accounts: the product's way beside the upsert by other ways, in turn."""
    size = accounts // PART
    built = await built_database(size)
    ours: list[float] = []
    rivals: dict[str, list[float]] = {name: [] for name in RIVALS}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER)))
        path, apart = Path(shutil.copy(built, folder / "ours.db")), Path(shutil.copy(built, folder / "apart.db"))
        database = SqlDatabase(database_url(path))
        stack.push_async_callback(database.close)
        chosen = _references(path, size)
        for reference in chosen.values():
            await _keep(database, reference, _table(0, KNOWN))
        plain = stack.enter_context(closing(_connect(path, *PRAGMAS)))
        durable = stack.enter_context(closing(_connect(apart, "journal_mode=DELETE", "synchronous=FULL")))
        driver = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
        for pragma in PRAGMAS:
            await driver.execute(f"PRAGMA {pragma}")
        for turn, (account_id, reference) in enumerate(chosen.items()):
            spent = await _keep(database, reference, _table(KNOWN, KNOWN + 1))
            values = (account_id, int((roster.NOW + timedelta(days=40)).timestamp()), turn, 1)
            others = (
                _upsert(plain, values),
                await _upsert_through(driver, values),
                await _upsert_by_repository(database, account_id, turn),
                _upsert(durable, values),
            )
            if turn >= WARM_UP:
                ours.append(spent)
                for found, seconds in zip(rivals.values(), others, strict=True):
                    found.append(seconds)
    for name, theirs in rivals.items():
        ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
        promised = name == JUDGED
        print_row(
            Row(
                "a new post: file to estimate and list committed" if promised else "the same",
                f"{size:,} accounts",
                spread(ours),
                f"{name}: {spread(theirs)}",
                f"{ratio:.1f} x",
                f"< {MOST_TIMES_RAW} x" if promised else "",
                ratio < MOST_TIMES_RAW if promised else None,
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


async def _upsert_by_repository(database: SqlDatabase, account_id: int, likes: int) -> float:
    post = Post(roster.NOW + timedelta(days=40), PostKind.POST, likes=likes, comments=1)
    began = time.perf_counter()
    async with database.writing(GUILD) as store:
        await store.posts.write(account_id, [(0, post)])
    return time.perf_counter() - began


def _connect(path: Path, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in pragmas:
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
