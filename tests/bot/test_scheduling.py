"""The scheduler's own steps: what it takes up at its start, and that none waits for the time zones of all servers."""

import asyncio
from datetime import timedelta

import pytest

from bot import scheduling
from bot.scheduling import Scheduler
from planning.errors import DatabaseUnavailable
from storage.database import SqlDatabase
from tests.planning.scheduling.made import DAILY
from tests.planning.services.schedule_world import CLAIM, LEASE, Team


def scheduler_of(team: Team) -> Scheduler:
    return Scheduler(team.database, team.database.queue, team.deliveries, lambda: team.now, lambda: True)


async def running(team: Team, *, alone: bool) -> None:
    """Let it post until the first post is there."""
    sending = asyncio.Event()

    async def note() -> None:
        sending.set()

    team.discord.before_sending = note
    scheduler = scheduler_of(team)
    posting = asyncio.create_task(scheduler.keep_posting(alone=alone))
    async with asyncio.timeout(10):
        await sending.wait()
        await scheduler.finish()
    posting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await posting


async def due(database: SqlDatabase) -> Team:
    team = Team(database)
    await team.add(leaf=1_500)
    await team.make(cadence=DAILY)
    team.now += timedelta(days=1)
    return team


async def test_the_first_post_does_not_wait_for_the_zones_of_all_servers(
    sqlite_database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def never_ends(*_: object) -> int:
        begun.set()
        await asyncio.Event().wait()
        return 0

    monkeypatch.setattr(scheduling, "follow_rules", never_ends)
    team = await due(sqlite_database)
    await running(team, alone=True)
    assert begun.is_set()


async def test_what_the_last_process_left_is_taken_up_at_once(sqlite_database: SqlDatabase) -> None:
    team = await due(sqlite_database)
    assert await team.database.queue.claim(CLAIM, now=team.now, until=team.now + LEASE, limit=9)
    await running(team, alone=True)
    assert len(team.discord.posts) == 1


async def test_a_database_that_comes_back_is_asked_again(
    sqlite_database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = await due(sqlite_database)
    monkeypatch.setattr(scheduling, "LOOK_SECONDS", 0.01)
    failed: list[str] = []

    def once(name: str, work):
        async def fails_first(*arguments, **options):
            if name not in failed:
                failed.append(name)
                raise DatabaseUnavailable
            return await work(*arguments, **options)

        return fails_first

    monkeypatch.setattr(scheduling, "follow_rules", once("rules", scheduling.follow_rules))
    monkeypatch.setattr(team.database, "list_guilds", once("servers", team.database.list_guilds))
    monkeypatch.setattr(team.database.queue, "release_all", once("claims", team.database.queue.release_all))
    await running(team, alone=True)
    scheduler = scheduler_of(team)
    await scheduler.follow_zones()
    assert sorted(failed) == ["claims", "rules", "servers"]
