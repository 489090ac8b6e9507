"""Engines: two a database, one that reads and one that writes.

SQLite writers begin with BEGIN IMMEDIATE, as a deferred BEGIN loses concurrent read-modify-writes or fails at once
whatever the busy timeout says; readers run without a transaction, so that none queues behind a writer. Few
connections answered faster than many: one writer and two readers.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosqlite
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.sqlite_connection import OneTurnConnection, new_connection

BUSY_SECONDS = 5
CONNECT_SECONDS = 5
POOL_SECONDS = 15
"""How long a caller waits for its turn at the pool: longer than one import's chunk holds the writer."""

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


@dataclass(frozen=True, slots=True)
class Engines:
    """The reading and the writing engine of one database."""

    read: AsyncEngine
    write: AsyncEngine

    async def dispose(self) -> None:
        """Close every connection."""
        await self.read.dispose()
        await self.write.dispose()


def parse_url(text: str) -> URL:
    """The address with its async driver spelled out.

    Raises ValueError (without repeating the address, which may hold a password) where it is none that works.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("not a database address: expected sqlite:///path or postgresql://user@host/name") from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise ValueError(f"unknown kind of database {url.drivername!r}: use sqlite:///path or postgresql://…")
    url = url.set(drivername=driver)
    if driver.startswith("sqlite"):
        if not url.database or url.database == ":memory:" or "mode=memory" in text:
            raise ValueError("a database in memory would be gone after every read: name a file, sqlite:///path")
        return url
    # asyncpg calls libpq's `sslmode` `ssl`; hosts hand out addresses in libpq's spelling.
    sslmode = url.query.get("sslmode")
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": sslmode}) if sslmode else url


def create_engines(text: str) -> Engines:
    """The engines of the database at this address; connects to nothing yet. Raises ValueError as `parse_url`."""
    url = parse_url(text)
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)


def sqlite_file(text: str) -> Path | None:
    """The file of the SQLite database at this address, whatever links lead to it; None for PostgreSQL.

    Raises ValueError as `parse_url`.
    """
    url = parse_url(text)
    return _file(url) if url.get_backend_name() == "sqlite" else None


def _file(url: URL) -> Path:
    name = str(url.database)
    return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name).resolve()


def _sqlite(url: URL) -> Engines:
    _file(url).parent.mkdir(parents=True, exist_ok=True)
    arguments, options = url.get_dialect()().create_connect_args(url)

    async def connect() -> aiosqlite.Connection:
        return await new_connection(*arguments, **{"timeout": BUSY_SECONDS} | dict(options))

    shared: dict[str, Any] = {
        "async_creator": connect,
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
    }
    write = create_async_engine(url, pool_size=1, **shared)
    # A reader holds no transaction that would have to be rolled back when it is done.
    read = create_async_engine(url, pool_size=2, pool_reset_on_return=None, skip_autocommit_rollback=True, **shared)

    @event.listens_for(write.sync_engine, "connect")
    def prepare_writer(connection: Any, _: object) -> None:
        _pragmas(
            connection,
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "cache_size=-65536",
            "wal_autocheckpoint=8000",
        )

    @event.listens_for(write.sync_engine, "begin")
    def begin_immediate(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, OneTurnConnection)
        waits = driver.postpone("BEGIN IMMEDIATE", [()])
        assert waits, "the transaction before left something behind"

    @event.listens_for(read.sync_engine, "connect")
    def prepare_reader(connection: Any, _: object) -> None:
        # A hundred shortlists of a million accounts read nearly 40 MB of pages, and pushed each other out of 32 MB.
        _pragmas(connection, "query_only=ON", "cache_size=-65536")

    return Engines(read, write)


def _pragmas(connection: Any, *pragmas: str) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    try:
        for pragma in pragmas:
            _set(cursor, pragma)
    except sqlite3.Error:
        connection.close()  # the pool never got it, so nobody else would; its thread would live on
        raise
    cursor.close()


def _set(cursor: Any, pragma: str) -> None:
    try:
        cursor.execute(f"PRAGMA {pragma}")
    except sqlite3.OperationalError:
        # The switch to write-ahead logging heeds no busy timeout, and fails where another process is at it as well.
        # BEGIN does heed it: once it was our turn, the switch is done or free.
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("ROLLBACK")
        cursor.execute(f"PRAGMA {pragma}")


def _postgresql(url: URL) -> Engines:
    shared: dict[str, Any] = {"pool_size": 5, "max_overflow": 5, "pool_timeout": POOL_SECONDS, "pool_pre_ping": True}
    patience = {"lock_timeout": f"{BUSY_SECONDS}s", "application_name": "microscout"}
    write = create_async_engine(
        url,
        connect_args={"timeout": CONNECT_SECONDS, "server_settings": patience},
        isolation_level="READ COMMITTED",
        **shared,
    )
    read_only = patience | {"default_transaction_read_only": "on"}
    read = create_async_engine(
        url,
        connect_args={"timeout": CONNECT_SECONDS, "server_settings": read_only},
        isolation_level="AUTOCOMMIT",
        **shared,
    )
    return Engines(read, write)
