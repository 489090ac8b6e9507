"""Models are kept fitted beside the bot: every server that is due, whatever is wrong with another."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot import refitting
from bot.refitting import keep_fitted, refit_all
from planning.accounts import Account, Engagement
from planning.audit import Action, AuditEntry
from planning.errors import DatabaseUnavailable
from planning.estimates.model import FORMULA
from planning.platform import Platform
from planning.ports import Store
from planning.records import AccountChange, FittedModel
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATIENCE = 20


class Clock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Flawed:
    """A database that tells how often it was looked through, and in which some servers can't be read or written."""

    def __init__(self, database: SqlDatabase, *, unreadable: dict[int, Exception], gone: bool = False) -> None:
        self._database = database
        self._unreadable = unreadable
        self.gone = gone
        self.looks = asyncio.Queue[None]()

    async def list_guilds(self) -> list[int]:
        self.looks.put_nowait(None)
        if self.gone:
            raise DatabaseUnavailable
        return await self._database.list_guilds()

    def reading(self, guild_id: int) -> AbstractAsyncContextManager[Store]:
        return self._reading(guild_id)

    @asynccontextmanager
    async def _reading(self, guild_id: int) -> AsyncGenerator[Store]:
        if guild_id in self._unreadable:
            raise self._unreadable[guild_id]
        async with self._database.reading(guild_id) as store:
            yield store

    def writing(self, guild_id: int) -> AbstractAsyncContextManager[Store]:
        return self._database.writing(guild_id)


async def enrol(database: SqlDatabase, guild: int, *handles: str) -> None:
    """Accounts with likes and without an estimate, as a database has them that an older version filled."""
    accounts = [
        Account(
            Platform.INSTAGRAM,
            handle,
            1_000 + 300 * place,
            NOW,
            engagement=Engagement(likes=50.0 + place, comments=2.0, posts=12),
            engagement_at=NOW,
            niches=("food",),
        )
        for place, handle in enumerate(handles)
    ]
    entry = AuditEntry(NOW, 10, Action.IMPORTED)
    async with database.writing(guild) as store:
        await store.accounts.write([AccountChange(None, account, (), entry) for account in accounts])


async def model(database: SqlDatabase, guild: int) -> FittedModel | None:
    async with database.reading(guild) as store:
        return await store.models.load()


async def estimates(database: SqlDatabase, guild: int) -> list[bool]:
    """Of each account, whether it has an estimate by the server's own model."""
    fitted = await model(database, guild)
    async with database.reading(guild) as store:
        accounts = [account async for batch in store.accounts.stream() for account in batch]
    return [
        fitted is not None and account.estimate is not None and account.estimate.model == fitted.version
        for account in accounts
    ]


def events(logs: Sequence[Mapping[str, object]]) -> list[tuple[object, object, object]]:
    return [(log["log_level"], log["event"], log.get("guild_id")) for log in logs]


async def test_every_server_is_fitted_that_is_due(database: SqlDatabase) -> None:
    await enrol(database, 1, "ann", "bob")
    await enrol(database, 2, "cleo")
    async with database.writing(3) as store:
        await store.settings.save(replace(await store.settings.load(), currency="EUR"))
    with capture_logs() as logs:
        await refit_all(database, Clock())
    assert await estimates(database, 1) == [True, True]
    assert await estimates(database, 2) == [True]
    assert await model(database, 3) is None, "a server without accounts"
    assert events(logs) == [("info", "model fitted", 1), ("info", "model fitted", 2)]
    assert [(log["version"], log["accounts"], log["changed"]) for log in logs] == [
        (f"{FORMULA}.1", 2, 2), (f"{FORMULA}.1", 1, 1)
    ]  # fmt: skip
    with capture_logs() as logs:
        await refit_all(database, Clock())
    assert logs == [], "nothing was written since"


async def test_only_what_changed_is_fitted_again_a_day_later(database: SqlDatabase) -> None:
    clock = Clock()
    await enrol(database, 1, "ann")
    await enrol(database, 2, "bob")
    await refit_all(database, clock)
    await enrol(database, 1, "cleo")
    clock.now += timedelta(hours=2)
    await refit_all(database, clock)
    assert await estimates(database, 1) == [True, False], "too early for the one that has come since"
    clock.now += timedelta(days=1)
    with capture_logs() as logs:
        await refit_all(database, clock)
    assert events(logs) == [("info", "model fitted", 1)]
    assert await estimates(database, 1) == [True, True]
    fitted = await model(database, 1)
    assert fitted is not None
    assert (fitted.version.fit, fitted.fitted_at) == (2, clock.now)


async def test_one_that_fails_harms_no_other_and_is_logged(database: SqlDatabase) -> None:
    for guild in (1, 2, 3):
        await enrol(database, guild, "ann")
    flawed = Flawed(database, unreadable={1: ZeroDivisionError("of one server"), 2: DatabaseUnavailable()})
    with capture_logs() as logs:
        await refit_all(flawed, Clock())
    assert events(logs) == [
        ("error", "a model could not be fitted", 1),
        ("warning", "the database can't be reached: a model stays as it is for now", 2),
        ("info", "model fitted", 3),
    ]
    assert logs[0]["exc_info"], "with what went wrong"
    assert [await model(database, guild) for guild in (1, 2)] == [None, None]
    assert await estimates(database, 3) == [True]


async def test_a_database_that_is_gone_is_a_warning(sqlite_database: SqlDatabase) -> None:
    await enrol(sqlite_database, 1, "ann")
    with capture_logs() as logs:
        await refit_all(Flawed(sqlite_database, unreadable={}, gone=True), Clock())
    assert events(logs) == [
        ("warning", "the database can't be reached: models stay as they are for now", None),
    ]
    assert await model(sqlite_database, 1) is None


async def test_it_looks_again_and_again_until_it_is_cancelled(
    sqlite_database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refitting, "LOOK_SECONDS", 0.0)
    clock = Clock()
    await enrol(sqlite_database, 1, "ann")
    looked = Flawed(sqlite_database, unreadable={}, gone=True)
    keeping = asyncio.create_task(keep_fitted(looked, clock))
    async with asyncio.timeout(PATIENCE):
        await looked.looks.get()
        await looked.looks.get()
        assert await model(sqlite_database, 1) is None
        looked.gone = False
        await settled(looked)
        assert await estimates(sqlite_database, 1) == [True], "as soon as the database is back"
        await enrol(sqlite_database, 1, "bob")
        clock.now += timedelta(days=1)
        await settled(looked)
        assert await estimates(sqlite_database, 1) == [True, True]
        keeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await keeping


async def settled(looked: Flawed) -> None:
    """Wait until it has looked through everything once more: the second look from now begins where the first ended."""
    while not looked.looks.empty():
        looked.looks.get_nowait()
    for _ in range(2):
        await looked.looks.get()
