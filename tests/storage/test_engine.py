from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from planning.errors import DatabaseUnavailable
from storage.database import SqlDatabase
from storage.engine import parse_url
from tests.storage.rosters import ANNA, GUILD, addition


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///data/x.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///data/x.db", "sqlite+aiosqlite"),
        ("postgres://user:secret@host/name", "postgresql+asyncpg"),
        ("postgresql://host/name", "postgresql+asyncpg"),
        ("postgresql+asyncpg://host/name", "postgresql+asyncpg"),
    ],
)
def test_the_usual_spellings_get_the_async_driver(given: str, driver: str) -> None:
    assert parse_url(given).drivername == driver


def test_the_password_survives_and_is_not_shown() -> None:
    url = parse_url("postgres://user:secret@host/name")
    assert url.password == "secret"
    assert "secret" not in str(url)


def test_sslmode_is_passed_on_as_the_driver_calls_it() -> None:
    assert dict(parse_url("postgresql://host/name?sslmode=require").query) == {"ssl": "require"}


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"])
def test_a_database_in_memory_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="in memory"):
        SqlDatabase(address)


@pytest.mark.parametrize("address", ["", "data/x.db", "mysql://user:secret@host/name", "postgresql+psycopg2://h/n"])
def test_an_address_that_is_none_says_what_works_and_no_password(address: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///path") as caught:
        SqlDatabase(address)
    assert "secret" not in str(caught.value)


async def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    database = SqlDatabase(f"sqlite:///{tmp_path}/deep/er/x.db")
    await database.migrate()
    await database.close()
    assert (tmp_path / "deep" / "er" / "x.db").exists()


async def test_readers_cannot_write(database: SqlDatabase) -> None:
    with pytest.raises((DBAPIError, DatabaseUnavailable)):
        async with database.reading(GUILD) as store:
            await store.accounts.write([addition(ANNA)])
