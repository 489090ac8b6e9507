"""The demo: the real bot on a database of its own, in a simulated Discord that one uses in the browser."""

import asyncio
import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import discord
from sqlalchemy.engine import make_url

from bot.alone import alone
from bot.app import App, build, utc_now
from bot.import_report import as_lines
from bot.refitting import refit_all
from bot.refusals import Refused
from bot.runtime import beside, freeze_what_stays, monitored, stop_on_signals
from bot.sample_history import add_history
from bot.settings import Settings
from bot.simulator import PageError, Server, World, simulate
from bot.sync import sync_commands
from cogs.kit.language import ENGLISH
from planning.caller import COMMAND_LINE, Caller
from planning.errors import UnreadableFile
from planning.platform import Platform
from planning.reasons import Reason
from planning.services.imports import ImportReport, run_import
from sheets.files import SpreadsheetFiles

SAMPLE = "sample_roster.csv"
HOME_SHARE = 200
"""So many of the sample's first rows go to the first server, the others to the second: neither sees the other's."""

TRY = "Type /tier, /shortlist or /help in the page. Ctrl+C ends it."


@dataclass(frozen=True, slots=True)
class Roster:
    """A table for one server: its file's name and bytes."""

    filename: str
    content: bytes


async def run_demo(
    settings: Settings,
    *,
    port: int,
    server: int,
    reset: bool,
    language: str = "en-US",
    say: Callable[[str], None] = print,
) -> None:
    """Serve the demo's page until SIGTERM, SIGINT or its End button.

    `port` 0 takes a free one, `server` is 1 or 2, `language` one of Discord's (`nl`, `en-US`, ...) for everyone in
    it. Needs asyncio's own event loop. Raises `Refused` where it can't begin, `planning.errors.DatabaseUnavailable`.
    """
    locale = _locale(language)
    stop = stop_on_signals()
    own = settings.model_copy(update={"database_url": settings.demo_database_url, "dev_guild_id": None})
    with alone(own.database_url):
        if reset:
            _reset(own.database_url)
        app = build(own)
        app.bot.sync_at_login = False
        try:
            async with monitored(own, app):
                await app.start_database()
                await _open(app, settings, port=port, server=server, locale=locale, stop=stop, say=say)
        finally:
            await app.close()


async def _open(
    app: App,
    settings: Settings,
    *,
    port: int,
    server: int,
    locale: str,
    stop: asyncio.Event,
    say: Callable[[str], None],
) -> None:
    async with simulate(app.bot, clock=utc_now) as world:
        # A new simulated Discord knows no command, whatever the database says of the last one.
        await sync_commands(app.bot, app.database, force=True)
        shown = world.servers[server - 1]
        await _fill(app, world, shown, settings, say)
        await refit_all(app.database, utc_now)
        app.studio.warm_up()
        for other in world.servers:
            world.languages |= dict.fromkeys((other.planner.id, other.member.id), locale)
        freeze_what_stays()
        posting = app.scheduler.keep_posting(alone=True)
        importing = app.importer.keep_importing(alone=True)
        async with (
            beside(app.encoder.load(), "microscout-encoder"),
            beside(posting, "microscout-scheduling"),
            beside(importing, "microscout-importing"),
        ):
            await _serve(world, shown, port=port, locale=locale, stop=stop, say=say)


async def _serve(
    world: World, shown: Server, *, port: int, locale: str, stop: asyncio.Event, say: Callable[[str], None]
) -> None:
    try:
        async with world.page(shown, port=port, language=locale) as page:
            say(f"{shown.name}, as {shown.planner.name} (planner) or {shown.member.name} (member): {page.url}")
            say(TRY)
            waits = [asyncio.ensure_future(wait) for wait in (stop.wait(), page.wait_closed())]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()
    except PageError as error:
        raise Refused(f"the demo's page can't open ({error}): try another --port, or 0 for a free one") from error


async def _fill(app: App, world: World, shown: Server, settings: Settings, say: Callable[[str], None]) -> None:
    """Give each server without a roster one: its part of the sample, or in the server shown the person's own file."""
    for server, sample in zip(world.servers, sample_rosters(), strict=True):
        given = settings.demo_roster if server is shown else None
        async with app.database.reading(server.id) as store:
            known = await store.accounts.count()
        if known:
            if given:
                say(f"{server.name} has {known} accounts already, so {given} was left alone: --reset begins afresh")
            continue
        roster = _read(given) if given else sample
        report = await _load(app, server, roster, settings.demo_platform if given else None)
        if given is None:
            await add_history(app.database, server.id, now=utc_now())
        else:
            say("\n".join([f"{given}:", *as_lines(app.bot.services.languages.get(ENGLISH), report)]))
            if any(found.reason is Reason.PLATFORM_MISSING for found in report.problems):
                say("the file names no platform: set DEMO_PLATFORM, to instagram for one, and run again with --reset")


async def _load(app: App, server: Server, roster: Roster, platform: Platform | None) -> ImportReport:
    caller = Caller(server.id, COMMAND_LINE, planner=True)
    try:
        return await run_import(
            app.database,
            SpreadsheetFiles(),
            caller,
            filename=roster.filename,
            content=roster.content,
            platform=platform,
            now=utc_now(),
        )
    except UnreadableFile as error:
        raise Refused(f"DEMO_ROSTER {roster.filename} can't be read as a table of influencers ({error})") from error


def sample_rosters() -> tuple[Roster, Roster]:
    """The sample in two parts, one for each server."""
    text = (files("bot") / SAMPLE).read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    return _table(header, rows[:HOME_SHARE]), _table(header, rows[HOME_SHARE:])


def _table(header: list[str], rows: list[list[str]]) -> Roster:
    written = io.StringIO()
    csv.writer(written).writerows([header, *rows])
    return Roster(SAMPLE, written.getvalue().encode())


def _read(path: Path) -> Roster:
    try:
        return Roster(path.name, path.read_bytes())
    except OSError as error:
        raise Refused(f"DEMO_ROSTER {path} can't be read: {error.strerror}") from error


def _reset(database_url: str) -> None:
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or url.database is None:
        raise Refused("--reset deletes a SQLite file only: empty the database of DEMO_DATABASE_URL yourself")
    for suffix in ("", "-wal", "-shm"):
        Path(url.database + suffix).unlink(missing_ok=True)


def _locale(language: str) -> str:
    """Discord's name for a language: `en` is `en-US` there."""
    known = {locale.value.casefold(): locale.value for locale in discord.Locale} | {"en": "en-US"}
    locale = known.get(language.casefold())
    if locale is None:
        raise Refused(f"Discord has no language {language!r}: try en, nl, de, fr or es-ES")
    return locale
