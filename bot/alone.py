"""One process per SQLite file: the operating system's lock on a file beside it, gone with its process in any case."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.refusals import Refused
from planning.errors import DatabaseUnavailable
from storage.engine import sqlite_file


@contextmanager
def alone(database_url: str) -> Iterator[None]:
    """Be the only one to serve the SQLite file of this address, until the block ends; PostgreSQL takes any number.

    Raises `Refused` where another process does, `planning.errors.DatabaseUnavailable` where no lock can be had.
    """
    file = sqlite_file(database_url)
    if file is None:
        yield
        return
    with _locked(file.with_name(f"{file.name}-lock")):
        yield


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    # A lock that is only a file's existence would outlive a killed process, so there is no falling back to one.
    lock = FileLock(path, blocking=False, fallback_to_soft=False, on_acquired=_sign)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise Refused(
            f"another Microscout process ({_holder(path)}) already runs on this database file: stop it first, "
            "or use PostgreSQL for several processes"
        ) from None
    except OSError as error:
        raise DatabaseUnavailable from error
    try:
        yield
    finally:
        lock.release()


def _sign(descriptor: int) -> None:
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())


def _holder(path: Path) -> str:
    try:
        return f"pid {int(path.read_bytes())}"
    except (OSError, ValueError):
        return "pid unknown"
