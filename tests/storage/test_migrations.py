import asyncio
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from planning.errors import DatabaseUnavailable
from storage.database import SqlDatabase
from storage.engine import create_engines
from storage.migrations.runner import config
from tests.databases import address, execute


async def test_metadata_and_migrations_agree(database_url: str) -> None:
    engines = create_engines(database_url)
    settings = config()

    def compare(connection: object) -> None:
        settings.attributes["connection"] = connection
        command.check(settings)  # raises where a migration is missing

    async with engines.write.begin() as connection:
        await connection.run_sync(compare)
    await engines.dispose()


async def test_a_difference_would_be_found(sqlite_url: str) -> None:
    engines = create_engines(sqlite_url)
    async with engines.write.begin() as connection:
        await connection.execute(text("ALTER TABLE niche ADD COLUMN stray INTEGER"))
    with pytest.raises(Exception, match="stray"):
        await test_metadata_and_migrations_agree(sqlite_url)
    await engines.dispose()


async def test_migrating_again_does_nothing(database: SqlDatabase) -> None:
    before = await database.check()
    await database.migrate()
    assert await database.check() == before
    assert before.migrated


async def test_everything_can_be_undone(database_url: str) -> None:
    engines = create_engines(database_url)
    settings = config()

    def downgrade(connection: object) -> None:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")

    async with engines.write.begin() as connection:
        await connection.run_sync(downgrade)
    await engines.dispose()
    database = SqlDatabase(database_url)
    assert (await database.check()).revision is None
    await database.migrate()
    assert (await database.check()).migrated
    await database.close()


async def migrate_at_once(url: str) -> None:
    first, second = SqlDatabase(url), SqlDatabase(url)
    await asyncio.gather(first.migrate(), second.migrate())
    assert (await first.check()).migrated
    await first.close()
    await second.close()


async def test_two_processes_may_start_at_once_on_sqlite(tmp_path: Path) -> None:
    await migrate_at_once(f"sqlite:///{tmp_path}/x.db")


async def test_two_processes_may_start_at_once_on_postgresql(postgresql_server: str) -> None:
    await execute(postgresql_server, "CREATE DATABASE at_once")
    await migrate_at_once(address(postgresql_server, "at_once"))


async def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = SqlDatabase(f"sqlite:///{tmp_path}/x.db")

    def fail_late(connection: object) -> None:
        from storage.migrations import runner  # noqa: PLC0415

        runner.upgrade(connection)  # type: ignore[arg-type]
        raise RuntimeError

    monkeypatch.setattr("storage.database.upgrade", fail_late)
    with pytest.raises(RuntimeError):
        await database.migrate()
    monkeypatch.undo()
    assert (await database.check()).revision is None
    await database.migrate()
    assert (await database.check()).migrated
    await database.close()


async def test_check_before_the_first_migration(tmp_path: Path) -> None:
    database = SqlDatabase(f"sqlite:///{tmp_path}/x.db")
    health = await database.check()
    await database.close()
    assert health.reachable
    assert not health.migrated


async def test_check_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"this is no database " * 100)
    broken = SqlDatabase(f"sqlite:///{tmp_path}/x.db")
    health = await broken.check()
    await broken.close()
    assert not health.reachable
    assert "not a database" in (health.problem or "")


async def test_check_says_that_the_server_is_gone(tmp_path: Path) -> None:
    gone = SqlDatabase(f"postgresql://postgres:secret@/postgres?host={tmp_path}")
    health = await gone.check()
    with pytest.raises(DatabaseUnavailable):
        await gone.migrate()
    await gone.close()
    assert not health.reachable
    assert health.problem
    assert "secret" not in health.problem
