"""Many rows at once: a Core statement is turned into the driver's own SQL once, then run with plain tuples.

Measured: 74 to 102 % of raw sqlite3, where `insert().values([...])` reached 3 %.
"""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Dialect, Executable
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ClauseElement

from storage.rows import Values

IN_CHUNK = 1000
"""How many values one IN list holds at most: every database takes that many parameters."""


async def execute_many(
    connection: AsyncConnection, statement: ClauseElement, keys: Sequence[str], rows: Sequence[Values]
) -> None:
    """Run the statement for every row; `keys` names a row's values in the order of the statement's parameters."""
    if rows:
        await connection.exec_driver_sql(_driver_sql(statement, connection.dialect, tuple(keys)), list(rows))


@lru_cache(maxsize=64)
def _driver_sql(statement: ClauseElement, dialect: Dialect, keys: tuple[str, ...]) -> str:
    compiled = statement.compile(dialect=dialect, column_keys=list(keys))
    order = tuple(getattr(compiled, "positiontup", ()))
    assert order == keys, f"the statement takes {order}, the rows give {keys}"
    return str(compiled)
