"""What runs imports in the background goes on whatever happens, and leaves its work to the next when it is stopped."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot import importing
from bot.importing import Importer
from planning.errors import DatabaseUnavailable
from planning.import_ports import ClaimedImport
from planning.services.background_imports import LEASE, Step
from planning.services.import_reporting import End

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = ClaimedImport(1, "one")
PATIENCE = 20


@dataclass
class Queue:
    """Gives what it holds, one after another."""

    waiting: list[ClaimedImport | Exception] = field(default_factory=list[ClaimedImport | Exception])
    released: int = 0

    async def claim(self, claim: str, *, now: datetime, until: datetime) -> ClaimedImport | None:
        del claim
        assert until - now == LEASE
        if not self.waiting:
            return None
        first = self.waiting.pop(0)
        if isinstance(first, Exception):
            raise first
        return first

    async def release_all(self, now: datetime) -> int:
        assert now == NOW
        self.released += 1
        return 1


@dataclass
class Imports:
    """Does what it is told about each, and keeps what was asked for."""

    do: Callable[[], Awaitable[End | Step]]
    asked: list[str] = field(default_factory=list[str])
    lease: timedelta = LEASE
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def work(self, claimed: ClaimedImport, claim: str) -> End | Step:
        del claimed, claim
        self.asked.append("work")
        done = await self.do()
        self.ended.set()
        return done

    async def failed(self, claimed: ClaimedImport, claim: str) -> End | Step:
        del claimed, claim
        self.asked.append("failed")
        return Step.POSTPONED

    async def release(self, claimed: ClaimedImport, claim: str) -> None:
        del claimed, claim
        self.asked.append("release")


async def end() -> End:
    return End.DONE


async def crash() -> End:
    raise ZeroDivisionError


async def lose_the_database() -> End:
    raise DatabaseUnavailable


def importer(queue: Queue, imports: Imports, *, ready: bool = True) -> Importer:
    return Importer(queue, imports, lambda: NOW, lambda: ready)  # type: ignore[arg-type]


async def test_one_after_another_is_run_and_logged() -> None:
    imports = Imports(end)
    work = importer(Queue([ONE, ClaimedImport(2, "two")]), imports)
    with capture_logs() as logs:
        assert [await work.look() for _ in range(3)] == [True, True, False]
    assert [(log["guild_id"], log["token"], log["outcome"]) for log in logs] == [(1, "one", "done"), (2, "two", "done")]


async def test_without_discord_none_is_begun() -> None:
    queue = Queue([ONE])
    assert not await importer(queue, Imports(end), ready=False).look()
    assert queue.waiting == [ONE]


async def test_one_that_fails_is_said_to_have_failed() -> None:
    imports = Imports(crash)
    with capture_logs() as logs:
        assert await importer(Queue([ONE]), imports).look()
    assert imports.asked == ["work", "failed"]
    assert [log["event"] for log in logs] == ["an import failed", "import worked on"]


async def test_one_that_lost_the_database_has_not_failed() -> None:
    imports = Imports(lose_the_database)
    with pytest.raises(DatabaseUnavailable):
        await importer(Queue([ONE]), imports).look()
    assert imports.asked == ["work"]


async def test_it_looks_again_whatever_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LOOK_SECONDS", 0.0)
    imports = Imports(end)
    queue = Queue([DatabaseUnavailable(), ZeroDivisionError(), ONE])
    with capture_logs() as logs:
        task = asyncio.create_task(importer(queue, imports).keep_importing(alone=True))
        async with asyncio.timeout(PATIENCE):
            await imports.ended.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert queue.released == 1
    assert [log["event"] for log in logs][:3] == [
        "taking up imports that the last process left",
        "the database can't be reached: imports are taken up again later",
        "looking for imports failed",
    ]


async def test_one_that_is_stopped_is_given_back_at_once() -> None:
    begun = asyncio.Event()

    async def never_end() -> End:
        begun.set()
        await asyncio.Event().wait()
        return End.DONE

    imports = Imports(never_end)
    task = asyncio.create_task(importer(Queue([ONE]), imports).keep_importing(alone=False))
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert imports.asked == ["work", "release"]
