"""Schedules, how their runs ended, and what alerts look at."""

import json
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Insert, Integer, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.cadence.rules import Cadence
from planning.scheduling.alerts import FollowersChange
from planning.scheduling.encoding import (
    pack_attempt,
    pack_notice,
    pack_seen,
    pack_task,
    unpack_attempt,
    unpack_notice,
    unpack_seen,
    unpack_task,
)
from planning.scheduling.runs import Ended
from planning.scheduling.schedules import Run, Schedule
from storage.repositories.counters import take_numbers
from storage.rows import fold
from storage.schedule_tables import schedule, schedule_run
from storage.tables import account, account_niche, audit_entry, niche
from storage.upserts import insert_into

KEPT_RUNS = timedelta(days=100)
"""How long it is kept how a run ended."""

_SCHEDULE, _RUN, _AUDIT = schedule.c, schedule_run.c, audit_entry.c
_GUILD = bindparam("small_id", type_=Integer)
_ID = bindparam("of_schedule", type_=Integer)
_ALL = select(schedule).where(_SCHEDULE.guild_id == _GUILD).order_by(_SCHEDULE.folded)
_GET = select(schedule).where(_SCHEDULE.guild_id == _GUILD, _SCHEDULE.id == _ID)
_FIND = select(schedule).where(_SCHEDULE.guild_id == _GUILD, _SCHEDULE.folded == bindparam("wanted"))
_COUNT = select(func.count()).select_from(schedule).where(_SCHEDULE.guild_id == _GUILD)
# Built once, as the others: each post saves twice.
_NEW: dict[str, Any] = {column.name: bindparam(f"new_{column.name}") for column in _SCHEDULE if not column.primary_key}
_SAVE = update(schedule).where(_SCHEDULE.guild_id == _GUILD, _SCHEDULE.id == _ID).values(_NEW)
_REMOVES = [
    delete(schedule_run).where(_RUN.guild_id == _GUILD, _RUN.schedule_id == _ID),
    delete(schedule).where(_SCHEDULE.guild_id == _GUILD, _SCHEDULE.id == _ID),
]
_RUNS = select(schedule_run).where(_RUN.guild_id == _GUILD)
_RUNS_OF = _RUNS.where(_RUN.schedule_id == _ID).order_by(_RUN.ended_at.desc(), _RUN.due_at.desc())
_PURGE_RUNS = delete(schedule_run).where(
    _RUN.guild_id == _GUILD, _RUN.schedule_id == _ID, _RUN.ended_at < bindparam("before")
)
_NEWEST = (
    select(_RUN.schedule_id, func.max(_RUN.ended_at).label("ended_at"))
    .where(_RUN.guild_id == _GUILD)
    .group_by(_RUN.schedule_id)
    .subquery()
)
_LAST_RUNS = (
    _RUNS.join(_NEWEST, (_NEWEST.c.schedule_id == _RUN.schedule_id) & (_NEWEST.c.ended_at == _RUN.ended_at))
).order_by(_RUN.due_at)


