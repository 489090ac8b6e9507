"""When schedules run next, anew: their rule, their zone, or the rules of their zone have changed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from planning.errors import InvalidValue
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.scheduling.due import by_the_rules, planned, rewoken
from planning.scheduling.schedules import Schedule, Status


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
    """Plan anew what follows the server's time zone, which has changed; what is due already is posted first."""
    for schedule in await store.schedules.list_all():
        due = schedule.next_at is not None and schedule.next_at <= now
        if schedule.zone is None and schedule.status is Status.ACTIVE and not due:
            await store.schedules.save(planned(schedule, await zone_of(store, schedule), now))


async def follow_rules(database: Database, guild_id: int, now: datetime) -> int:
    """Plan anew what the rules of a time zone have moved, as this process knows them; how many those were."""
    async with database.reading(guild_id) as store:
        schedules = await store.schedules.list_all()
        zones = {one.id: await zone_of(store, one) for one in schedules}
    found = [one.id for one in schedules if by_the_rules(one, zones[one.id]) != one]
    if not found:
        return 0
    async with database.writing(guild_id) as store:
        for schedule_id in found:
            current = await store.schedules.get(schedule_id)
            if current is not None:
                await store.schedules.save(rewoken(by_the_rules(current, await zone_of(store, current)), now))
    return len(found)
