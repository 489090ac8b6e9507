"""Databases to measure on, built once under build/benchmarks/ and used again until the schema or the roster changes."""

import asyncio
import hashlib
import sqlite3
import time
from pathlib import Path

from benchmarks import roster
from benchmarks.figures import note
from planning.accounts import Account
from planning.audit import Action, AuditEntry, differences
from planning.caller import COMMAND_LINE
from planning.estimates.model import SHIPPED
from planning.records import AccountChange
from planning.services.accounts import readings
from planning.services.estimates import estimated
from storage.database import SqlDatabase
from tests.loopback import payloads

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "benchmarks"
GUILD = int(payloads.GUILD)
SNAPSHOTS = 12

_WEEK = 7 * 24 * 3600
_DECIDED_BY = (
    *("benchmarks/roster.py", "benchmarks/built.py", "storage/migrations/versions"),
    *("storage/tables.py", "storage/types.py", "storage/rows.py", "planning/estimates/model.py"),
)
"""What decides how a built database looks."""

# Every account's numbers move a little every week, each account's in its own way.
_NEXT_WEEK = """
INSERT INTO metric_snapshot
SELECT guild_id, account_id, taken_at + :seconds, source,
       followers + followers * (:week * (account_id % 9 - 2)) / 500,
       likes + likes * ((account_id * 31 + :week * 17) % 41 - 20) / 100,
       comments + comments * ((account_id * 29 + :week * 13) % 41 - 20) / 100,
       views + views * ((account_id * 23 + :week * 11) % 41 - 20) / 100,
       posts
FROM metric_snapshot WHERE taken_at = :first
"""


def database_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path}"


async def built_database(accounts: int) -> Path:
    """A file with so many accounts in one server, `SNAPSHOTS` weekly readings each; for reading only.

    The accounts, their first reading, niches, postings and trail go through `accounts.write`, as an import's do; the
    readings of the weeks after are one SQL statement a week.
    """
    path = FOLDER / f"{accounts}-{_fingerprint()}.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob(f"{accounts}-*"):
            old.unlink()
        note(f"building a database of {accounts:,} accounts; it is kept in {FOLDER.relative_to(ROOT)} …")
        began = time.perf_counter()
        unfinished = path.with_suffix(".unfinished")
        await _write(unfinished, accounts)
        await asyncio.to_thread(_add_weeks, unfinished)
        unfinished.rename(path)
        note(f"… built in {time.perf_counter() - began:.0f} s")
    return path


async def _write(path: Path, accounts: int) -> None:
    database = SqlDatabase(database_url(path))
    await database.migrate()
    for batch in roster.batches(accounts):
        async with database.writing(GUILD) as store:
            await store.accounts.write([addition(account) for account in estimated(batch, SHIPPED)])
    await database.close()


def addition(account: Account) -> AccountChange:
    """A new account as an import writes it."""
    _, values = differences(None, account)
    entry = AuditEntry(roster.NOW, COMMAND_LINE, Action.IMPORTED, after=values)
    return AccountChange(None, account, readings(None, account), entry)


def _add_weeks(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA cache_size=-200000")
    [first] = connection.execute("SELECT min(taken_at) FROM metric_snapshot").fetchone()
    for week in range(1, SNAPSHOTS):
        with connection:
            connection.execute(_NEXT_WEEK, {"seconds": week * _WEEK, "week": week, "first": first})
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in _DECIDED_BY:
        given = ROOT / name
        for path in sorted(given.glob("*.py")) if given.is_dir() else [given]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
