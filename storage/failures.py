"""Which errors of a database mean that it cannot be reached or written for now."""

import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from planning.errors import DatabaseUnavailable

_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}
# Classes of SQLSTATE: connection lost, serialization or deadlock, out of resources, lock not available,
# operator intervention (shut down, still starting), system error.
_POSTGRESQL = ("08", "40", "53", "55", "57", "58")


class NewerDatabase(Exception):
    """A newer version of the program made the database; the text is the migration that it is at."""


@contextmanager
def _unavailable_as_fact() -> Generator[None]:
    """Turns such an error into `DatabaseUnavailable`; every other passes as it is."""
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseUnavailable from error
    except DBAPIError as error:
        if _is_unavailable(error):
            raise DatabaseUnavailable from error
        raise


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """A connection from the pool. Raises `DatabaseUnavailable`, also for whatever the driver says while connecting."""
    with _unavailable_as_fact():
        async with AsyncExitStack() as stack:
            try:
                connection = await stack.enter_async_context(engine.connect())
            except _refusals(engine.dialect.driver) as error:
                raise DatabaseUnavailable from error
            yield connection


@cache
def _refusals(driver: str) -> tuple[type[Exception], ...]:
    """What a driver raises by itself while connecting; SQLAlchemy wraps what comes later."""
    if driver != "asyncpg":
        return (OSError,)
    # By then the engine has imported it; without PostgreSQL nobody does.
    import asyncpg  # pyright: ignore[reportMissingTypeStubs] - it ships none

    return OSError, asyncpg.PostgresError, asyncpg.InterfaceError


def _is_unavailable(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE
    return str(getattr(error.orig, "sqlstate", None) or "").startswith(_POSTGRESQL)