class SqlSchedules:
    """Implements `planning.scheduling.ports.ScheduleRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def create(self, entry: Schedule) -> int:
        """Keep a new schedule; its id. Its name must be free."""
        schedule_id = await take_numbers(self._connection, self._guild_id, "next_schedule_id", 1)
        values = {"guild_id": self._guild_id, "id": schedule_id, **_values(entry)}
        await self._connection.execute(insert(schedule), values)
        return schedule_id

    async def get(self, schedule_id: int) -> Schedule | None:
        """The schedule, or None."""
        return _to_schedule((await self._connection.execute(_GET, self._of(schedule_id))).one_or_none())

    async def find(self, name: str) -> Schedule | None:
        """The schedule of this name, or None."""
        wanted = {"small_id": self._guild_id, "wanted": fold(name)}
        return _to_schedule((await self._connection.execute(_FIND, wanted)).one_or_none())

    async def list_all(self, *, containing: str = "") -> list[Schedule]:
        """The schedules whose name contains the text, by name."""
        statement = _ALL.where(_SCHEDULE.folded.contains(fold(containing), autoescape=True)) if containing else _ALL
        rows = await self._connection.execute(statement, {"small_id": self._guild_id})
        return [found for row in rows if (found := _to_schedule(row))]

    async def count(self) -> int:
        """How many schedules there are."""
        return await self._connection.scalar(_COUNT, {"small_id": self._guild_id}) or 0

    async def save(self, entry: Schedule) -> None:
        """Keep a schedule as it is now."""
        values = {f"new_{name}": value for name, value in _values(entry).items()}
        await self._connection.execute(_SAVE, values | self._of(entry.id))

    async def remove(self, schedule_id: int) -> None:
        """Delete it with its runs."""
        for statement in _REMOVES:
            await self._connection.execute(statement, self._of(schedule_id))

    async def end(self, schedule_id: int, ended: Ended) -> None:
        """Keep how a run ended."""
        values = {
            "guild_id": self._guild_id,
            "schedule_id": schedule_id,
            "reference": ended.reference,
            "due_at": ended.run.at,
            "manual": ended.run.manual,
            "ended_at": ended.at,
            "outcome": ended.outcome,
            "message_id": ended.message_id,
            "attempts": ended.attempts,
        }
        await self._connection.execute(_PURGE_RUNS, self._of(schedule_id) | {"before": ended.at - KEPT_RUNS})
        await self._connection.execute(_keep_run(self._connection.dialect.name), values)

    async def list_runs(self, schedule_id: int, *, limit: int) -> list[Ended]:
        """How its last runs ended, newest first."""
        rows = await self._connection.execute(_RUNS_OF.limit(limit), self._of(schedule_id))
        return [_to_ended(row) for row in rows]

    async def list_last_runs(self) -> dict[int, Ended]:
        """How the newest run of each schedule ended, by the schedule's id."""
        rows = await self._connection.execute(_LAST_RUNS, {"small_id": self._guild_id})
        return {row.schedule_id: _to_ended(row) for row in rows}

    async def list_followers_changes(
        self, first: int, end: int, *, niches: Sequence[str] = (), account_ids: Sequence[int] = ()
    ) -> list[FollowersChange]:
        """The changes of followers in this part of the trail, of these accounts, in their order."""
        statement = (
            select(_AUDIT.account_id, _AUDIT.before, _AUDIT.after)
            .where(
                _AUDIT.guild_id == self._guild_id,
                _AUDIT.account_id.in_(self._members(niches, account_ids)),
                *(_AUDIT.id >= first, _AUDIT.id < end),
                _AUDIT.before.contains('"followers"'),
            )
            .order_by(_AUDIT.account_id, _AUDIT.id)
        )
        rows = await self._connection.execute(statement)
        told = [(row.account_id, json.loads(row.before), json.loads(row.after)) for row in rows]
        # The word may also be a niche's name.
        return [
            FollowersChange(one, was["followers"], now["followers"]) for one, was, now in told if "followers" in was
        ]

    async def list_members(self, *, niches: Sequence[str] = (), account_ids: Sequence[int] = ()) -> list[int]:
        """The ids of the accounts with any of these niches, and of those of these ids that exist."""
        statement = self._members(niches, account_ids).order_by(account.c.id)
        return list(await self._connection.scalars(statement))

    def _members(self, niches: Sequence[str], account_ids: Sequence[int]) -> Any:
        carriers = (
            select(account_niche.c.account_id)
            .join(niche, (niche.c.guild_id == account_niche.c.guild_id) & (niche.c.id == account_niche.c.niche_id))
            .where(account_niche.c.guild_id == self._guild_id, niche.c.name.in_(niches))
        )
        named = or_(account.c.id.in_(carriers), account.c.id.in_(account_ids))
        return select(account.c.id).where(account.c.guild_id == self._guild_id, named)

    def _of(self, schedule_id: int) -> dict[str, object]:
        return {"small_id": self._guild_id, "of_schedule": schedule_id}


@cache
def _keep_run(dialect: str) -> Insert:
    statement = insert_into(schedule_run, dialect)
    kept = {name: statement.excluded[name] for name in ("ended_at", "outcome", "message_id", "attempts")}
    return statement.on_conflict_do_update(index_elements=[_RUN.guild_id, _RUN.schedule_id, _RUN.reference], set_=kept)


def _values(entry: Schedule) -> dict[str, object]:
    return {
        "name": entry.name,
        "folded": fold(entry.name),
        "task": pack_task(entry.task),
        "cadence": entry.cadence.to_text(),
        "zone": entry.zone,
        "channel_id": entry.channel_id,
        "created_by": entry.created_by,
        "created_at": entry.created_at,
        "mention_role_id": entry.mention_role_id,
        "unchanged": entry.unchanged,
        "grace_seconds": int(entry.grace.total_seconds()),
        "status": entry.status,
        "next_at": entry.next_at,
        "manual_at": entry.manual_at,
        "wake_at": entry.wake_at,
        "claim": entry.claim,
        "attempts": entry.attempts,
        "attempt": pack_attempt(entry.attempt),
        "seen": pack_seen(entry.seen),
        "notice": pack_notice(entry.notice),
    }


def _to_schedule(row: Any) -> Schedule | None:
    if row is None:
        return None
    return Schedule(
        name=row.name,
        task=unpack_task(row.task),
        cadence=Cadence.from_text(row.cadence),
        zone=row.zone,
        channel_id=row.channel_id,
        created_by=row.created_by,
        created_at=row.created_at,
        mention_role_id=row.mention_role_id,
        unchanged=row.unchanged,
        grace=timedelta(seconds=row.grace_seconds),
        id=row.id,
        status=row.status,
        next_at=row.next_at,
        manual_at=row.manual_at,
        wake_at=row.wake_at,
        claim=row.claim,
        attempts=row.attempts,
        attempt=unpack_attempt(row.attempt),
        seen=unpack_seen(row.seen),
        notice=unpack_notice(row.notice),
    )


def _to_ended(row: Any) -> Ended:
    run = Run(row.due_at, bool(row.manual))
    return Ended(run, row.ended_at, row.outcome, row.reference, row.message_id, row.attempts)
