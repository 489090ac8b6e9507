"""Every server's imports in the background, claimed by one process at a time as schedules are (`schedule_queue`)."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import String, bindparam, exists, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.import_ports import ClaimedImport
from storage.engine import Engines
from storage.failures import connected
from storage.import_tables import import_job
from storage.tables import guild
from storage.types import UtcDateTime

_JOB, _EARLIER = import_job.c, import_job.alias("earlier").c
_NOW = bindparam("now", type_=UtcDateTime)
_EARLIEST = select(_JOB.wake_at).order_by(_JOB.wake_at).limit(1)
_ANOTHER_FIRST = exists().where(
    _EARLIER.guild_id == _JOB.guild_id,
    tuple_(_EARLIER.created_at, _EARLIER.token) < tuple_(_JOB.created_at, _JOB.token),
)
_WAITING = (
    select(_JOB.guild_id, _JOB.token)
    .where(_JOB.wake_at <= _NOW, ~_ANOTHER_FIRST)
    .order_by(_JOB.wake_at)
    .limit(1)
    # SQLite has one writer anyway, and no such words.
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(import_job)
    .where(tuple_(_JOB.guild_id, _JOB.token).in_(_WAITING))
    .values(claim=bindparam("claimer", type_=String), wake_at=bindparam("until", type_=UtcDateTime))
    .returning(_JOB.guild_id, _JOB.token)
)
_DISCORD_ID = select(guild.c.discord_id).where(guild.c.id == bindparam("small_id"))
_RELEASE = update(import_job).where(_JOB.claim.is_not(None)).values(claim=None, wake_at=_NOW)


class SqlImportQueue:
    """Implements `planning.import_ports.ImportQueue`."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def claim(self, claim: str, *, now: datetime, until: datetime) -> ClaimedImport | None:
        """Take the one that waits longest."""
        async with connected(self._engines.read) as connection:
            earliest = await connection.scalar(_EARLIEST)
        if earliest is None or earliest > now:
            return None  # mostly there is none, and looking again and again should keep no writer waiting
        async with self._writing() as connection:
            row = (await connection.execute(_CLAIM, {"now": now, "claimer": claim, "until": until})).one_or_none()
            if row is None:
                return None
            discord_id = await connection.scalar(_DISCORD_ID, {"small_id": row.guild_id})
        assert discord_id is not None
        return ClaimedImport(discord_id, row.token)

    async def release_all(self, now: datetime) -> int:
        """Give every claim back; how many those were."""
        async with self._writing() as connection:
            return (await connection.execute(_RELEASE, {"now": now})).rowcount

    @asynccontextmanager
    async def _writing(self) -> AsyncGenerator[AsyncConnection]:
        async with connected(self._engines.write) as connection, connection.begin():
            yield connection
