"""That looking up an account never reads the guild's whole roster: SQLite prefers that to the handle's index easily."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import SqlDatabase
from storage.store import SqlStore
from tests.storage.rosters import ANNA, BEN, GUILD, add

WHOLE_ROSTER = ("SCAN account", "SEARCH account USING PRIMARY KEY (guild_id=?)")


@pytest.mark.parametrize(
    "look_up",
    [
        lambda store: store.accounts.get(1),
        lambda store: store.accounts.find(*ANNA.key),
        lambda store: store.accounts.list_by_handle(ANNA.handle),
        lambda store: store.accounts.list_by_keys([ANNA.key]),
        lambda store: store.accounts.list_by_keys([ANNA.key, BEN.key]),
        lambda store: store.influencers.list_linked(1),
    ],
    ids=["get", "find", "list_by_handle", "list_by_keys of one", "list_by_keys", "list_linked"],
)
async def test_an_account_is_found_by_an_index(
    sqlite_database: SqlDatabase, sqlite_url: str, look_up: Callable[[SqlStore], Awaitable[Any]]
) -> None:
    await add(sqlite_database, ANNA, BEN)
    async with sqlite_database.writing(GUILD) as store:
        await store.influencers.link([[1, 2]])
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(sqlite_database._engines.read.sync_engine, "before_cursor_execute", note)
    async with sqlite_database.reading(GUILD) as store:
        assert await look_up(store)

    plans = _plans(sqlite_url.removeprefix("sqlite:///"), asked)
    assert any("account" in step for step in plans)
    assert not [step for step in plans if step in WHOLE_ROSTER]


def _plans(path: str, asked: list[tuple[str, Any]]) -> list[str]:
    connection = sqlite3.connect(path)
    steps = [row[3] for sql, wanted in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", wanted)]
    connection.close()
    return steps
