"""Copies of a SQLite database: taken while others write to it, examined, and put in its place."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from storage.failures import NewerDatabase
from storage.migrations.runner import known_revisions

STEP = 1_000
"""Pages (4 kB each) that are copied at a time."""

SIDES = ("-wal", "-shm")
"""What SQLite puts beside a database's file."""

OURS = {"guild", "account", "alembic_version"}
"""Tables that every version has made."""


class Unusable(Exception):
    """The file can't be used as a database of ours; the text says why."""


class InUse(Exception):
    """Another program has the database open."""


def copy_database(source: Path, target: Path, report: Callable[[int, int], None]) -> None:
    """Copy the database as it is at this moment, whatever others write meanwhile; tells the pages that are done.

    The copy is one file, complete without another beside it. Raises `Unusable`, also where the target has no room.
    """
    try:
        with closing(_opened(source)) as database, closing(sqlite3.connect(target)) as copy:
            # One read transaction from the first page to the last: without it the copy begins anew after every
            # write of another process, and beside a busy one never ends.
            database.execute("BEGIN")
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            database.backup(copy, pages=STEP, progress=lambda _, left, total: report(total - left, total))
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise Unusable(str(error)) from error


def examine(file: Path) -> str:
    """The migration that this database is at, once every page of it was checked.

    Raises `Unusable`, `storage.failures.NewerDatabase`.
    """
    try:
        with closing(_opened(file)) as database:
            [found] = database.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise Unusable(f"it is damaged: {' '.join(str(found).split())}")
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= OURS:
                raise Unusable("it is no database of Microscout")
            [revision] = database.execute("SELECT version_num FROM alembic_version").fetchone() or [""]
    except sqlite3.Error as error:
        raise Unusable(str(error)) from error
    if revision not in known_revisions():
        raise NewerDatabase(revision)
    return revision


def put_in_place(copy: Path, file: Path, kept: Path) -> None:
    """Make the copy the database, and keep what was the database under another name.

    Raises `InUse`, and OSError where a file can't be written; nothing has changed then.
    """
    _bring_into_one_file(copy)
    if file.exists():
        _bring_into_one_file(file)
        for side in ("", *SIDES):
            if Path(f"{file}{side}").exists():
                _keep(Path(f"{file}{side}"), Path(f"{kept}{side}"))
    # Before the new file is there: SQLite would take these for its own.
    for side in SIDES:
        Path(f"{file}{side}").unlink(missing_ok=True)
    copy.replace(file)


def _bring_into_one_file(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file, timeout=0)) as database:
            # Only who is alone with a database may end its write-ahead log.
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise InUse from error
        # It is damaged, which may be why it is replaced: its files are kept as they are.


def _keep(file: Path, kept: Path) -> None:
    try:
        os.link(file, kept)
    except FileExistsError:
        raise
    except OSError:  # not every file system has links
        shutil.copy2(file, kept)


def _opened(file: Path) -> sqlite3.Connection:
    """A connection to a file that is there; it is made no new one, and nothing is written to it."""
    address = f"{file.resolve().as_uri()}?mode=rw"
    database = sqlite3.connect(address, uri=True, isolation_level=None)
    database.execute("PRAGMA query_only=ON")
    return database
