"""A large import in the background, on a database that breaks and in a Discord in memory."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from planning.caller import Caller
from planning.errors import DatabaseUnavailable
from planning.import_files import ImportFile
from planning.import_jobs import ImportJob
from planning.import_ports import ClaimedImport
from planning.ports import Store
from planning.services.background_imports import (
    LEASE,
    BackgroundImports,
    Step,
)
from planning.services.import_reporting import End, Ending
from planning.services.imports import run_import
from planning.services.proposed_imports import confirm_import, propose_import
from planning.settings import GuildSettings
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD = 1
PLANNER = Caller(GUILD, user_id=10, planner=True)
CHUNK = 4
KNOWN = b"handle,platform,followers\nann01,tiktok,1\nann05,tiktok,1005\n"
ROWS = [f"ann{n:02},tiktok,{1000 + n},food" for n in range(10)]
TABLE = "\n".join(["handle,platform,followers,niches", *ROWS, "odd,tiktok,many,food", "ann03,tiktok,7,food"]).encode()
"""Of ten accounts two are known; a row can't be read, another says ann03 otherwise."""
COUNTS = (8, 2, 0, 2)
ALL = {f"ann{n:02}": 1000 + n for n in range(10)}
"""The roster once all of it is imported: followers by handle."""


async def nothing() -> None:
    return


@dataclass
class Shown:
    """A Discord in memory, as far as imports need it. `moment` is done whenever something is shown."""

    jobs: list[ImportJob] = field(default_factory=list[ImportJob])
    endings: list[tuple[ImportJob, Ending]] = field(default_factory=list[tuple[ImportJob, Ending]])
    message_id: int | None = 77
    fails: Exception | None = None
    moment: Callable[[], Awaitable[None]] = nothing

    async def show(self, guild_id: int, job: ImportJob, settings: GuildSettings) -> int | None:
        del guild_id, settings
        if self.fails:
            raise self.fails
        self.jobs.append(job)
        await self.moment()
        return self.message_id

    async def finish(self, guild_id: int, job: ImportJob, ending: Ending, settings: GuildSettings) -> None:
        del guild_id, settings
        if self.fails:
            raise self.fails
        self.endings.append((job, ending))


class Breaking:
    """The database, in which the `nth` transaction from here on fails: before it is committed, or just after."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database
        self.nth = 0
        self.after = False
        self.error: Exception = DatabaseUnavailable()
        self.reading = database.reading
        self.list_guilds = database.list_guilds

    @asynccontextmanager
    async def writing(self, guild_id: int) -> AsyncIterator[Store]:
        self.nth -= 1
        breaks = self.nth == 0
        async with self._database.writing(guild_id) as store:
            yield store
            if breaks and not self.after:
                raise self.error
        if breaks:
            raise self.error


@dataclass
class World:
    """A server's imports, its Discord and its clock."""

    database: SqlDatabase
    breaking: Breaking
    discord: Shown = field(default_factory=Shown)
    reader: CsvFiles = field(default_factory=CsvFiles)
    now: datetime = NOW
    chunk: int = CHUNK

    @property
    def imports(self) -> BackgroundImports:
        return BackgroundImports(self.breaking, self.reader, self.discord, lambda: self.now, lambda: 0.5, self.chunk)

    async def confirm(self, table: bytes = TABLE) -> ImportJob:
        proposal = await propose_import(
            self.database, self.reader, PLANNER, ImportFile("roster.csv", table), now=self.now
        )
        job = await confirm_import(
            *(self.database, self.reader, PLANNER, proposal.token), channel_id=5, now=self.now, chunk=CHUNK
        )
        assert isinstance(job, ImportJob)
        return job

    async def claim(self, claim: str = "a") -> ClaimedImport | None:
        return await self.database.imports.claim(claim, now=self.now, until=self.now + LEASE)

    async def work(self) -> End | Step | None:
        """What a process does about the next import; None where none waits."""
        claimed = await self.claim()
        return claimed and await self.imports.work(claimed, "a")

    async def job(self, token: str) -> ImportJob | None:
        async with self.database.reading(GUILD) as store:
            return await store.import_jobs.get(token)

    async def roster(self) -> dict[str, int]:
        async with self.database.reading(GUILD) as store:
            return {one.handle: one.followers async for batch in store.accounts.stream() for one in batch}

    async def trail(self) -> list[int]:
        """How many entries each account of the roster has."""
        async with self.database.reading(GUILD) as store:
            ids = [one.id async for batch in store.accounts.stream() for one in batch]
            return [len(await store.audit.list_for_account(account_id, limit=9)) for account_id in ids]

    def ending(self) -> Ending:
        """The last end that was told."""
        return self.discord.endings[-1][1]

    def counts(self) -> tuple[int, int, int, int]:
        report = self.ending().report
        assert report is not None
        assert report.new + report.updated + report.unchanged + report.rejected == report.rows
        return report.new, report.updated, report.unchanged, report.rejected


async def begin(database: SqlDatabase) -> World:
    """A server that knows two accounts of the file."""
    await run_import(
        *(database, CsvFiles(), PLANNER),
        filename="known.csv",
        content=KNOWN,
        platform=None,
        now=NOW - timedelta(days=9),
    )
    return World(database, Breaking(database))
