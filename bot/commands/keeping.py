"""`migrate` and `sync`: what an operator does by hand now and then."""

import asyncio
from typing import Annotated

import typer

from bot.app import build
from bot.commands.edge import started
from bot.runtime import logged_in
from bot.settings import LARGEST_SNOWFLAKE, Settings
from bot.sync import sync_commands


def migrate() -> None:
    """Bring the database's tables up to date; `run`, `import` and `export` do so by themselves."""
    with started() as settings:
        asyncio.run(_migrate(settings))
        typer.echo(f"{settings.shown_database_url} is up to date")


def sync(
    guild: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_SNOWFLAKE, help="Only for the server of this id, where they show at once."),
    ] = None,
) -> None:
    """Register the commands at Discord again, everywhere or in one server; `run` does so where they changed."""
    with started() as settings:
        asyncio.run(_sync(settings, guild))
        typer.echo("commands registered " + ("everywhere" if guild is None else f"in server {guild}"))


async def _migrate(settings: Settings) -> None:
    app = build(settings)
    try:
        await app.start_database()
    finally:
        await app.close()


async def _sync(settings: Settings, guild: int | None) -> None:
    app = build(settings)
    app.bot.sync_at_login = False
    try:
        await app.start_database()
        async with logged_in(settings, app):
            await sync_commands(app.bot, app.database, guild_id=guild, force=True)
    finally:
        await app.close()
