"""Makes what is due: looks every second, claims what nobody else is at, and works on many at a time."""

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

import structlog

from planning.errors import DatabaseUnavailable
from planning.ports import Database
from planning.scheduling.ports import Claimed, ScheduleQueue
from planning.services.deliveries import Deliveries, Step, Worked
from planning.services.meanings import Meanings
from planning.services.publishing import Publisher
from planning.services.replanning import follow_rules

LOOK_SECONDS = 1.0
"""How often it looks for what is due."""
ZONES_PAUSE_SECONDS = 0.02
"""Between two servers whose schedules are planned anew at the start: commands and posts come first."""
LEASE = timedelta(minutes=4)
"""So long a claim holds: where the process dies, others take its schedules up after that."""
WORK_SECONDS = 200.0
"""So long the work on one schedule may take: less than a claim."""
AT_ONCE = 512
"""Schedules that are worked on at a time: nearly all of that time is waiting for Discord. Where many posts go to one
channel, which takes one a second, those for other channels go on."""
TOGETHER = 16
"""Schedules that are claimed at a time: the event loop is free between them."""
AGAIN_SECONDS = 0.25
"""How soon it looks again where it took as many: with that, 64 a second."""
DELIVERY = "microscout-delivery"
"""How the tasks are named in which posts are made: they are finished before the process ends."""

Result = TypeVar("Result")

_log = structlog.stdlib.get_logger("microscout.scheduling")


class Counting(Protocol):
    """What counts the scheduler's work."""

    def delivery(self, outcome: str) -> None:
        """A schedule was worked on, with this outcome."""
        ...

    def schedule_lag(self, seconds: float) -> None:
        """So long has the oldest due schedule waited."""
        ...


class Scheduler:
    """Works through the queue while `ready` says that Discord is there. `counting` is told of all that is done.

    `lease` is how long a claim holds.
    """

    def __init__(
        self,
        database: Database,
        queue: ScheduleQueue,
        deliveries: Deliveries,
        clock: Callable[[], datetime],
        ready: Callable[[], bool],
        counting: Counting | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self._database = database
        self._queue = queue
        self._deliveries = deliveries
        self._clock = clock
        self._ready = ready
        self._counting = counting
        self._lease = lease
        self._running: set[asyncio.Task[None]] = set()

    async def keep_posting(self, *, alone: bool) -> None:
        """Look for what is due, again and again, until cancelled.

        `alone` says that no other process can be at it: the claims of one that died need not run out first.
        """
        begun = not alone
        async with asyncio.TaskGroup() as beside:
            beside.create_task(self.follow_zones(), name="microscout-time-zones")
            while True:
                taken = 0
                try:
                    if not begun:
                        await self.take_up()
                        begun = True
                    taken = await self.look()
                except DatabaseUnavailable:
                    _log.warning("the database can't be reached: nothing is posted for now")
                except Exception:  # noqa: BLE001 - an edge: whatever it is, the next look may succeed
                    _log.exception("looking for what is due failed")
                await asyncio.sleep(LOOK_SECONDS if taken < TOGETHER else AGAIN_SECONDS)

    async def take_up(self) -> None:
        """Take up what an earlier process left."""
        if released := await self._queue.release_all(self._clock()):
            _log.info("taking up what the last process left", schedules=released)

    async def follow_zones(self) -> None:
        """Plan by the rules of time zones as they are known now, one server after another.

        That takes a while where there are many; whatever comes due before is planned anew when it is claimed.
        """
        for guild_id in await self._patiently(self._database.list_guilds):
            await self._follow_rules(guild_id)
            await asyncio.sleep(ZONES_PAUSE_SECONDS)

    async def _follow_rules(self, guild_id: int) -> None:
        try:
            moved = await self._patiently(partial(follow_rules, self._database, guild_id, self._clock()))
        except Exception:  # noqa: BLE001 - an edge: one server whose schedules can't be read harms no other
            _log.exception("planning by the rules of time zones failed", guild_id=guild_id)
            return
        if moved:
            _log.info("planned by new rules of a time zone", guild_id=guild_id, schedules=moved)

    async def _patiently(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """The same again until the database can be reached."""
        while True:
            try:
                return await work()
            except DatabaseUnavailable:
                await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> int:
        """Claim what is due, as much as can be worked on, and begin with it; how many those were."""
        room = AT_ONCE - len(self._running)
        now = self._clock()
        earliest = await self._queue.earliest()
        if self._counting is not None:
            self._counting.schedule_lag(max(0.0, (now - earliest).total_seconds()) if earliest else 0.0)
        if not self._ready() or room <= 0 or earliest is None or earliest > now:
            return 0
        claim = secrets.token_hex(8)
        claimed = await self._queue.claim(claim, now=now, until=now + self._lease, limit=min(room, TOGETHER))
        for one in claimed:
            task = asyncio.create_task(self._work(one, claim), name=f"{DELIVERY}-{one.guild_id}-{one.schedule_id}")
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return len(claimed)

    async def finish(self) -> None:
        """Wait for what was begun."""
        while self._running:
            await asyncio.wait(self._running)

    async def _work(self, claimed: Claimed, claim: str) -> None:
        """Work on one schedule; whatever goes wrong with it, the others are worked on."""
        about = {"guild_id": claimed.guild_id, "schedule_id": claimed.schedule_id}
        try:
            async with asyncio.timeout(WORK_SECONDS):
                worked = await self._deliveries.work(claimed, claim)
        except DatabaseUnavailable:
            _log.warning("the database can't be reached: the schedule is taken up again later", **about)
            return
        except Exception as error:  # noqa: BLE001 - an edge: one schedule that fails harms no other
            _log.exception("a scheduled post failed", **about)
            worked = await self._failed(claimed, claim, error)
        if worked is None or worked.step is Step.NOTHING:
            return
        if self._counting is not None:
            self._counting.delivery(worked.step.value)
        _log.info(
            "schedule worked on",
            **about,
            outcome=worked.step.value,
            reference=worked.reference,
            message_id=worked.message_id,
            lag=worked.lag,
            why=worked.why or None,
        )

    async def _failed(self, claimed: Claimed, claim: str, error: Exception) -> Worked | None:
        try:
            return await self._deliveries.failed(claimed, claim, error)
        except DatabaseUnavailable:
            _log.warning("the database can't be reached: the schedule is taken up again later", **claimed._asdict())
        except Exception:  # noqa: BLE001 - an edge: what can't even be read harms no other
            _log.exception("a schedule can't even be given up: it is taken up again later", **claimed._asdict())
        return None


def build_scheduler(
    database: Database,
    queue: ScheduleQueue,
    meanings: Meanings,
    publisher: Publisher,
    clock: Callable[[], datetime],
    ready: Callable[[], bool],
    counting: Counting | None = None,
    lease: timedelta = LEASE,
) -> Scheduler:
    """A scheduler that tries again by chance's own spread."""
    chance = random.SystemRandom().random
    deliveries = Deliveries(database, meanings, publisher, clock, chance)
    return Scheduler(database, queue, deliveries, clock, ready, counting, lease)
