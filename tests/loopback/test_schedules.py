"""Scheduled posts of `python -m bot run` as a process: made when due, late or not at all, once through any end."""

import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import utc_now
from planning.scheduling.runs import Outcome
from planning.scheduling.schedules import Schedule, Status
from storage.database import SqlDatabase
from tests import reading
from tests.loopback import payloads
from tests.loopback.channels import PRIVATE, Trouble
from tests.loopback.posting import GUILD, fill_roster, keep, next_reference, schedule_at
from tests.loopback.process import BotProcess, environment, started
from tests.loopback.server import Loopback


@pytest_asyncio.fixture
async def file(sqlite_url: str) -> Path:
    """A database in which the server has accounts."""
    database = SqlDatabase(sqlite_url)
    await fill_roster(database)
    await database.close()
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def env(discord: Loopback, file: Path) -> dict[str, str]:
    return environment(discord, file)


async def due(file: Path, **ago: float) -> Schedule:
    """A schedule that was due this long ago."""
    database = SqlDatabase(f"sqlite:///{file}")
    [schedule] = await keep(database, schedule_at(utc_now() - timedelta(**ago), f"due {ago}"))
    await database.close()
    return schedule


async def outcome(file: Path, schedule: Schedule) -> Outcome | None:
    """How its run ended, None where it has not."""
    database = SqlDatabase(f"sqlite:///{file}")
    async with database.reading(GUILD) as store:
        runs = await store.schedules.list_runs(schedule.id, limit=2)
    await database.close()
    assert len(runs) < 2
    return runs[0].outcome if runs else None


async def test_what_is_due_is_posted_late_or_missed(
    discord: Loopback, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    prompt, late, missed = await due(file, minutes=0), await due(file, hours=2), await due(file, hours=13)
    channel, told = discord.channels.kept[payloads.CHANNEL], discord.channels.kept[PRIVATE]
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.until(lambda: len(channel) == 2 and told)
        await bot.wrote("outcome=told")
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    posts = dict(zip(discord.channels.references(), map(reading.texts, channel), strict=True))
    assert posts.keys() == {next_reference(prompt), next_reference(late)}
    assert "`@leaf`" in posts[next_reference(prompt)]
    assert "Late" not in posts[next_reference(prompt)]
    assert "Late: it was due" in posts[next_reference(late)]
    [message] = told
    assert "was missed" in reading.texts(message)
    assert await outcome(file, missed) is Outcome.MISSED
    assert all(reference in ended.err for reference in posts)


async def test_an_error_and_a_limit_are_waited_for(
    discord: Loopback, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    schedule = await due(file, minutes=1)
    for trouble in (Trouble(500, taken=True), Trouble(429, retry_after=0.1)):
        discord.channels.fail("send", trouble)
    async with started("run", folder=tmp_path, env=env) as bot:
        await bot.wrote("outcome=posted")
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert discord.channels.references() == [next_reference(schedule)]


async def test_what_discord_refuses_stops_the_schedule_and_is_told(
    discord: Loopback, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    schedule = await due(file, minutes=1)
    discord.channels.fail("send", Trouble(403, 50013))
    async with started("run", folder=tmp_path, env=env) as bot:
        await bot.wrote("outcome=told")
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert await outcome(file, schedule) is Outcome.HALTED
    [message] = discord.channels.kept[PRIVATE]
    assert "Check the channel's settings" in reading.texts(message)
    database = SqlDatabase(f"sqlite:///{file}")
    async with database.reading(GUILD) as store:
        kept = await store.schedules.get(schedule.id)
    await database.close()
    assert kept is not None
    assert kept.status is Status.HALTED


async def test_a_signal_while_a_post_is_sent_lets_it_be_remembered(
    discord: Loopback, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    schedule = await due(file, minutes=1)
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        discord.gate.clear()
        await discord.until(discord.channels.references)
        bot.send(signal.SIGTERM)
        await bot.wrote("finishing what is being worked on")
        discord.gate.set()
        ended = await bot.ended(within=5)

    assert ended.code == 0, ended.err
    assert "cancelled while working" not in ended.err
    assert await outcome(file, schedule) is Outcome.POSTED
    assert discord.channels.references() == [next_reference(schedule)]


async def test_a_signal_while_discord_never_answers_leaves_the_post_to_the_next_start(
    discord: Loopback, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    schedule = await due(file, minutes=1)
    discord.channels.nonce_window = timedelta(0)
    discord.channels.fail("send", Trouble(silent=True, taken=True))
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.until(discord.channels.references)
        ended = await bot.stop()
    assert ended.code == 0, ended.err
    assert await outcome(file, schedule) is None

    async with started("run", folder=tmp_path, env=env) as bot:
        await bot.wrote("outcome=found")
        await bot.stop()
    assert await outcome(file, schedule) is Outcome.POSTED
    assert discord.channels.references() == [next_reference(schedule)]


def killing(discord: Loopback, moment: str, bot: BotProcess) -> Callable[[str], None]:
    """Kills the process at this moment of its first message."""

    def witness(stage: str) -> None:
        if moment == "lost" and stage == "received":
            discord.channels.fail("send", Trouble())
        if stage == ("received" if moment == "lost" else moment):
            bot.send(signal.SIGKILL)
            discord.channels.witness = lambda _stage: None

    return witness


async def test_a_process_that_is_killed_five_times_has_posted_everything_once(
    discord: Loopback, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    discord.channels.nonce_window = timedelta(0)
    schedules: list[Schedule] = []
    for moment in ("ready", "received", "lost", "stored", "answered"):
        schedules.append(await due(file, minutes=len(schedules)))
        async with started("run", folder=tmp_path, env=env) as bot:
            if moment == "ready":
                await bot.wrote("ready")
                bot.send(signal.SIGKILL)
            else:
                discord.channels.witness = killing(discord, moment, bot)
            ended = await bot.ended(within=20)
        assert ended.code == -signal.SIGKILL
    left = [schedule for schedule in schedules if await outcome(file, schedule) is None]
    assert left
    async with started("run", folder=tmp_path, env=env) as bot:
        for schedule in left:
            await bot.wrote(f"reference={next_reference(schedule)} schedule_id={schedule.id}")
        await bot.stop()

    assert Counter(discord.channels.references()) == Counter(map(next_reference, schedules))
    assert [await outcome(file, schedule) for schedule in schedules] == [Outcome.POSTED] * len(schedules)
