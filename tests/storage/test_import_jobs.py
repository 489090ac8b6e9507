"""Imports in the background: kept, claimed by one process at a time, each server's in their order."""

from dataclasses import replace
from datetime import timedelta

from planning.import_jobs import ImportJob
from planning.import_ports import ClaimedImport
from planning.imports.problems import Problem
from planning.reasons import Reason
from storage.database import SqlDatabase
from tests.storage.rosters import ACTOR, GUILD, NOW, OTHER_GUILD

LEASE = timedelta(minutes=2)
FIRST = ImportJob("first", "roster.csv", ACTOR, 7, created_at=NOW, wake_at=NOW)
SECOND = replace(FIRST, token="second", created_at=NOW + timedelta(seconds=5), wake_at=NOW + timedelta(seconds=5))


async def create(database: SqlDatabase, *jobs: ImportJob, guild: int = GUILD) -> None:
    async with database.writing(guild) as store:
        for job in jobs:
            await store.import_jobs.create(job, job.token.encode())


async def claim(database: SqlDatabase, claim: str = "a", *, after: timedelta = timedelta(minutes=1)) -> object:
    return await database.imports.claim(claim, now=NOW + after, until=NOW + after + LEASE)


async def get(database: SqlDatabase) -> ImportJob | None:
    async with database.reading(GUILD) as store:
        return await store.import_jobs.get("first")


async def test_all_of_it_is_kept_and_forgotten(database: SqlDatabase) -> None:
    problem = Problem(3, "handle", "é", Reason.FORMER_HANDLE, "x", rejects_row=False)
    full = ImportJob(
        *("first", "roster.csv", ACTOR, None, NOW, NOW, 9, 4, "digest", 3, 1, 2, 5),
        (problem,),
        cancelled=True,
        claim="a",
        attempts=2,
    )
    await create(database, full)
    assert await get(database) == full
    async with database.reading(GUILD) as store:
        assert await store.import_jobs.find_file("first") == b"first"
    changed = replace(full, channel_id=8, cancelled=False, problems=(), done=4, claim=None)
    async with database.writing(GUILD) as store:
        assert await store.import_jobs.save(changed, held="a")
    assert await get(database) == changed
    async with database.writing(GUILD) as store:
        await store.import_jobs.remove("first")
    assert await get(database) is None
    async with database.reading(GUILD) as store:
        assert await store.import_jobs.find_file("first") is None


async def test_what_another_process_holds_is_not_saved(database: SqlDatabase) -> None:
    await create(database, FIRST)
    assert await claim(database) == ClaimedImport(GUILD, "first")
    held = await get(database)
    for wrong in (None, "b"):
        async with database.writing(GUILD) as store:
            assert not await store.import_jobs.save(replace(FIRST, done=9), held=wrong)
    assert await get(database) == held == replace(FIRST, claim="a", wake_at=NOW + timedelta(minutes=1) + LEASE)


async def test_a_claim_is_one_process_s_until_it_ends(database: SqlDatabase) -> None:
    await create(database, FIRST)
    assert await claim(database, after=-timedelta(seconds=1)) is None, "it is not due yet"
    assert await claim(database) == ClaimedImport(GUILD, "first")
    assert await claim(database, "b") is None
    assert await claim(database, "b", after=timedelta(minutes=1) + LEASE) == ClaimedImport(GUILD, "first")
    assert await database.imports.release_all(NOW) == 1
    assert await get(database) == FIRST
    assert await database.imports.release_all(NOW) == 0


async def test_imports_of_a_server_come_one_after_another_in_their_order(database: SqlDatabase) -> None:
    await create(database, SECOND, FIRST)
    await create(database, SECOND, guild=OTHER_GUILD)
    assert await claim(database) == ClaimedImport(GUILD, "first")
    assert await claim(database, "b") == ClaimedImport(OTHER_GUILD, "second")
    assert await claim(database, "c") is None, "its own server's first is not over"
    async with database.writing(GUILD) as store:
        await store.import_jobs.remove("first")
    assert await claim(database, "c") == ClaimedImport(GUILD, "second")


async def test_one_that_waits_is_cancelled_at_once_and_one_that_runs_keeps_its_claim(database: SqlDatabase) -> None:
    await create(database, replace(FIRST, wake_at=NOW + timedelta(hours=1)))
    async with database.writing(GUILD) as store:
        assert await store.import_jobs.cancel("first", now=NOW)
        assert not await store.import_jobs.cancel("gone", now=NOW)
    assert await get(database) == replace(FIRST, cancelled=True)
    assert await claim(database) == ClaimedImport(GUILD, "first")
    before = await get(database)
    async with database.writing(GUILD) as store:
        assert await store.import_jobs.cancel("first", now=NOW)
    assert await get(database) == before
