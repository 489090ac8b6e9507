"""Who asks is told how long each statement took; where nobody does, nothing listens."""

import pytest
from sqlalchemy.exc import SQLAlchemyError

from storage.database import SqlDatabase
from tests.storage.rosters import ANNA, GUILD, addition

EVENTS = ("before_cursor_execute", "after_cursor_execute")


async def test_every_statement_is_told_with_its_side(database_url: str) -> None:
    told: list[tuple[str, float]] = []
    database = SqlDatabase(database_url, on_statement=lambda *statement: told.append(statement))

    async with database.writing(GUILD) as store:
        await store.accounts.write([addition(ANNA)])
    written = list(told)
    async with database.reading(GUILD) as store:
        await store.accounts.count()
    await database.close()

    assert {side for side, _ in written} == {"write"}
    assert {side for side, _ in told[len(written) :]} == {"read"}
    assert all(0 < seconds < 5 for _, seconds in told)


async def test_a_statement_that_fails_is_not_told(sqlite_url: str) -> None:
    told: list[str] = []
    database = SqlDatabase(sqlite_url, on_statement=lambda side, _: told.append(side))

    with pytest.raises(SQLAlchemyError):
        async with database._engines.read.connect() as connection:
            await connection.exec_driver_sql("SELECT nothing FROM nowhere")
    await database.close()

    assert told == []


async def test_nothing_listens_where_nobody_asks(database: SqlDatabase) -> None:
    for engine in (database._engines.read.sync_engine, database._engines.write.sync_engine):
        assert not any(list(getattr(engine.dispatch, event)) for event in EVENTS)
