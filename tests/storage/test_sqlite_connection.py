import gc
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, event, insert, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import execute_many
from storage.engine import Engines, create_engines
from storage.sqlite_connection import MOST_POSTPONED

_INSERT = insert(Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("name", Text)))
_NAMES = "SELECT name FROM t ORDER BY name"


@pytest.fixture
async def engines(tmp_path: Path) -> AsyncIterator[Engines]:
    engines = create_engines(f"sqlite:///{tmp_path}/x.db")
    async with engines.write.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
    yield engines
    await engines.dispose()


@pytest.fixture
async def connection(engines: Engines) -> AsyncIterator[AsyncConnection]:
    async with engines.write.begin() as connection:
        yield connection


async def _names(connection: AsyncConnection) -> list[str]:
    return list((await connection.exec_driver_sql(_NAMES)).scalars())


def _sent(connection: AsyncConnection) -> list[str]:
    """The statements that this connection sends from now on, as it sends them."""
    sent: list[str] = []
    opened = connection.sync_connection
    assert opened is not None
    event.listen(opened, "before_cursor_execute", lambda *given: sent.append(given[2]))
    return sent


async def test_rows_come_with_their_names(connection: AsyncConnection) -> None:
    await connection.execute(text("INSERT INTO t (name) VALUES ('a'), ('b')"))
    found = await connection.execute(text("SELECT id, name FROM t ORDER BY id"))
    assert list(found.keys()) == ["id", "name"]
    assert [tuple(row) for row in found] == [(1, "a"), (2, "b")]


async def test_no_rows_still_have_names(connection: AsyncConnection) -> None:
    found = await connection.execute(text("SELECT name FROM t"))
    assert list(found.keys()) == ["name"]
    assert found.all() == []


async def test_results_do_not_mix(connection: AsyncConnection) -> None:
    first = await connection.execute(text("SELECT 1 AS one"))
    second = await connection.execute(text("SELECT 2 AS two"))
    assert (first.one().one, second.one().two) == (1, 2)


async def test_writes_say_how_many_rows_they_touched(connection: AsyncConnection) -> None:
    inserted = await connection.execute(text("INSERT INTO t (name) VALUES ('a'), ('b') RETURNING id"))
    assert inserted.scalars().all() == [1, 2]
    assert (await connection.execute(text("UPDATE t SET name = name || '!'"))).rowcount == 2
    many = await connection.exec_driver_sql("DELETE FROM t WHERE id = ?", [(1,), (2,), (3,)])
    assert many.rowcount == 2


async def test_errors_are_sqlalchemys(connection: AsyncConnection) -> None:
    await connection.execute(text("INSERT INTO t (name) VALUES ('a')"))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        await connection.execute(text("INSERT INTO t (name) VALUES ('a')"))
    with pytest.raises(OperationalError, match="no such table"):
        await connection.execute(text("SELECT * FROM nowhere"))
    assert await connection.scalar(text("SELECT count(*) FROM t")) == 1


async def test_a_read_leaves_nothing_open_that_would_hold_a_writer(tmp_path: Path) -> None:
    """A statement that was not read to its end keeps its snapshot: the log could never be emptied."""
    engines = create_engines(f"sqlite:///{tmp_path}/x.db")
    async with engines.write.begin() as writer:
        await writer.exec_driver_sql("CREATE TABLE t AS SELECT 1 AS id UNION ALL SELECT 2")
    async with engines.read.connect() as reader:
        assert (await reader.execute(text("SELECT id FROM t"))).first() is not None
        async with engines.write.begin() as writer:
            await writer.exec_driver_sql("INSERT INTO t VALUES (3)")
        # Outside a transaction, on a connection that may write.
        raw = await engines.write.raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        assert [tuple(row) for row in await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")] == [(0, 0, 0)]
        raw.close()
    await engines.dispose()


def test_a_connection_that_nobody_closed_keeps_no_process_alive(tmp_path: Path) -> None:
    code = f"""
import asyncio
from storage.engine import create_engines
engines = create_engines("sqlite:///{tmp_path}/x.db")
async def read():
    kept.append(await engines.read.connect())
kept = []
asyncio.run(read())
print("read")
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=30)
    assert ended.stdout == "read\n"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_closed_connection_lets_go_of_its_file(tmp_path: Path) -> None:
    """One that kept a statement would hold the file, and leave its log, until Python collects its garbage."""
    engines = create_engines(f"sqlite:///{tmp_path}/x.db")
    async with engines.write.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        await connection.exec_driver_sql("INSERT INTO t VALUES (?)", [(1,), (2,)])
    gc.disable()
    await engines.dispose()
    left = names(tmp_path)
    gc.enable()
    assert left == ["x.db"]


async def test_bulk_writes_wait_for_the_next_statement_or_the_commit(engines: Engines) -> None:
    async with engines.write.begin() as connection:
        sent = _sent(connection)
        for name in "abc":
            await execute_many(connection, _INSERT, ["name"], [(name,)])
        assert sent == []
        assert await _names(connection) == ["a", "b", "c"]
        await execute_many(connection, _INSERT, ["name"], [("d",), ("e",)])
        assert sent == [_NAMES]
    async with engines.read.connect() as reader:
        assert await _names(reader) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("read", [True, False])
async def test_a_bulk_write_that_fails_later_takes_its_transaction_with_it(engines: Engines, *, read: bool) -> None:
    async def write() -> None:
        async with engines.write.connect() as connection, connection.begin():
            await execute_many(connection, _INSERT, ["name"], [("a",), ("b",)])
            await execute_many(connection, _INSERT, ["name"], [("a",)])
            await execute_many(connection, _INSERT, ["name"], [("c",)])
            if read:
                await _names(connection)

    with pytest.raises(IntegrityError, match="UNIQUE") as raised:
        await write()
    assert raised.value.orig is not None
    assert "INSERT INTO t" in raised.value.orig.__notes__[0]
    async with engines.write.begin() as connection:
        assert await _names(connection) == []


async def test_a_rollback_forgets_what_waited(engines: Engines) -> None:
    async with engines.write.connect() as connection:
        transaction = await connection.begin()
        await execute_many(connection, _INSERT, ["name"], [("a",)])
        await transaction.rollback()
    async with engines.write.begin() as connection:
        assert await _names(connection) == []


async def test_many_bulk_writes_do_not_all_wait(engines: Engines) -> None:
    names = [f"{number:03}" for number in range(MOST_POSTPONED)]  # BEGIN is the first that waits
    async with engines.write.begin() as connection:
        sent = _sent(connection)
        for name in names[:-1]:
            await execute_many(connection, _INSERT, ["name"], [(name,)])
        assert sent == []
        await execute_many(connection, _INSERT, ["name"], [(names[-1],)])
        assert len(sent) == 1
        assert await _names(connection) == names


async def test_a_bulk_write_without_a_transaction_does_not_wait(engines: Engines) -> None:
    async with engines.write.connect() as connection:
        await execute_many(connection, _INSERT, ["name"], [("a",)])
        await connection.commit()
    async with engines.read.connect() as reader:
        assert await _names(reader) == ["a"]
