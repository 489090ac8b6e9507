"""Wires everything from the settings, and closes it in reverse order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.client import Microscout
from bot.settings import Settings
from cogs.kit.language import Languages
from cogs.kit.services import Services
from planning.errors import DatabaseUnavailable
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """The bot and the database under it."""

    bot: Microscout
    database: SqlDatabase

    async def start_database(self) -> None:
        """Bring the tables up to date. Raises `planning.errors.DatabaseUnavailable`."""
        await self.database.migrate()

    async def close(self) -> None:
        """Leave Discord, then the database."""
        try:
            await self.bot.close()
        finally:
            await self.database.close()


def open_database(settings: Settings) -> SqlDatabase:
    """The database of the settings; nothing is connected yet.

    Raises `planning.errors.DatabaseUnavailable` where the folder for a SQLite file can't be made.
    """
    try:
        return SqlDatabase(settings.database_url)
    except OSError as error:
        raise DatabaseUnavailable from error


def build(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> App:
    """Everything wired; nothing is connected yet. Raises as `open_database`."""
    database = open_database(settings)
    files = CsvFiles()
    services = Services(database=database, clock=clock, reader=files, writer=files, languages=Languages.load())
    return App(Microscout(services, database, dev_guild_id=settings.dev_guild_id), database)
