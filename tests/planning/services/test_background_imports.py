"""A large import in the background: whatever ends it between, each account is written and counted once."""

from dataclasses import replace

import pytest
import pytest_asyncio

from planning.errors import DatabaseUnavailable, NotAPlanner
from planning.import_files import ImportFile
from planning.services.background_imports import (
    LEASE,
    SHOWN_EVERY,
    Step,
    cancel_import,
)
from planning.services.import_reporting import End
from planning.services.proposed_imports import Imported, confirm_import, propose_import
from storage.database import SqlDatabase
from tests.planning.services.importing import (
    ALL,
    CHUNK,
    COUNTS,
    GUILD,
    NOW,
    PLANNER,
    TABLE,
    World,
    begin,
    nothing,
)


@pytest_asyncio.fixture
async def world(database: SqlDatabase) -> World:
    return await begin(database)


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
    world.discord.moment = nothing
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


async def test_who_lost_the_claim_keepsnothing(world: World) -> None:
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
    world.discord.moment = nothing
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
