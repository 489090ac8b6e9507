"""What stands in the way of an import in the background: Discord, the file, what is said meanwhile."""

from datetime import timedelta

import pytest
import pytest_asyncio

from planning.errors import DatabaseUnavailable, UnreadableFile
from planning.files import Choose, Table, first_sheet
from planning.import_files import ImportFile
from planning.imports.headers import Field
from planning.reasons import Reason
from planning.services.background_imports import (
    LEASE,
    MOST_ATTEMPTS,
    SHOWN_EVERY,
    Step,
)
from planning.services.import_reporting import End, Ending, ServerGone
from planning.services.imports import run_import
from planning.services.proposed_imports import confirm_import, propose_column, propose_import
from planning.services.publishing import NotNow
from planning.settings import GuildSettings
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase
from tests.planning.services.importing import ALL, CHUNK, COUNTS, GUILD, NOW, PLANNER, World, begin


@pytest_asyncio.fixture
async def world(database: SqlDatabase) -> World:
    return await begin(database)


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


async def test_a_message_that_can_t_be_shown_stopsnothing(world: World) -> None:
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
