"""That what is asked often never reads a whole table, which SQLite easily prefers to an index."""

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import SqlDatabase
from storage.store import SqlStore
from tests.planning.scheduling.made import schedule
from tests.storage.rosters import ANNA, BEN, GUILD, NOW, add

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
    asked = _noted(sqlite_database)
    async with sqlite_database.reading(GUILD) as store:
        assert await look_up(store)

    plans = _plans(sqlite_url, asked)
    assert any("account" in step for step in plans)
    assert not [step for step in plans if step in WHOLE_ROSTER]


async def test_what_is_due_is_found_by_when_it_wakes(sqlite_database: SqlDatabase, sqlite_url: str) -> None:
    async with sqlite_database.writing(GUILD) as store:
        await store.schedules.create(replace(schedule(), wake_at=NOW))
    asked = _noted(sqlite_database)
    assert await sqlite_database.queue.earliest() == NOW
    assert len(await sqlite_database.queue.claim("mine", now=NOW, until=NOW, limit=9)) == 1

    earliest, claim, _ = [_plans(sqlite_url, [each]) for each in asked if "schedule" in each[0] or "guild" in each[0]]
    assert earliest == ["SEARCH schedule USING COVERING INDEX ix_schedule_wake (wake_at>?)"]
    assert "SEARCH schedule USING COVERING INDEX ix_schedule_wake (wake_at<?)" in claim
    assert "SEARCH schedule USING PRIMARY KEY (guild_id=? AND id=?)" in claim
    assert not [step for step in claim if "SCAN schedule" in step or "TEMP B-TREE" in step]


async def test_an_alert_reads_the_trail_of_its_accounts_only(sqlite_database: SqlDatabase, sqlite_url: str) -> None:
    await add(sqlite_database, ANNA, BEN)
    asked = _noted(sqlite_database)
    async with sqlite_database.reading(GUILD) as store:
        await store.schedules.list_followers_changes(1, 9, niches=["food"], account_ids=[2])
    [trail] = [step for step in _plans(sqlite_url, asked) if "audit_entry" in step]
    assert trail == "SEARCH audit_entry USING PRIMARY KEY (guild_id=? AND account_id=? AND id>? AND id<?)"


def _noted(database: SqlDatabase) -> list[tuple[str, Any]]:
    """Every statement from here on, with its parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append((statement, parameters))

    for engine in (database._engines.read, database._engines.write):
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    return asked


def _plans(url: str, asked: list[tuple[str, Any]]) -> list[str]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    steps = [row[3] for sql, wanted in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", wanted)]
    connection.close()
    return steps
