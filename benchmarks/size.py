"""The database file: where its bytes go."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

from benchmarks.built import FOLDER, SNAPSHOTS, built_database
from benchmarks.figures import Row, print_row

MOST_BYTES_AN_ACCOUNT = 800
TRAIL = ("audit_entry", "ix_audit_entry_handle")
LARGEST = 7


async def run(accounts: int) -> None:
    """Print what the promise names, the whole file with its trail, the same after VACUUM, and the bytes by table."""
    path = await built_database(accounts)
    tables = _tables(path)
    trail = sum(tables.get(name, 0) for name in TRAIL)
    size = path.stat().st_size
    at, limit = f"{accounts:,} accounts", MOST_BYTES_AN_ACCOUNT * accounts
    promised = Row(
        f"database: accounts, {SNAPSHOTS} snapshots each, postings",
        at,
        _megabytes(size - trail),
        limit=f"<= {_megabytes(limit)}",
        met=size - trail <= limit,
    )
    print_row(promised)
    print_row(Row("the whole file, with the trail of the import", at, _megabytes(size)))
    print_row(Row("the same after VACUUM", at, _megabytes(_vacuumed(path))))
    for name, used in list(tables.items())[:LARGEST]:
        print_row(Row(f"  {name}", at, _megabytes(used), f"{used / accounts:.0f} bytes an account"))


def _tables(path: Path) -> dict[str, int]:
    """The bytes of each table and index, largest first; nothing where this SQLite can't tell (dbstat)."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    except sqlite3.OperationalError:
        rows = []
    connection.close()
    return dict(rows)


def _vacuumed(path: Path) -> int:
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        copy = Path(shutil.copy(path, folder))
        connection = sqlite3.connect(copy, isolation_level=None)
        connection.execute("VACUUM")
        connection.close()
        return copy.stat().st_size


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
