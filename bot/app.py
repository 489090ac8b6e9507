"""Wires everything from the settings, and closes it in reverse order."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from bot.client import Microscout
from bot.settings import Settings
from cogs.kit.language import Languages
from cogs.kit.services import Services
from cogs.pictures.studio import Studio
from planning.errors import DatabaseUnavailable
from planning.matching.encoder import LazyEncoder
from planning.services.meanings import Meanings
from sheets.files import SpreadsheetFiles
from sheets.workbooks import Workbooks
from storage.database import SqlDatabase

_log = structlog.stdlib.get_logger("microscout.app")


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """The bot and the database under it."""

    bot: Microscout
    database: SqlDatabase
    studio: Studio
    encoder: LazyEncoder

    async def start_database(self) -> None:
        """Bring the tables up to date. Raises `planning.errors.DatabaseUnavailable`."""
        await self.database.migrate()

    async def close(self) -> None:
        """Leave Discord, then end what draws the pictures, then the database."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self.studio.close)
            await self.bot.close()


def open_database(settings: Settings) -> SqlDatabase:
    """The database of the settings; nothing is connected yet.

    Raises `planning.errors.DatabaseUnavailable` where the folder for a SQLite file can't be made.
    """
    try:
        return SqlDatabase(settings.database_url)
    except OSError as error:
        raise DatabaseUnavailable from error


def build(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    studio: Studio | None = None,
    encoder: LazyEncoder | None = None,
) -> App:
    """Everything wired; nothing is connected yet, and no process begun. Raises as `open_database`."""
    database = open_database(settings)
    studio = studio or Studio()
    files = SpreadsheetFiles()
    encoder = encoder or LazyEncoder(_tell)
    services = Services(
        database=database,
        clock=clock,
        reader=files,
        writer=files,
        workbooks=Workbooks(),
        languages=Languages.load(),
        studio=studio,
        meanings=Meanings(encoder),
    )
    return App(Microscout(services, database, dev_guild_id=settings.dev_guild_id), database, studio, encoder)


def _tell(reason: str) -> None:
    _log.warning("niches are matched by their letters: the encoder can't be loaded", reason=reason)
