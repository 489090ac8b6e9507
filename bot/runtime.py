"""Runs the bot as a process: connects, waits for a signal or a failure, finishes what is being worked on, closes."""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import discord
import structlog
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot import USUAL_COLLECTIONS
from bot.alone import alone
from bot.app import App, build
from bot.measuring import measure_loop
from bot.refitting import keep_fitted
from bot.refusals import Refused, explained
from bot.scheduling import DELIVERY
from bot.settings import Settings

REACH_SECONDS = 10.0
"""How long the gateway may take to accept a connection at the start."""

FINISH_SECONDS = 2.5
"""How long running commands may take to finish once the process is to end."""

CLOSE_SECONDS = 1.0
"""How long Discord may take to say goodbye."""

LAST_SECONDS = 4.5
"""When the process ends by force: whoever stops it is promised five seconds."""

WORK = (
    *(DELIVERY, "CommandTree-invoker"),
    *("discord-ui-view-dispatch", "discord-ui-modal-dispatch", "discord-ui-dynamic-item"),
)
"""How the tasks are named in which scheduled posts, and by discord.py commands, buttons and forms, are worked on."""

_log = structlog.stdlib.get_logger("microscout.runtime")


def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises `bot.refusals.Refused` where Discord won't have it or another process serves the same SQLite file,
    `planning.errors.DatabaseUnavailable`.
    """
    with alone(settings.database_url), asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(_serve(settings))


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set, in place of what they do otherwise."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        # Windows has no such handlers; there Ctrl+C cancels the main task, which closes everything as well.
        with suppress(NotImplementedError):
            loop.add_signal_handler(signum, stop.set)
    return stop


@asynccontextmanager
async def logged_in(settings: Settings, app: App) -> AsyncIterator[None]:
    """Log in to Discord's REST, which installs the commands, and syncs them where they changed. Raises `Refused`."""
    if settings.discord_token is None:
        raise Refused("DISCORD_TOKEN is not set, so there is no Discord to log in to")
    Route.BASE = settings.discord_api_url
    DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.discord_gateway_url)
    with explained(settings):
        await app.bot.login(settings.discord_token.get_secret_value())
        yield


async def _serve(settings: Settings) -> None:
    stop = stop_on_signals()
    app = build(settings)
    try:
        async with monitored(settings, app):
            await _until(stop, _connect(settings, app))
            _log.info("stopping")
            await _finish_work()
    finally:
        await _close(app)
    _log.info("stopped")


async def _connect(settings: Settings, app: App) -> None:
    await app.start_database()
    async with logged_in(settings, app):
        await _reach_gateway(app.bot)
        app.studio.warm_up()
        freeze_what_stays()
        fitting = keep_fitted(app.database, app.bot.services.clock)
        only_one = app.database.dialect == "sqlite"
        posting = app.scheduler.keep_posting(alone=only_one)
        importing = app.importer.keep_importing(alone=only_one)
        async with (
            beside(fitting, "microscout-refitting"),
            beside(app.encoder.load(), "microscout-encoder"),
            beside(posting, "microscout-scheduling"),
            beside(importing, "microscout-importing"),
        ):
            await app.bot.connect()


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, object], name: str) -> AsyncIterator[None]:
    """Work that goes on beside the block, and ends with it."""
    task = asyncio.create_task(work, name=name)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def monitored(settings: Settings, app: App) -> AsyncIterator[None]:
    """Serve the app's metrics, where it has any, for as long as the block runs. Raises `Refused` as `serving`."""
    if app.metrics is None or settings.metrics_port is None:
        yield
        return
    # Here, as a bot without metrics needs no web server.
    from bot.monitoring import serving

    served = serving(app.metrics, app.bot, app.database, host=settings.metrics_host, port=settings.metrics_port)
    async with served, beside(measure_loop(app.metrics), "microscout-loop-lag"):
        yield


def freeze_what_stays() -> None:
    """Tell the garbage collector that what is alive now stays: modules, commands, texts.

    A full collection walked through all of it again and again, and held the event loop for up to 95 ms. From here on it
    comes as often as usual; during the start it was put off (`bot/__init__.py`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*USUAL_COLLECTIONS)


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Work until told to stop. A cancelled connection takes no new commands while its socket stays open."""
    working = asyncio.create_task(work, name="microscout-connection")
    stopping = asyncio.create_task(stop.wait(), name="microscout-stop")
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        _end_by_force_later()
    stopping.cancel()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _reach_gateway(bot: discord.Client) -> None:
    """Open a connection and close it: discord.py itself would try for ever, and say so in tracebacks only."""
    url = str(DiscordWebSocket.DEFAULT_GATEWAY)
    socket = await asyncio.wait_for(bot.http.ws_connect(url), timeout=REACH_SECONDS)
    await socket.close()


async def _finish_work() -> None:
    running = {task for task in asyncio.all_tasks() if task.get_name().startswith(WORK)}
    if not running:
        return
    _log.info("finishing what is being worked on", tasks=len(running))
    _, unfinished = await asyncio.wait(running, timeout=FINISH_SECONDS)
    for task in unfinished:
        _log.warning("cancelled while working", task=task.get_name())
        task.cancel()


async def _close(app: App) -> None:
    try:
        await asyncio.wait_for(app.close(), timeout=CLOSE_SECONDS)
    except TimeoutError:
        _log.warning("Discord or the database did not close in time")


def _end_by_force_later() -> None:
    # Parsing and SQL run in threads, which can't be cancelled and which Python waits for at its end.
    timer = threading.Timer(LAST_SECONDS, _end_by_force)
    timer.daemon = True
    timer.start()


def _end_by_force() -> None:
    _log.error("work in a thread did not end in time: the process ends without it, and its transaction is rolled back")
    os._exit(1)


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The uvloop event loop where it is installed (not on Windows); None is asyncio's own."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
