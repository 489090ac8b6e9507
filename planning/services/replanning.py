"""When schedules run next, anew: their rule, their zone, or the rules of their zone have changed."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planning.cadence.rules import next_run
from planning.errors import InvalidValue
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.scheduling.due import planned, rewoken
from planning.scheduling.schedules import Schedule, Status

MOVED = timedelta(hours=4)
"""A change of a zone's rules moves an instant by less than this."""


async def zone_of(store: Store, schedule: Schedule) -> ZoneInfo:
    """The schedule's own zone, or the server's."""
    return ZoneInfo(schedule.zone or (await store.settings.load()).timezone)


async def replanned(store: Store, schedule: Schedule, now: datetime) -> Schedule:
    """The schedule with its next run from now on. Raises `InvalidValue` (TIME_OVER) where an active one has none."""
    found = planned(schedule, await zone_of(store, schedule), now)
    if found.status is Status.ACTIVE and found.next_at is None:
        raise InvalidValue("when", "", Reason.TIME_OVER)
    return found


async def follow_zone(store: Store, now: datetime) -> None:
    """Plan anew what follows the server's time zone, which has changed."""
    for schedule in await store.schedules.list_all():
        if schedule.zone is None and schedule.status is Status.ACTIVE:
            await store.schedules.save(planned(schedule, await zone_of(store, schedule), now))


async def follow_rules(database: Database, guild_id: int, now: datetime) -> int:
    """Plan anew what the rules of a time zone have moved, as this process knows them; how many those were."""
    async with database.reading(guild_id) as store:
        timezone = (await store.settings.load()).timezone
        found = [one.id for one in await store.schedules.list_all() if _by_the_rules(one, timezone) != one]
    if not found:
        return 0
    async with database.writing(guild_id) as store:
        for schedule_id in found:
            current = await store.schedules.get(schedule_id)
            if current is not None:
                await store.schedules.save(rewoken(_by_the_rules(current, timezone), now))
    return len(found)


def _by_the_rules(schedule: Schedule, timezone: str) -> Schedule:
    """The same run of the schedule, at the instant that it has by the zone's rules."""
    if schedule.status is not Status.ACTIVE or schedule.next_at is None or schedule.attempt is not None:
        return schedule
    zone = ZoneInfo(schedule.zone or timezone)
    return replace(schedule, next_at=next_run(schedule.cadence, zone, schedule.next_at - MOVED) or schedule.next_at)
