"""A large import in the background: whatever ends it between, each account is written and counted once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from planning.caller import Caller
from planning.errors import DatabaseUnavailable, NotAPlanner, UnreadableFile
from planning.files import Choose, Table, first_sheet
from planning.import_files import ImportFile
from planning.import_jobs import ImportJob
from planning.import_ports import ClaimedImport
from planning.imports.headers import Field
from planning.ports import Store
from planning.reasons import Reason
from planning.services.background_imports import (
    LEASE,
    MOST_ATTEMPTS,
    SHOWN_EVERY,
    BackgroundImports,
    Step,
    cancel_import,
)
from planning.services.import_reporting import End, Ending, ServerGone
from planning.services.imports import run_import
from planning.services.proposed_imports import Imported, confirm_import, propose_column, propose_import
from planning.services.publishing import NotNow
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


async def _nothing() -> None:
    return


@dataclass
class Shown:
    """A Discord in memory, as far as imports need it. `moment` is done whenever something is shown."""

    jobs: list[ImportJob] = field(default_factory=list[ImportJob])
    endings: list[tuple[ImportJob, Ending]] = field(default_factory=list[tuple[ImportJob, Ending]])
    message_id: int | None = 77
    fails: Exception | None = None
    moment: Callable[[], Awaitable[None]] = _nothing

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


@pytest_asyncio.fixture
async def world(database: SqlDatabase) -> World:
    await run_import(
        *(database, CsvFiles(), PLANNER),
        filename="known.csv",
        content=KNOWN,
        platform=None,
        now=NOW - timedelta(days=9),
    )
    return World(database, Breaking(database))


ALL = {f"ann{n:02}": 1000 + n for n in range(10)}


async def test_a_large_file_is_kept_and_run_to_its_end(world: World) -> None:
    job = await world.confirm()
    assert await world.job(job.token) == job
    assert len(await world.roster()) == 2
    assert await world.work() is End.DONE
    assert world.counts() == COUNTS
    assert await world.roster() == ALL
    rejected = world.ending().rejected
    assert rejected is not None
    assert [(row.line, *row.cells) for row in rejected.rows] == [
        (12, "odd", "tiktok", "many", "food"),
        (13, "ann03", "tiktok", "7", "food"),
    ]
    assert await world.job(job.token) is None
    async with world.database.reading(GUILD) as store:
        assert await store.import_jobs.find_file(job.token) is None
    assert await world.work() is None


async def test_a_small_file_is_written_at_once(world: World) -> None:
    file = ImportFile("small.csv", b"handle,platform,followers\nmoss,tiktok,5\nodd,tiktok,many\n")
    proposal = await propose_import(world.database, world.reader, PLANNER, file, now=NOW)
    done = await confirm_import(world.database, world.reader, PLANNER, proposal.token, now=NOW, chunk=CHUNK)
    assert isinstance(done, Imported)
    assert done.report.new == 1
    assert done.rejected is not None
    assert [row.cells for row in done.rejected.rows] == [("odd", "tiktok", "many")]
    assert await world.work() is None


@pytest.mark.parametrize("after", [False, True], ids=["before a commit", "after a commit"])
async def test_what_ends_anywhere_goes_on_and_counts_each_row_once(world: World, after: bool) -> None:
    """Every transaction of the import is broken once, in turn, each in an import of its own."""
    for nth in range(1, 9):
        table = TABLE.replace(b"ann", f"x{nth}n".encode())
        await world.confirm(table)
        world.breaking.nth, world.breaking.after = nth, after
        while True:
            try:
                outcome = await world.work()
            except DatabaseUnavailable:
                world.now += LEASE
                continue
            break
        broken = world.breaking.nth <= 0
        if outcome is None:  # the end was told, and only then lost
            assert world.ending().end is End.DONE
        else:
            assert outcome is End.DONE
        assert world.counts() == (10, 0, 0, 2)
        if not broken:
            assert nth == 7, "its message, what it holds, three chunks, its end"
            break
    assert set(await world.trail()) == {1}


async def test_it_goes_on_within_a_chunk_where_chunks_were_of_another_size(world: World) -> None:
    await world.confirm()
    world.breaking.nth = 5  # the third chunk
    with pytest.raises(DatabaseUnavailable):
        await world.work()
    world.now += LEASE
    world.chunk = 3
    assert await world.work() is End.DONE
    assert world.counts() == COUNTS
    assert await world.roster() == ALL


async def test_how_far_it_is_is_shown_but_not_too_often(world: World) -> None:
    async def pass_time() -> None:
        world.now += SHOWN_EVERY

    await world.confirm()
    await world.work()
    assert [job.done for job in world.discord.jobs] == [0], "time stood still"
    await world.confirm(TABLE.replace(b"ann", b"bob"))
    world.discord.moment = pass_time
    world.discord.jobs.clear()
    await world.work()
    assert [(job.done, job.total, job.message_id) for job in world.discord.jobs] == [
        (0, None, None), (4, 10, 77), (8, 10, 77), (10, 10, 77)
    ]  # fmt: skip


async def test_a_cancelled_import_stops_after_its_chunk_and_the_same_file_finishes_it(world: World) -> None:
    job = await world.confirm()

    async def cancel() -> None:
        world.now += SHOWN_EVERY
        if world.discord.jobs[-1].done:
            assert await cancel_import(world.database, PLANNER, job.token, now=world.now)

    world.discord.moment = cancel
    assert await world.work() is End.CANCELLED
    stopped, ending = world.discord.endings[-1]
    assert (stopped.done, stopped.total, ending.report) == (4, 10, None)
    assert len(await world.roster()) == 5, "four of the file, one of them known, and one known besides"
    assert not await cancel_import(world.database, PLANNER, job.token, now=world.now), "it is over"
    world.discord.moment = _nothing
    await world.confirm()
    assert await world.work() is End.DONE
    assert world.counts() == (5, 1, 4, 2)
    assert await world.roster() == ALL


async def test_one_that_waits_is_cancelled_before_it_is_read(world: World) -> None:
    job = await world.confirm()
    assert await cancel_import(world.database, PLANNER, job.token, now=NOW)
    assert await world.work() is End.CANCELLED
    assert world.discord.jobs == []
    assert len(await world.roster()) == 2


async def test_only_planners_of_its_server_cancel(world: World) -> None:
    job = await world.confirm()
    with pytest.raises(NotAPlanner):
        await cancel_import(world.database, replace(PLANNER, planner=False), job.token, now=NOW)
    assert not await cancel_import(world.database, replace(PLANNER, guild_id=2), job.token, now=NOW)
    assert await cancel_import(world.database, replace(PLANNER, user_id=11), job.token, now=NOW)


async def test_who_lost_the_claim_keeps_nothing(world: World) -> None:
    job = await world.confirm()

    async def lose() -> None:
        world.now += LEASE
        assert await world.claim("another") is not None

    claimed = await world.claim()
    assert claimed is not None
    world.discord.moment = lose
    assert await world.imports.work(claimed, "a") is Step.NOTHING
    held = await world.job(job.token)
    assert held is not None
    assert (held.claim, held.done) == ("another", 0)
    assert len(await world.roster()) == 2
    world.discord.moment = _nothing
    assert await world.imports.work(claimed, "another") is End.DONE
    assert world.counts() == COUNTS


async def test_one_that_is_given_back_is_taken_up_at_once(world: World) -> None:
    job = await world.confirm()
    claimed = await world.claim()
    assert claimed is not None
    await world.imports.release(claimed, "another")
    assert await world.claim("b") is None, "only who has it gives it back"
    await world.imports.release(claimed, "a")
    assert await world.job(job.token) == job
    assert await world.work() is End.DONE


async def test_it_goes_on_unseen_and_the_end_is_told_once_discord_is_back(world: World) -> None:
    job = await world.confirm()
    world.discord.fails = NotNow("gone")
    assert await world.work() is Step.POSTPONED
    assert await world.roster() == ALL
    waiting = await world.job(job.token)
    assert waiting is not None
    assert (waiting.done, waiting.claim, waiting.wake_at) == (10, None, NOW + timedelta(seconds=20))
    for _ in range(30):
        world.now += timedelta(hours=1)
        assert await world.work() is Step.POSTPONED
    world.discord.fails = None
    world.now += timedelta(hours=1)
    assert await world.work() is End.DONE
    assert world.counts() == COUNTS


async def test_a_message_that_can_t_be_shown_stops_nothing(world: World) -> None:
    async def pass_time() -> None:
        world.now += SHOWN_EVERY

    world.discord.moment, world.discord.message_id = pass_time, None
    await world.confirm()
    assert await world.work() is End.DONE
    assert len(world.discord.jobs) == 1, "it is not tried again and again"


async def test_where_the_bot_was_removed_the_import_is_forgotten(world: World) -> None:
    job = await world.confirm()
    world.discord.fails = ServerGone()
    assert await world.work() is Step.LEFT
    assert await world.job(job.token) is None
    assert len(await world.roster()) == 2


async def test_what_would_be_read_in_another_way_ends_with_what_is_written(world: World) -> None:
    table = b"handle,platform,followers,price\n" + b"".join(b"ann%d,tiktok,5,%d\n" % (n, n + 1) for n in range(9))
    await world.confirm(table)
    world.breaking.nth = 4
    with pytest.raises(DatabaseUnavailable):
        await world.work()
    async with world.database.writing(GUILD) as store:
        await store.settings.save(GuildSettings(currency="USD"))
    world.now += LEASE
    assert await world.work() is End.CHANGED
    assert world.discord.endings[-1][0].done == 4
    assert await world.work() is None


class Forgetful(CsvFiles):
    """Can read a file no more."""

    def read(self, filename: str, content: bytes, choose: Choose = first_sheet) -> Table:
        del filename, content, choose
        raise UnreadableFile("columns")


async def test_a_file_that_can_t_be_read_any_more_ends_it(world: World) -> None:
    await world.confirm()
    world.reader = Forgetful()
    assert await world.work() is End.UNREADABLE
    error = world.ending().error
    assert error is not None
    assert error.reason == "columns"
    assert await world.work() is None


async def test_what_fails_again_and_again_is_given_up_and_told(world: World) -> None:
    job = await world.confirm()
    for attempt in range(MOST_ATTEMPTS):
        claimed = await world.claim()
        assert claimed is not None
        outcome = await world.imports.failed(claimed, "a")
        assert outcome is (Step.POSTPONED if attempt + 1 < MOST_ATTEMPTS else End.FAILED)
        assert await world.imports.failed(claimed, "a") is Step.NOTHING, "it is ours no more"
        world.now += timedelta(hours=1)
    assert world.ending() == Ending(End.FAILED)
    assert await world.job(job.token) is None


async def test_a_chunk_that_was_written_forgives_earlier_failures(world: World) -> None:
    job = await world.confirm()
    claimed = await world.claim()
    assert claimed is not None
    await world.imports.failed(claimed, "a")
    world.now += timedelta(hours=1)
    world.discord.fails = NotNow("gone")
    await world.work()
    waiting = await world.job(job.token)
    assert waiting is not None
    assert waiting.attempts == 1, "of the outage alone"


async def test_what_was_said_of_the_columns_is_kept_for_the_next_file(world: World) -> None:
    table = b"who,reach,platform\n" + b"".join(b"ann%d,%d,tiktok\n" % (n, n + 5) for n in range(9))
    proposal = await propose_import(world.database, world.reader, PLANNER, ImportFile("a.csv", table), now=NOW)
    chosen = {0: Field.HANDLE, 1: Field.FOLLOWERS}
    proposal = await propose_column(world.database, world.reader, PLANNER, proposal.token, chosen, now=NOW)
    await confirm_import(world.database, world.reader, PLANNER, proposal.token, now=NOW, chunk=CHUNK)
    assert await world.work() is End.DONE
    again = await propose_import(world.database, world.reader, PLANNER, ImportFile("b.csv", table), now=NOW)
    assert again.report.remembered
    assert again.report.unchanged == 9


async def test_what_goes_wrong_while_writing_is_told_also_after_a_restart(world: World) -> None:
    niches = ";".join("abcdefghij")
    first = f"handle,platform,followers,niches\nann00,tiktok,1,{niches}\n".encode()
    await run_import(*(world.database, world.reader, PLANNER), filename="a", content=first, platform=None, now=NOW)
    await world.confirm()
    world.breaking.nth = 4  # the second chunk
    with pytest.raises(DatabaseUnavailable):
        await world.work()
    world.now += LEASE
    assert await world.work() is End.DONE
    report = world.ending().report
    assert report is not None
    assert [(told.row, told.reason) for told in report.problems] == [
        (2, Reason.TOO_MANY_NICHES),
        (12, Reason.NOT_A_NUMBER),
        (13, Reason.DUPLICATE_DIFFERS),
    ]
