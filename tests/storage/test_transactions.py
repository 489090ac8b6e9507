import asyncio
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from planning.errors import DatabaseUnavailable
from planning.settings import GuildSettings
from storage import engine
from storage.database import SqlDatabase
from storage.engine import create_engines
from tests.databases import execute
from tests.storage.rosters import ANNA, BEN, GUILD, NOW, OTHER_GUILD, add, addition, edit, entry


async def count_rows(url: str) -> dict[str, int]:
    engines = create_engines(url)
    tables = ["guild", "account", "niche", "account_niche", "metric_snapshot", "niche_posting", "audit_entry"]
    async with engines.read.connect() as connection:
        counts = {name: await connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in tables}  # noqa: S608
    await engines.dispose()
    return counts


async def test_a_block_that_raises_leaves_nothing(database: SqlDatabase, database_url: str) -> None:
    with pytest.raises(LookupError):  # noqa: PT012 - the block is what is tested
        async with database.writing(GUILD) as store:
            await store.accounts.write([addition(ANNA), addition(BEN)])
            raise LookupError
    assert set((await count_rows(database_url)).values()) == {0}
    async with database.reading(GUILD) as store:
        assert await store.accounts.search("anna", limit=5) == []


async def test_the_guild_of_a_block_that_raised_is_made_again(database: SqlDatabase) -> None:
    with pytest.raises(LookupError):
        async with database.writing(GUILD):
            raise LookupError
    # Another guild takes the small id that was rolled back.
    await add(database, BEN, guild=OTHER_GUILD)
    await add(database, ANNA)
    async with database.reading(GUILD) as store:
        assert [match.handle for match in await store.accounts.search("n", limit=9)] == ["anna.bakes"]
    async with database.reading(OTHER_GUILD) as store:
        assert [match.handle for match in await store.accounts.search("n", limit=9)] == ["ben"]


async def test_reading_an_unknown_guild_makes_none(database: SqlDatabase, database_url: str) -> None:
    async with database.reading(GUILD) as store:
        assert await store.settings.load() == GuildSettings()
        assert await store.accounts.count() == 0
        assert await store.accounts.count_between([10, 20]) == [0, 0, 0]
    assert (await count_rows(database_url))["guild"] == 0
    await add(database, ANNA)
    async with database.reading(GUILD) as store:
        assert await store.accounts.count() == 1


async def test_fifteen_writers_at_once_lose_nothing(database: SqlDatabase) -> None:
    stored = (await add(database, ANNA))[0]

    async def add_a_follower() -> None:
        async with database.writing(GUILD) as store:
            before = await store.accounts.get(stored.id)
            assert before is not None
            await asyncio.sleep(0)
            await store.accounts.write([edit(before, followers=before.followers + 1)])

    await asyncio.gather(*(add_a_follower() for _ in range(15)))
    async with database.reading(GUILD) as store:
        after = await store.accounts.get(stored.id)
        trail = await store.audit.list_for_account(stored.id, limit=100)
    assert after is not None
    assert after.followers == ANNA.followers + 15
    assert len(trail) == 16


async def test_first_writers_of_a_guild_at_once_share_it(database: SqlDatabase, database_url: str) -> None:
    others = SqlDatabase(database_url)
    roster = [replace(ANNA, handle=f"anna{number}") for number in range(8)]
    await asyncio.gather(*(add(db, account) for db, account in zip([database, others] * 4, roster, strict=True)))
    await others.close()
    async with database.reading(GUILD) as store:
        page = [account.id for batch in [b async for b in store.accounts.stream()] for account in batch]
    assert sorted(page) == list(range(1, 9))
    assert (await count_rows(database_url))["guild"] == 1


async def test_readers_do_not_wait_for_a_writer(database: SqlDatabase) -> None:
    await add(database, ANNA)
    async with database.writing(GUILD) as writer:
        await writer.accounts.write([addition(BEN)])
        async with asyncio.timeout(2), database.reading(GUILD) as reader:
            assert await reader.accounts.count() == 1
    async with database.reading(GUILD) as reader:
        assert await reader.accounts.count() == 2


