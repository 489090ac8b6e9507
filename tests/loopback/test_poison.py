"""A schedule that always fails, one that can't even be read, and a database that goes: no other post is lost for it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import update

from bot import scheduling
from planning.errors import DatabaseUnavailable
from planning.scheduling.runs import FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS, Outcome
from planning.scheduling.schedules import Schedule, Status
from planning.services import deliveries
from storage.database import SqlDatabase
from storage.schedule_queue import SqlScheduleQueue
from storage.schedule_tables import schedule as schedule_table
from tests import reading
from tests.journeys.conftest import START
from tests.loopback.clocked import Posting
from tests.loopback.posting import daily_at, keep

POISON = "nightshade"


class Poisoned(Exception):
    """Its build failed."""


@pytest.fixture
def poisonous(monkeypatch: pytest.MonkeyPatch) -> None:
    """The content of the schedule of that name can't be made."""
    make = deliveries.make_content

    async def make_content(
        database: Any, meanings: Any, guild_id: int, schedule: Schedule, *rest: Any, now: Any
    ) -> Any:
        if schedule.name == POISON:
            raise Poisoned
        return await make(database, meanings, guild_id, schedule, *rest, now=now)

    monkeypatch.setattr(deliveries, "make_content", make_content)


async def said(posting: Posting, subcommand: str, **options: str) -> str:
    """What `/schedule …` answers."""
    values = [{"name": name, "type": 3, "value": value} for name, value in options.items()]
    token = await posting.discord.command("schedule", {"name": subcommand, "type": 1, "options": values})
    request = await posting.discord.answer_to(token)
    return reading.texts(request.body.get("data") or request.body)


@pytest.mark.usefixtures("poisonous")
async def test_a_schedule_that_always_fails_is_backed_off_then_given_up_and_harms_no_other(posting: Posting) -> None:
    others = await keep(posting.app.database, *(daily_at(START, f"other {n}") for n in range(3)))
    good, [posting.schedule] = posting.schedule, await keep(posting.app.database, daily_at(START, POISON))
    waits: list[timedelta] = []
    while (now := await posting.now()).status is Status.ACTIVE:
        assert len(waits) <= MOST_ATTEMPTS
        await posting.work()
        assert len(posting.posts) == len(others) + 1
        now = await posting.now()
        if now.status is Status.ACTIVE:
            assert now.wake_at is not None
            waits.append(now.wake_at - posting.clock())
            posting.clock.now = now.wake_at

    assert now.status is Status.DEAD
    assert len(waits) == MOST_ATTEMPTS - 1
    spread = [wait / min(FIRST_WAIT * 2**n, LONGEST_WAIT) for n, wait in enumerate(waits)]
    assert all(0.5 <= share <= 1.5 for share in spread)
    assert len(set(spread)) > 3
    assert waits[-1] > 10 * waits[0]
    assert await posting.outcomes() == [Outcome.FAILED]

    [told] = posting.told
    assert "failed again and again" in told
    assert Poisoned.__name__ in told
    assert "given up" in await said(posting, "list")
    shown = await said(posting, "show", name=POISON)
    assert "given up" in shown
    assert Poisoned.__name__ in shown
    assert "given up" not in await said(posting, "show", name=good.name)

    posting.clock.now = START + timedelta(days=1)
    await posting.persist()
    assert len(posting.posts) == 2 * (len(others) + 1)
    assert "Late" not in posting.last_post
    assert len(posting.told) == 1


async def test_a_schedule_that_cannot_be_read_harms_no_other(posting: Posting) -> None:
    await keep(posting.app.database, *(daily_at(START, f"other {n}") for n in range(3)))
    async with posting.app.database._engines.write.begin() as connection:
        unreadable = update(schedule_table).where(schedule_table.c.id == posting.schedule.id).values(task="{}")
        await connection.execute(unreadable)
    await posting.app.scheduler.take_up()
    await posting.app.scheduler.follow_zones()
    await posting.work()
    assert len(posting.posts) == 3
    posting.clock.advance(days=1)
    await posting.work()
    assert len(posting.posts) == 6


@pytest.mark.parametrize("error", [DatabaseUnavailable, Poisoned])
@pytest.mark.parametrize("call", ["earliest", "claim"])
async def test_looking_that_fails_is_tried_again(
    posting: Posting, monkeypatch: pytest.MonkeyPatch, error: type[Exception], call: str
) -> None:
    real, calls = getattr(SqlScheduleQueue, call), count(1)

    async def failing(*given: Any, **named: Any) -> Any:
        if next(calls) < 3:
            raise error
        return await real(*given, **named)

    monkeypatch.setattr(SqlScheduleQueue, call, failing)
    monkeypatch.setattr(scheduling, "LOOK_SECONDS", 0.01)
    posting_on = asyncio.create_task(posting.app.scheduler.keep_posting(alone=True))
    await posting.discord.until(lambda: posting.posts)
    posting_on.cancel()
    await asyncio.gather(posting_on, return_exceptions=True)
    await posting.app.scheduler.finish()
    assert len(posting.posts) == 1


@pytest.mark.parametrize("moment", ["before", "instead of the commit", "after the commit"])
@pytest.mark.parametrize("way", ["reading", "writing"])
async def test_a_database_that_goes_at_any_step_loses_and_doubles_nothing(
    posting: Posting, monkeypatch: pytest.MonkeyPatch, moment: str, way: str
) -> None:
    posting.discord.channels.nonce_window = timedelta(0)
    real = getattr(SqlDatabase, way)
    calls, nth = count(1), 0

    @asynccontextmanager
    async def failing(database: SqlDatabase, guild_id: int) -> AsyncGenerator[Any]:
        goes = next(calls) == nth
        if goes and moment == "before":
            raise DatabaseUnavailable
        async with real(database, guild_id) as store:
            yield store
            if goes and moment == "instead of the commit":
                raise DatabaseUnavailable
        if goes:
            raise DatabaseUnavailable

    monkeypatch.setattr(SqlDatabase, way, failing)
    day, reached = 0, True
    while reached:
        posting.clock.now = START + timedelta(days=day)
        calls, nth = count(1), day + 1
        await posting.persist()
        day += 1
        assert len(posting.posts) == day
        reached = next(calls) > nth
    assert day > 2
    assert await posting.outcomes() == [Outcome.POSTED] * day
