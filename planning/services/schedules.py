"""What a team does with its schedules: make one, look, change, pause, resume, run now, remove."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planning.cadence.rules import upcoming
from planning.caller import Caller
from planning.errors import InvalidValue
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import Pending
from planning.scheduling.due import planned, rewoken
from planning.scheduling.encoding import pack_draft, unpack_draft
from planning.scheduling.runs import Ended
from planning.scheduling.schedules import (
    Schedule,
    Seen,
    ShortlistTask,
    Status,
    same_question,
)
from planning.services.lists import find_named
from planning.services.meanings import Meanings
from planning.services.pending import claim
from planning.services.replanning import replanned, zone_of
from planning.services.schedule_names import free_name, must_be_free, must_have_room, renamed

SCHEDULE = "schedule"
SHOWN_DATES = 3
SHOWN_RUNS = 5
PENDING_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A schedule as it would be, the first instants at which it would post, and the token that confirms it.

    `list_name` is that of the list that an alert watches.
    """

    schedule: Schedule
    zone: ZoneInfo
    dates: list[datetime]
    token: str
    list_name: str | None


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule with its zone, its next instants, and how its last runs ended, newest first.

    `list_name` is that of the list that an alert watches, None also where it was deleted.
    """

    schedule: Schedule
    zone: ZoneInfo
    dates: list[datetime]
    runs: list[Ended]
    list_name: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change about a schedule: each function takes it as it is and gives it as it is to be.

    `replan` says that its next run is to be computed anew.
    """

    change: Callable[[Schedule], Schedule]
    new_name: str | None = None
    replan: bool = False


async def propose(
    database: Database, meanings: Meanings, caller: Caller, draft: Schedule, *, now: datetime
) -> Proposal:
    """Check a schedule, and keep it until it is confirmed. An empty name becomes that of its niche or list.

    Raises `NotAPlanner`, `InvalidValue`: TOO_MANY_SCHEDULES, SCHEDULE_NAME_TAKEN, NOT_A_LIST_NAME, NOT_A_NICHE,
    TIME_OVER.
    """
    caller.must_plan()
    await _must_mean(database, meanings, caller.guild_id, draft)
    async with database.writing(caller.guild_id) as store:
        await must_have_room(store)
        draft = replace(draft, name=await free_name(store, draft))
        zone = await zone_of(store, draft)
        dates = upcoming(draft.cadence, zone, now, SHOWN_DATES)
        if not dates:
            raise InvalidValue("when", "", Reason.TIME_OVER)
        token = secrets.token_urlsafe(9)
        await store.pending.purge(before=now - PENDING_FOR)
        await store.pending.put(Pending(token, SCHEDULE, caller.user_id, now, pack_draft(draft)))
        return Proposal(draft, zone, dates, token, await _list_name(store, draft))


async def find_proposed(database: Database, caller: Caller, token: str) -> Schedule | None:
    """The schedule that waits under this token; None where it is confirmed or cancelled already."""
    async with database.reading(caller.guild_id) as store:
        pending = await store.pending.find(token)
    return unpack_draft(pending.payload) if pending else None


