"""Many rows at once: a Core statement is turned into the driver's own SQL once, then run with plain tuples.

`insert().values([...])` reached 3 % of the rate of raw sqlite3; this passes 100 %, as a hundred rows to a statement
spare SQLite's full-text index from flushing what it gathered at the end of every row's own statement (5 µs a row
where executemany took 22).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ClauseElement

from storage.rows import Values
from storage.sqlite_connection import OneTurnConnection

IN_CHUNK = 1000
"""How many values one IN list holds at most: every database takes that many parameters."""
ROWS_TOGETHER = 100


async def execute_many(
    connection: AsyncConnection, statement: ClauseElement, keys: Sequence[str], rows: Sequence[Values]
) -> None:
    """Run the statement for every row; `keys` names a row's values in the order of the statement's parameters."""
    if rows:
        sql = _driver_sql(statement, connection.dialect, tuple(keys))
        if not _postponed(connection, sql, rows):
            await connection.exec_driver_sql(sql, list(rows))


async def insert_many(
    connection: AsyncConnection, statement: ClauseElement, keys: Sequence[str], rows: Sequence[Values]
) -> None:
    """As `execute_many`, for an INSERT … VALUES."""
    together = 0
    if connection.dialect.name == "sqlite":
        together = len(rows) - len(rows) % ROWS_TOGETHER
        groups = [
            tuple(chain.from_iterable(rows[start : start + ROWS_TOGETHER]))
            for start in range(0, together, ROWS_TOGETHER)
        ]
        if groups:
            await connection.exec_driver_sql(_rows_sql(statement, connection.dialect, tuple(keys)), groups)
    await execute_many(connection, statement, keys, rows[together:])


def _postponed(connection: AsyncConnection, sql: str, rows: Sequence[Values]) -> bool:
    """Whether SQLite's driver keeps these few rows for the next statement: nobody reads the answer to a bulk write."""
    opened = connection.sync_connection
    if opened is None or not opened.in_transaction():
        return False  # there may be no commit, which would execute them at the latest
    driver = opened.connection.driver_connection
    return isinstance(driver, OneTurnConnection) and driver.postpone(sql, rows)


@lru_cache(maxsize=64)
def _driver_sql(statement: ClauseElement, dialect: Dialect, keys: tuple[str, ...]) -> str:
    compiled = statement.compile(dialect=dialect, column_keys=list(keys))
    order = tuple(getattr(compiled, "positiontup", ()))
    assert order == keys, f"the statement takes {order}, the rows give {keys}"
    return str(compiled)


@lru_cache(maxsize=64)
def _rows_sql(statement: ClauseElement, dialect: Dialect, keys: tuple[str, ...]) -> str:
    row = f"({', '.join('?' * len(keys))})"
    before, after = _driver_sql(statement, dialect, keys).split(f"VALUES {row}")
    return f"{before}VALUES {', '.join([row] * ROWS_TOGETHER)}{after}"