async def test_a_cancelled_writer_writes_nothing_and_holds_nothing(database: SqlDatabase) -> None:
    writing = asyncio.Event()

    async def write_for_ever() -> None:
        async with database.writing(GUILD) as store:
            await store.accounts.write([addition(ANNA)])
            writing.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_for_ever())
    await writing.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await add(database, BEN)
    async with database.reading(GUILD) as store:
        assert await store.accounts.count() == 1


async def test_a_locked_file_is_told_and_nothing_is_written(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    database = SqlDatabase(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable):
            await add(database, ANNA)
        async with database.reading(GUILD) as store:  # reading goes on
            assert await store.accounts.count() == 0
        other.execute("ROLLBACK")
    await add(database, ANNA)
    async with database.reading(GUILD) as store:
        assert await store.accounts.count() == 1
    await database.close()


async def test_a_locked_guild_is_told_and_nothing_is_written(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    database = SqlDatabase(postgresql_url)
    await add(database, BEN)
    async with database.writing(GUILD):
        with pytest.raises(DatabaseUnavailable):
            await add(database, ANNA)
        await add(database, ANNA, guild=OTHER_GUILD)  # another guild's writers don't wait
    async with database.reading(GUILD) as store:
        assert await store.accounts.count() == 1
    await database.close()


async def test_a_server_that_drops_its_connections_is_told_and_found_again(
    postgresql_database: SqlDatabase, postgresql_server: str
) -> None:
    drop_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'microscout'"
    with pytest.raises(DatabaseUnavailable):  # noqa: PT012 - the block is what is tested
        async with postgresql_database.writing(GUILD) as store:
            await store.accounts.write([addition(ANNA)])
            await execute(postgresql_server, drop_all)
            await store.accounts.write([addition(BEN)])
    async with postgresql_database.reading(GUILD) as store:
        assert await store.accounts.count() == 0
    await add(postgresql_database, ANNA)


async def test_a_folder_that_is_gone_is_told(sqlite_url: str) -> None:
    database = SqlDatabase(sqlite_url.replace("microscout.db", "gone/x.db"))
    Path(sqlite_url.removeprefix("sqlite:///")).with_name("gone").rmdir()
    with pytest.raises(DatabaseUnavailable):
        await add(database, ANNA)
    with pytest.raises(DatabaseUnavailable):
        async with database.reading(GUILD):
            pass
    await database.close()
    # The driver doesn't wait for the thread of a connection that failed; its last word must find the loop open.
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)


async def test_a_full_disk_is_told_and_nothing_is_written(sqlite_database: SqlDatabase) -> None:
    stored = await add(sqlite_database, ANNA)
    many = [addition(replace(BEN, handle=f"ben{number}")) for number in range(2000)]
    with pytest.raises(DatabaseUnavailable):  # noqa: PT012 - the block is what is tested
        async with sqlite_database.writing(GUILD) as store:
            await store.accounts._connection.exec_driver_sql("PRAGMA max_page_count = 60")
            await store.accounts.write(many)
    async with sqlite_database.reading(GUILD) as store:
        assert await store.accounts.count() == 1
        assert await store.accounts.get(stored[0].id) == stored[0]


async def test_a_mistake_of_ours_is_not_called_an_outage(database: SqlDatabase) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught:
        async with database.writing(GUILD) as store:
            await store.accounts._connection.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, DatabaseUnavailable)


async def test_the_command_digest_is_kept_by_scope(database: SqlDatabase) -> None:
    assert await database.load_command_digest(0) is None
    await database.save_command_digest(0, "a")
    await database.save_command_digest(GUILD, "b")
    await database.save_command_digest(0, "c")
    assert await database.load_command_digest(0) == "c"
    assert await database.load_command_digest(GUILD) == "b"


async def test_settings_alone_are_a_write(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        await store.settings.save(GuildSettings(currency="USD", planner_role_id=OTHER_GUILD))
        await store.audit.append(replace(entry(), at=NOW))
    async with database.reading(GUILD) as store:
        assert (await store.settings.load()).currency == "USD"
