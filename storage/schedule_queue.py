"""Every server's schedules by when they are to be woken: claimed by one process at a time.

A claim is one conditional UPDATE. It puts the time to wake to the claim's end, so that the schedules of a process that
died come up by themselves.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import Integer, String, bindparam, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.scheduling.ports import Claimed, Health
from planning.scheduling.runs import LATE
from planning.scheduling.schedules import Status
from storage.engine import Engines
from storage.failures import connected
from storage.schedule_tables import schedule
from storage.tables import guild
from storage.types import UtcDateTime

_SCHEDULE = schedule.c
_NOW = bindparam("now", type_=UtcDateTime)
_EARLIEST = select(_SCHEDULE.wake_at).where(_SCHEDULE.wake_at.is_not(None)).order_by(_SCHEDULE.wake_at).limit(1)
_WAITING = (
    select(_SCHEDULE.guild_id, _SCHEDULE.id)
    .where(_SCHEDULE.wake_at <= _NOW)
    .order_by(_SCHEDULE.wake_at)
    .limit(bindparam("at_most", type_=Integer))
    # SQLite has one writer anyway, and no such words.
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(schedule)
    .where(tuple_(_SCHEDULE.guild_id, _SCHEDULE.id).in_(_WAITING))
    .values(claim=bindparam("claimer", type_=String), wake_at=bindparam("until", type_=UtcDateTime))
    .returning(_SCHEDULE.guild_id, _SCHEDULE.id)
)
_DISCORD_IDS = select(guild.c.id, guild.c.discord_id).where(guild.c.id.in_(bindparam("ids", expanding=True)))
_RELEASE = update(schedule).where(_SCHEDULE.claim.is_not(None)).values(claim=None, wake_at=_NOW)
_FREE = _SCHEDULE.claim.is_(None)
_DUE = (_SCHEDULE.wake_at <= _NOW) & _FREE
_HEALTH = (
    select(
        guild.c.discord_id,
        func.count(),
        func.count().filter(_DUE),
        func.count().filter((_SCHEDULE.wake_at <= bindparam("late", type_=UtcDateTime)) & _FREE),
        func.count().filter(_SCHEDULE.status == Status.HALTED),
        func.count().filter(_SCHEDULE.status == Status.DEAD),
        func.min(_SCHEDULE.wake_at, type_=UtcDateTime).filter(_DUE),
    )
    .join(guild, guild.c.id == _SCHEDULE.guild_id)
    .group_by(guild.c.discord_id)
    .order_by(guild.c.discord_id)
)


class SqlScheduleQueue:
    """Implements `planning.scheduling.ports.ScheduleQueue`."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def earliest(self) -> datetime | None:
        """When the first schedule is to be woken; None: none ever."""
        async with connected(self._engines.read) as connection:
            return await connection.scalar(_EARLIEST)

    async def claim(self, claim: str, *, now: datetime, until: datetime, limit: int) -> list[Claimed]:
        """Take at most so many of those that are due, longest waiting first."""
        async with self._writing() as connection:
            wanted = {"now": now, "at_most": limit, "claimer": claim, "until": until}
            taken = [tuple(row) for row in await connection.execute(_CLAIM, wanted)]
            if not taken:
                return []
            rows = await connection.execute(_DISCORD_IDS, {"ids": list({small_id for small_id, _ in taken})})
            discord_ids = {row.id: row.discord_id for row in rows}
        return [Claimed(discord_ids[small_id], schedule_id) for small_id, schedule_id in taken]

    async def release_all(self, now: datetime) -> int:
        """Give every claim back; how many those were."""
        async with self._writing() as connection:
            return (await connection.execute(_RELEASE, {"now": now})).rowcount

    async def health(self, now: datetime) -> list[Health]:
        """How the schedules of each server that has any stand."""
        async with connected(self._engines.read) as connection:
            rows = await connection.execute(_HEALTH, {"now": now, "late": now - LATE})
            return [Health(*row) for row in rows]

    @asynccontextmanager
    async def _writing(self) -> AsyncGenerator[AsyncConnection]:
        async with connected(self._engines.write) as connection, connection.begin():
            yield connection