async def confirm(database: Database, caller: Caller, token: str, *, now: datetime) -> ScheduleView:
    """Make the schedule that was proposed. Raises `Expired`, `NotYours`, and as `propose`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
        draft = unpack_draft(pending.payload)
        await must_have_room(store)
        await must_be_free(store, draft.name)
        zone = await zone_of(store, draft)
        schedule = planned(replace(draft, seen=Seen(trail=await store.models.trail())), zone, now)
        if schedule.next_at is None:
            raise InvalidValue("when", "", Reason.TIME_OVER)
        schedule = replace(schedule, id=await store.schedules.create(schedule))
        return await _view(store, schedule, now)


async def list_schedules(database: Database, caller: Caller) -> list[ScheduleView]:
    """Every schedule, the next to come first, with its next instant and how its last run ended."""
    async with database.reading(caller.guild_id) as store:
        last = await store.schedules.list_last_runs()
        views = [
            ScheduleView(
                schedule,
                await zone_of(store, schedule),
                [schedule.next_at] if schedule.status is Status.ACTIVE and schedule.next_at else [],
                [last[schedule.id]] if schedule.id in last else [],
                await _list_name(store, schedule),
            )
            for schedule in await store.schedules.list_all()
        ]
    return sorted(views, key=lambda view: (not view.dates, view.dates))


async def suggest_schedules(database: Database, guild_id: int, text: str) -> list[Schedule]:
    """The schedules whose name contains the text, by name; for autocomplete."""
    async with database.reading(guild_id) as store:
        return await store.schedules.list_all(containing=text.strip())


async def show_schedule(database: Database, caller: Caller, name: str, *, now: datetime) -> ScheduleView:
    """The schedule of this name. Raises `InvalidValue` (NO_SUCH_SCHEDULE)."""
    async with database.reading(caller.guild_id) as store:
        return await _view(store, await find_schedule(store, name), now)


async def show_by_id(database: Database, caller: Caller, schedule_id: int, *, now: datetime) -> ScheduleView:
    """The schedule of this id. Raises `InvalidValue` (SCHEDULE_GONE)."""
    async with database.reading(caller.guild_id) as store:
        return await _view(store, await _by_id(store, schedule_id), now)


async def edit(
    database: Database, meanings: Meanings, caller: Caller, name: str, wanted: Edit, *, now: datetime
) -> ScheduleView:
    """Change a schedule. Raises `InvalidValue` as `propose`, and NO_SUCH_SCHEDULE; nothing is changed then."""
    caller.must_plan()
    async with database.reading(caller.guild_id) as store:
        changed = wanted.change(await find_schedule(store, name))
    await _must_mean(database, meanings, caller.guild_id, changed)
    async with database.writing(caller.guild_id) as store:
        before = await find_schedule(store, name)
        changed = wanted.change(before)
        if wanted.new_name is not None:
            changed = replace(changed, name=await renamed(store, before, wanted.new_name))
        if wanted.replan:
            over = changed.status is Status.DONE
            changed = await replanned(store, replace(changed, status=Status.ACTIVE) if over else changed, now)
        if not same_question(changed.task, before.task):
            # Another question: what the last post showed is no measure for it, nor what one on its way shows.
            seen = Seen(trail=await store.models.trail())
            attempt = changed.attempt and replace(changed.attempt, seen=seen)
            changed = replace(changed, seen=seen, attempt=attempt)
        await store.schedules.save(changed)
        return await _view(store, changed, now)


async def pause(database: Database, caller: Caller, schedule_id: int, *, now: datetime) -> ScheduleView:
    """Post nothing until it is resumed. Raises `InvalidValue` (SCHEDULE_GONE, NOT_RUNNING)."""

    async def paused(_store: Store, schedule: Schedule) -> Schedule:
        if schedule.status is not Status.ACTIVE:
            raise InvalidValue("schedule", schedule.name, Reason.NOT_RUNNING)
        return rewoken(replace(schedule, status=Status.PAUSED, manual_at=None), now)

    return await _change(database, caller, schedule_id, paused, now)


async def resume(database: Database, caller: Caller, schedule_id: int, *, now: datetime) -> ScheduleView:
    """Post again, from the next time on. Raises `InvalidValue` (SCHEDULE_GONE, RUNNING, TIME_OVER)."""

    async def resumed(store: Store, schedule: Schedule) -> Schedule:
        if schedule.status is Status.ACTIVE:
            raise InvalidValue("schedule", schedule.name, Reason.RUNNING)
        return await replanned(store, replace(schedule, status=Status.ACTIVE, notice=None), now)

    return await _change(database, caller, schedule_id, resumed, now)


async def run_now(database: Database, caller: Caller, schedule_id: int, *, now: datetime) -> ScheduleView:
    """Have it post as soon as may be; its rhythm stays. Raises `InvalidValue` (SCHEDULE_GONE)."""

    async def asked(_store: Store, schedule: Schedule) -> Schedule:
        # Asked for twice before it could be done, it is done once.
        at = schedule.manual_at or now.replace(microsecond=0)
        return rewoken(replace(schedule, manual_at=at), now)

    return await _change(database, caller, schedule_id, asked, now)


async def find_watched(database: Database, caller: Caller, name: str) -> int:
    """The id of the list that an alert is to watch. Raises `InvalidValue` (NO_SUCH_LIST)."""
    async with database.reading(caller.guild_id) as store:
        return (await find_named(store, name)).id


async def find_by_id(database: Database, caller: Caller, schedule_id: int) -> Schedule:
    """The schedule that a planner is to change. Raises `InvalidValue` (SCHEDULE_GONE), `NotAPlanner`."""
    caller.must_plan()
    async with database.reading(caller.guild_id) as store:
        return await _by_id(store, schedule_id)


async def find_to_change(database: Database, caller: Caller, name: str) -> Schedule:
    """The schedule that a planner is to change. Raises `InvalidValue` (NO_SUCH_SCHEDULE), `NotAPlanner`."""
    caller.must_plan()
    async with database.reading(caller.guild_id) as store:
        return await find_schedule(store, name)


async def remove(database: Database, caller: Caller, schedule_id: int) -> Schedule:
    """Delete a schedule; its posts stay. Raises `InvalidValue` (SCHEDULE_GONE)."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        schedule = await _by_id(store, schedule_id)
        await store.schedules.remove(schedule_id)
    return schedule


async def find_schedule(store: Store, name: str) -> Schedule:
    """The schedule of this name. Raises `InvalidValue` (NO_SUCH_SCHEDULE)."""
    schedule = await store.schedules.find(name.strip())
    if schedule is None:
        raise InvalidValue("schedule", name, Reason.NO_SUCH_SCHEDULE)
    return schedule


async def _by_id(store: Store, schedule_id: int) -> Schedule:
    schedule = await store.schedules.get(schedule_id)
    if schedule is None:
        raise InvalidValue("schedule", "", Reason.SCHEDULE_GONE)
    return schedule


async def _change(
    database: Database,
    caller: Caller,
    schedule_id: int,
    change: Callable[[Store, Schedule], Awaitable[Schedule]],
    now: datetime,
) -> ScheduleView:
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        changed = await change(store, await _by_id(store, schedule_id))
        await store.schedules.save(changed)
        return await _view(store, changed, now)


async def _view(store: Store, schedule: Schedule, now: datetime) -> ScheduleView:
    zone = await zone_of(store, schedule)
    dates = upcoming(schedule.cadence, zone, now, SHOWN_DATES) if schedule.status is Status.ACTIVE else []
    runs = await store.schedules.list_runs(schedule.id, limit=SHOWN_RUNS)
    return ScheduleView(schedule, zone, dates, runs, await _list_name(store, schedule))


async def _list_name(store: Store, schedule: Schedule) -> str | None:
    task = schedule.task
    if isinstance(task, ShortlistTask) or task.list_id is None:
        return None
    entry = await store.lists.get(task.list_id)
    return entry.name if entry else None


async def _must_mean(database: Database, meanings: Meanings, guild_id: int, schedule: Schedule) -> None:
    """Raises `InvalidValue` (NOT_A_NICHE) where no tag surely means the niche."""
    task = schedule.task
    niche = task.query.niche if isinstance(task, ShortlistTask) else task.niche
    if niche is not None and not (await meanings.match(database, guild_id, niche)).tags:
        raise InvalidValue("niche", niche, Reason.NOT_A_NICHE)
