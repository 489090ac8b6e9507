"""Schedules that are due, and a bot that posts them: in this process, or in one that can be killed.

A killable process is forked from one that has imported everything, so that hundreds of them can live and die in a test.
"""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from typing import Any
from zoneinfo import ZoneInfo

from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.app import App, build, utc_now
from bot.publishing import DiscordPublisher
from bot.runtime import beside, logged_in
from bot.scheduling import LEASE, Scheduler, build_scheduler
from bot.settings import Settings
from cogs.kit.language import Languages
from cogs.shortlist.asking import MICRO
from planning.cadence.days import Daily, Days, Once
from planning.cadence.rules import Cadence
from planning.caller import COMMAND_LINE, Caller
from planning.scheduling.due import planned
from planning.scheduling.runs import reference_of
from planning.scheduling.schedules import Run, Schedule, ShortlistTask
from planning.services.imports import run_import
from planning.shortlists import ShortlistQuery
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase
from tests.encoders import Given
from tests.loopback import payloads
from tests.loopback.server import Loopback

ROSTER = b"""handle,platform,followers,niches,likes,comments,posts,price
leaf,instagram,1500,vegan,190,9,20,40 EUR
moss,instagram,3000,vegan,240,12,20,100 EUR
fern,instagram,3200,vegan,220,12,20,110 EUR
"""
GUILD = int(payloads.GUILD)
PATIENCE = 300.0
"""Seconds after which a wait for processes fails, rather than hangs."""
LOOK_SECONDS = 0.05
"""How often a process looks for what is due."""
PLANNER = Caller(GUILD, COMMAND_LINE, planner=True)

# So that a process that is forked from one that has imported this has the texts.
Languages.load()

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.loopback.posting"])


async def fill_roster(database: SqlDatabase, guild_id: int = GUILD) -> None:
    """Accounts to make a shortlist of."""
    caller = replace(PLANNER, guild_id=guild_id)
    await run_import(database, CsvFiles(), caller, filename="roster.csv", content=ROSTER, platform=None, now=utc_now())


def schedule_at(due: datetime, name: str, *, days: Days | None = None, **chosen: Any) -> Schedule:
    """A schedule that is due at this time, once unless `days` says otherwise."""
    due = due.astimezone(UTC).replace(second=0, microsecond=0)
    draft = Schedule(
        name,
        ShortlistTask(ShortlistQuery("vegan"), MICRO),
        Cadence(days or Once(due.date()), due.time()),
        **{
            "zone": "UTC",
            "channel_id": int(payloads.CHANNEL),
            "created_by": int(payloads.PERSON),
            "created_at": due - timedelta(days=2),
            **chosen,
        },
    )
    return planned(draft, ZoneInfo("UTC"), due - timedelta(seconds=1))


def daily_at(due: datetime, name: str, **chosen: Any) -> Schedule:
    """A schedule that is due every day, the first time then."""
    return schedule_at(due, name, days=Daily(), **chosen)


async def keep(database: SqlDatabase, *schedules: Schedule, guild_id: int = GUILD) -> list[Schedule]:
    """Put them into the database; they have their ids then."""
    async with database.writing(guild_id) as store:
        return [replace(one, id=await store.schedules.create(one)) for one in schedules]


def next_reference(schedule: Schedule, guild_id: int = GUILD) -> str:
    """Under which the next post of a schedule is known."""
    assert schedule.next_at is not None
    return reference_of(guild_id, schedule.id, Run(schedule.next_at))


def settings_for(discord: Loopback, database_url: str) -> Settings:
    """Of a bot that meets the loopback Discord."""
    addresses = {"discord_api_url": discord.api_url, "discord_gateway_url": discord.gateway_url}
    return Settings.model_validate({"discord_token": discord.token, "database_url": database_url, **addresses})


@asynccontextmanager
async def connected(settings: Settings, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[App]:
    """The whole bot, connected to the gateway; nothing is posted unless its scheduler is asked to look."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    app = build(settings, clock=clock, encoder=Given(None))
    # So long it waits for one more server: here they all come at once.
    app.bot._connection.guild_ready_timeout = 0.02
    app.bot.sync_at_login = False
    try:
        async with logged_in(settings, app), beside(app.bot.connect(), "gateway"):
            await app.bot.wait_until_ready()
            yield app
    finally:
        await app.close()
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


async def post_all(scheduler: Scheduler) -> None:
    """Work until nothing is due any more."""
    while await scheduler.look():
        await scheduler.finish()


def begin(settings: Settings, *, alone: bool, lease: timedelta = LEASE) -> BaseProcess:
    """A process that posts until nothing is left to be done, and ends.

    `alone` says that it takes up at once what an earlier one left, `lease` for how long it claims.
    """
    process = _processes.Process(target=_run, args=(settings.model_dump(), alone, lease), daemon=True)
    process.start()
    return process


async def ended(processes: Sequence[BaseProcess]) -> list[int | None]:
    """Wait for their ends; how each ended. Raises TimeoutError where that takes far longer than it may."""
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(_end_of(process) for process in processes))
    return [process.exitcode for process in processes]


async def _end_of(process: BaseProcess) -> None:
    loop, gone = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, gone.set)
    try:
        await gone.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()


def _run(values: dict[str, Any], alone: bool, lease: timedelta) -> None:
    asyncio.run(_post(Settings.model_validate(values), alone=alone, lease=lease))


async def _post(settings: Settings, *, alone: bool, lease: timedelta) -> None:
    async with connected(settings) as app:
        bot, database = app.bot, app.database
        meanings, publisher = bot.services.meanings, DiscordPublisher(bot)
        scheduler = build_scheduler(database, database.queue, meanings, publisher, utc_now, bot.is_ready, lease=lease)
        async with beside(scheduler.keep_posting(alone=alone), "posting"):
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                if await database.queue.earliest() is None:
                    break
        await scheduler.finish()
