"""Wires everything from the settings, and closes it in reverse order."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from bot.client import Microscout
from bot.import_messages import DiscordImportReporter
from bot.importing import Importer, build_importer
from bot.measuring import watch
from bot.publishing import DiscordPublisher
from bot.scheduling import Scheduler, build_scheduler
from bot.settings import Settings
from cogs.kit.language import Languages
from cogs.kit.services import Services
from cogs.pictures.studio import Studio
from planning.errors import DatabaseUnavailable
from planning.matching.encoder import LazyEncoder
from planning.services.imports import CHUNK
from planning.services.meanings import Meanings
from sheets.files import SpreadsheetFiles
from sheets.workbooks import Workbooks
from storage.database import SqlDatabase

if TYPE_CHECKING:
    from bot.metrics import Metrics

_log = structlog.stdlib.get_logger("microscout.app")


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """The bot and the database under it; `metrics` where the settings ask for some."""

    bot: Microscout
    database: SqlDatabase
    studio: Studio
    encoder: LazyEncoder
    scheduler: Scheduler
    importer: Importer
    metrics: "Metrics | None" = None

    async def start_database(self) -> None:
        """Bring the tables up to date. Raises `planning.errors.DatabaseUnavailable`."""
        await self.database.migrate()

    async def close(self) -> None:
        """Leave Discord, then end what draws the pictures, then the database."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self.studio.close)
            await self.bot.close()


def open_database(settings: Settings, metrics: "Metrics | None" = None) -> SqlDatabase:
    """The database of the settings; nothing is connected yet. The metrics are told of its statements.

    Raises `planning.errors.DatabaseUnavailable` where the folder for a SQLite file can't be made.
    """
    try:
        return SqlDatabase(settings.database_url, on_statement=None if metrics is None else metrics.statement)
    except OSError as error:
        raise DatabaseUnavailable from error


def build(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    studio: Studio | None = None,
    encoder: LazyEncoder | None = None,
    import_chunk: int = CHUNK,
) -> App:
    """Everything wired; nothing is connected yet, and no process begun. Raises as `open_database`.

    `import_chunk` is how many accounts an import writes at a time.
    """
    metrics = _metrics(settings)
    database = open_database(settings, metrics)
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
        import_chunk=import_chunk,
    )
    bot = Microscout(services, database, dev_guild_id=settings.dev_guild_id)
    if metrics is not None:
        watch(bot, metrics)
    publisher = DiscordPublisher(bot)
    scheduler = build_scheduler(database, database.queue, services.meanings, publisher, clock, bot.is_ready, metrics)
    reporter = DiscordImportReporter(bot, publisher)
    importer = build_importer(database, database.imports, files, reporter, clock, bot.is_ready, import_chunk)
    return App(bot, database, studio, encoder, scheduler, importer, metrics)


def _metrics(settings: Settings) -> "Metrics | None":
    if settings.metrics_port is None:
        return None
    # Here, as it takes long to import and most bots have none.
    from bot.metrics import Metrics

    return Metrics()


def _tell(reason: str) -> None:
    _log.warning("niches are matched by their letters: the encoder can't be loaded", reason=reason)
