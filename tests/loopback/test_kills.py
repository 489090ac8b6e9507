"""A process that is killed while it posts, two hundred times: every post is there, and there once."""

import asyncio
import random
import secrets
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
import pytest_asyncio

from bot.app import utc_now
from bot.settings import Settings
from planning.scheduling.runs import Outcome
from planning.scheduling.schedules import Schedule
from storage.database import SqlDatabase
from tests.loopback import payloads
from tests.loopback.channels import Trouble
from tests.loopback.posting import (
    GUILD,
    begin,
    ended,
    fill_roster,
    keep,
    next_reference,
    schedule_at,
    settings_for,
)
from tests.loopback.server import Loopback

KILLS = 100
"""For each kind of Discord."""
A_ROUND = 2
"""Schedules that fall due before each kill."""
MOST_LEFT = 6
"""So many posts may a killed process leave to the next one that will be killed."""
PHASES = ("claimed", "about to be sent", "sent", "remembered")
SOON = 0.03
"""Seconds in which a post is remembered once Discord has answered, mostly."""
FEWEST = 10
"""So many posts at least are caught in each phase."""
MOMENTS = ("some time", "some time", "lost", "received", "stored", "answered")


@pytest_asyncio.fixture
async def database(sqlite_url: str) -> AsyncIterator[SqlDatabase]:
    opened = SqlDatabase(sqlite_url)
    await fill_roster(opened)
    yield opened
    await opened.close()


async def phase_of(database: SqlDatabase, discord: Loopback, schedule: Schedule) -> str:
    """How far a post had come."""
    async with database.reading(GUILD) as store:
        now = await store.schedules.get(schedule.id)
        runs = await store.schedules.list_runs(schedule.id, limit=2)
    assert now is not None
    if runs:
        return "remembered"
    if now.attempt is None:
        return "claimed" if now.claim else "waiting"
    return "sent" if next_reference(schedule) in discord.channels.references() else "about to be sent"


def lie_in_wait(discord: Loopback, moment: str, kill: Callable[[], None], chance: random.Random) -> None:
    """Have the process killed at this moment of one of its posts."""
    loop, nth = asyncio.get_running_loop(), count(1)
    chosen = chance.randint(1, A_ROUND)
    stage = "received" if moment == "lost" else moment

    def witness(reached: str) -> None:
        if reached != stage or next(nth) != chosen:
            return
        if moment == "lost":
            discord.channels.fail("send", Trouble())
        if moment == "answered":
            loop.call_later(chance.uniform(0, SOON), kill)
        else:
            kill()

    discord.channels.witness = witness


@dataclass
class Rounds:
    """Processes that post one after another. A round's work takes about so many seconds (`span`) from its start."""

    discord: Loopback
    settings: Settings
    chance: random.Random
    span: float = 0.2

    async def killed(self) -> bool:
        """Let a process post, and kill it; False where it was done before."""
        loop, before = asyncio.get_running_loop(), len(self.discord.identities)
        process = begin(self.settings, alone=True)
        moment = self.chance.choice(MOMENTS)
        lie_in_wait(self.discord, moment, process.kill, self.chance)
        await self.discord.until(lambda: len(self.discord.identities) > before)
        if moment == "some time":
            loop.call_later(self.chance.uniform(0, self.span), process.kill)
        [code] = await ended([process])
        self.discord.channels.witness = lambda _stage: None
        assert code in {0, -signal.SIGKILL}
        return code != 0

    async def finished(self) -> None:
        """Let a process do all that is left."""
        before = len(self.discord.identities)
        process = begin(self.settings, alone=True)
        await self.discord.until(lambda: len(self.discord.identities) > before)
        began = time.perf_counter()
        assert await ended([process]) == [0]
        self.span = time.perf_counter() - began


@pytest.mark.parametrize("window", [timedelta(minutes=5), timedelta(0)], ids=["nonces known", "nonces forgotten"])
async def test_what_is_killed_at_any_moment_posts_once(
    database: SqlDatabase, sqlite_url: str, discord: Loopback, window: timedelta
) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - pytest shows it where the test failed
    discord.channels.nonce_window = window
    rounds = Rounds(discord, settings_for(discord, sqlite_url), random.Random(seed))  # noqa: S311 - no secret
    schedules: list[Schedule] = []
    unfinished: list[Schedule] = []
    phases: Counter[str] = Counter()
    kills = 0
    while kills < KILLS:
        due = utc_now() - timedelta(minutes=len(schedules) % 4)
        new = await keep(database, *(schedule_at(due, f"{len(schedules)} {n}") for n in range(A_ROUND)))
        schedules += new
        if not await rounds.killed():
            unfinished = []
            continue
        kills += 1
        reached = [(schedule, await phase_of(database, discord, schedule)) for schedule in (*unfinished, *new)]
        phases.update(phase for _, phase in reached)
        unfinished = [schedule for schedule, phase in reached if phase != "remembered"]
        if len(unfinished) > MOST_LEFT:
            await rounds.finished()
            unfinished = []
    await rounds.finished()

    posted = Counter(discord.channels.references())
    expected = [next_reference(schedule) for schedule in schedules]
    assert {reference: posted[reference] for reference in expected if posted[reference] != 1} == {}
    assert len(posted) == len(expected)
    there = {message["id"] for message in discord.channels.kept[payloads.CHANNEL]}
    assert await remembered(database, schedules) == there
    # Else it would have shown nothing.
    assert all(phases[phase] >= FEWEST for phase in PHASES), phases


async def remembered(database: SqlDatabase, schedules: Iterable[Schedule]) -> set[str]:
    """The ids of the messages by which the runs of these schedules ended, one of each."""
    async with database.reading(GUILD) as store:
        runs = [await store.schedules.list_runs(schedule.id, limit=2) for schedule in schedules]
    assert all([run.outcome for run in ended_runs] == [Outcome.POSTED] for ended_runs in runs)
    return {str(run.message_id) for [run] in runs}
