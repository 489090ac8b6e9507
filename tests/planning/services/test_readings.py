"""A fresh reading: kept as history even where nothing changed, its averages as a whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planning.accounts import Draft, Engagement
from planning.audit import Action
from planning.caller import Caller
from planning.errors import Expired, InvalidValue, NotAPlanner
from planning.platform import Platform
from planning.services.accounts import Added, Edited, Unknown, add_account
from planning.services.readings import Reading, log_reading
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLANNER = Caller(guild_id=1, user_id=10, planner=True)
FIRST = Draft(Platform.INSTAGRAM, "ann", 1_000, engagement=Engagement(likes=50, comments=5, views=900, posts=10))


async def enrol(database: SqlDatabase) -> int:
    added = await add_account(database, PLANNER, FIRST, now=NOW)
    assert isinstance(added, Added)
    return added.account.id


async def log(database: SqlDatabase, reading: Reading, days: int = 7, account: str | int = "ann") -> Edited:
    result = await log_reading(database, PLANNER, account, reading, now=NOW + timedelta(days=days))
    assert isinstance(result, Edited)
    return result


async def test_averages_replace_those_before_as_a_whole(database: SqlDatabase) -> None:
    account_id = await enrol(database)
    result = await log(database, Reading(followers=1_100, likes=80, comments=8))
    assert result.after.engagement == Engagement(likes=80, comments=8)
    assert result.after.followers == 1_100
    assert result.before.estimate is not None
    assert result.after.estimate is not None
    assert result.after.estimate.rate > result.before.estimate.rate
    async with database.reading(1) as store:
        assert await store.accounts.get(account_id) == result.after
        assert [entry.action for entry in await store.audit.list_for_account(account_id, limit=9)] == [
            Action.LOGGED, Action.ADDED
        ]  # fmt: skip


async def test_a_reading_that_confirms_is_kept_too(database: SqlDatabase) -> None:
    account_id = await enrol(database)
    result = await log(database, Reading(followers=1_000))
    assert result.after.followers_at == NOW + timedelta(days=7)
    assert result.after.engagement == FIRST.engagement
    async with database.reading(1) as store:
        readings = await store.accounts.list_snapshots(account_id)
    assert [(reading.taken_at, reading.followers) for reading in readings] == [
        (NOW, 1_000), (NOW + timedelta(days=7), 1_000)
    ]  # fmt: skip


async def test_an_id_names_the_account_as_well(database: SqlDatabase) -> None:
    account_id = await enrol(database)
    assert (await log(database, Reading(followers=7), account=account_id)).after.followers == 7


@pytest.mark.parametrize("reading", [Reading(), Reading(posts=4)])
async def test_a_reading_of_nothing_is_refused(sqlite_database: SqlDatabase, reading: Reading) -> None:
    account_id = await enrol(sqlite_database)
    with pytest.raises(InvalidValue):
        await log(sqlite_database, reading)
    async with sqlite_database.reading(1) as store:
        assert len(await store.accounts.list_snapshots(account_id)) == 1


async def test_who_it_is_of_and_who_may(sqlite_database: SqlDatabase) -> None:
    await enrol(sqlite_database)
    reading = Reading(followers=5)
    assert isinstance(await log_reading(sqlite_database, PLANNER, "nobody", reading, now=NOW), Unknown)
    with pytest.raises(Expired):
        await log_reading(sqlite_database, PLANNER, 99, reading, now=NOW)
    with pytest.raises(NotAPlanner):
        await log_reading(sqlite_database, replace(PLANNER, planner=False), "ann", reading, now=NOW)
    other = replace(PLANNER, guild_id=2)
    assert isinstance(await log_reading(sqlite_database, other, "ann", reading, now=NOW), Unknown)
