"""Several processes on one PostgreSQL: what is due is posted once, and what one that died was at is taken over."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import count

import pytest_asyncio

from bot.app import utc_now
from planning.scheduling.schedules import Schedule
from storage.database import SqlDatabase
from tests.loopback import payloads
from tests.loopback.posting import begin, ended, fill_roster, keep, next_reference, schedule_at, settings_for
from tests.loopback.server import Loopback

SERVERS = 100
EACH = 10
SHORT = timedelta(seconds=2)
"""For a claim of the process that is killed."""


@pytest_asyncio.fixture
async def database(postgresql_url: str, discord: Loopback) -> AsyncIterator[SqlDatabase]:
    opened = SqlDatabase(postgresql_url)
    discord.servers = [payloads.server(number) for number in range(SERVERS)]
    for server in discord.servers:
        await fill_roster(opened, int(server["id"]))
    yield opened
    await opened.close()


async def make_due(database: SqlDatabase, discord: Loopback, each: int) -> dict[str, list[Schedule]]:
    """Schedules that are due in every server, by the server's id."""
    due = utc_now() - timedelta(minutes=1)
    made: dict[str, list[Schedule]] = {}
    for server in discord.servers:
        channel_id = int(server["channels"][0]["id"])
        wanted = (schedule_at(due, f"number {n}", channel_id=channel_id) for n in range(each))
        made[server["id"]] = await keep(database, *wanted, guild_id=int(server["id"]))
    return made


def check_once(discord: Loopback, made: dict[str, list[Schedule]]) -> None:
    """Every one is in its server's channel, once, and nothing else is."""
    for server in discord.servers:
        posted = Counter(discord.channels.references(server["channels"][0]["id"]))
        expected = Counter(next_reference(one, int(server["id"])) for one in made[server["id"]])
        assert posted == expected


async def test_a_thousand_schedules_are_posted_once_by_three_processes(
    database: SqlDatabase, postgresql_url: str, discord: Loopback
) -> None:
    discord.channels.nonce_window = timedelta(0)
    made = await make_due(database, discord, EACH)
    settings = settings_for(discord, postgresql_url)
    assert await ended([begin(settings, alone=False) for _ in range(3)]) == [0, 0, 0]
    check_once(discord, made)
    assert sum(len(schedules) for schedules in made.values()) == SERVERS * EACH
    assert len(discord.identities) == 3
    # Nobody was at what another was at: each was sent by one request.
    sent = [request for request in discord.requests if request.method == "POST"]
    assert len(sent) == SERVERS * EACH


async def held(database: SqlDatabase, made: dict[str, list[Schedule]]) -> dict[str, datetime]:
    """The references of what is claimed, and when each claim ends."""
    found: dict[str, datetime] = {}
    for guild in made:
        async with database.reading(int(guild)) as store:
            for schedule in await store.schedules.list_all():
                if schedule.claim is not None and schedule.wake_at is not None:
                    found[next_reference(schedule, int(guild))] = schedule.wake_at
    return found


async def test_what_a_killed_process_was_at_is_taken_over_when_its_claim_ends(
    database: SqlDatabase, postgresql_url: str, discord: Loopback
) -> None:
    made = await make_due(database, discord, 1)
    settings = settings_for(discord, postgresql_url)
    process, sends = begin(settings, alone=False, lease=SHORT), count(1)

    def witness(stage: str) -> None:
        if stage == "received" and next(sends) == 10:
            process.kill()

    discord.channels.witness = witness
    assert await ended([process]) == [-9]
    channels = [server["channels"][0]["id"] for server in discord.servers]
    before = {mark for channel in channels for mark in discord.channels.references(channel)}
    claimed = await held(database, made)
    # Of the sixteen that it claims at a time.
    assert len(claimed.keys() - before) >= 5
    assert claimed.keys() & before

    assert await ended([begin(settings, alone=False) for _ in range(2)]) == [0, 0]
    check_once(discord, made)
    for channel in channels:
        for message, mark in zip(discord.channels.kept[channel], discord.channels.references(channel), strict=True):
            if mark in claimed and mark not in before:
                assert datetime.fromisoformat(message["timestamp"]) >= claimed[mark]
