"""Schedules kept in memory, for tests of very many runs: `tests/storage/test_schedules.py` holds them to what the
database does."""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Generic, TypeVar

from planning.accounts import Account
from planning.platform import Platform
from planning.scheduling.alerts import FollowersChange
from planning.scheduling.ports import Claimed, Health
from planning.scheduling.runs import LATE, Ended
from planning.scheduling.schedules import Schedule, Status
from planning.settings import GuildSettings
from storage.repositories.schedules import KEPT_RUNS
from tests.planning.scheduling.made import MADE

GROWN = Account(Platform.INSTAGRAM, "leaf", 2_000, MADE, id=1)
"""Whom every alert tells of: twice as many followers as at the last look."""


class MemoryQueue:
    """Implements `planning.scheduling.ports.ScheduleQueue`: a heap, in which what was changed since is skipped."""

    def __init__(self) -> None:
        self.schedules: dict[Claimed, Schedule] = {}
        self._waiting: list[tuple[datetime, Claimed]] = []

    def put(self, guild_id: int, schedule: Schedule) -> None:
        key = Claimed(guild_id, schedule.id)
        before = self.schedules.get(key)
        self.schedules[key] = schedule
        if schedule.wake_at is not None and (before is None or before.wake_at != schedule.wake_at):
            heapq.heappush(self._waiting, (schedule.wake_at, key))

    async def earliest(self) -> datetime | None:
        while self._waiting:
            wake_at, key = self._waiting[0]
            found = self.schedules.get(key)
            if found is not None and found.wake_at == wake_at:
                return wake_at
            heapq.heappop(self._waiting)
        return None

    async def claim(self, claim: str, *, now: datetime, until: datetime, limit: int) -> list[Claimed]:
        claimed: list[Claimed] = []
        while len(claimed) < limit and (earliest := await self.earliest()) is not None and earliest <= now:
            _, key = heapq.heappop(self._waiting)
            self.put(key.guild_id, replace(self.schedules[key], claim=claim, wake_at=until))
            claimed.append(key)
        return claimed

    async def release_all(self, now: datetime) -> int:
        held = [(key, found) for key, found in self.schedules.items() if found.claim is not None]
        for key, found in held:
            self.put(key.guild_id, replace(found, claim=None, wake_at=now))
        return len(held)

    async def health(self, now: datetime) -> list[Health]:
        servers: dict[int, list[Schedule]] = defaultdict(list)
        for key, found in self.schedules.items():
            servers[key.guild_id].append(found)
        return [_health(guild_id, found, now) for guild_id, found in sorted(servers.items())]


def _health(guild_id: int, schedules: list[Schedule], now: datetime) -> Health:
    due = [one.wake_at for one in schedules if one.wake_at is not None and one.wake_at <= now and one.claim is None]
    late = [at for at in due if at <= now - LATE]
    status = [one.status for one in schedules]
    halted, dead = status.count(Status.HALTED), status.count(Status.DEAD)
    return Health(guild_id, len(schedules), len(due), len(late), halted, dead, min(due, default=None))


@dataclass
class MemorySchedules:
    """Implements `planning.scheduling.ports.ScheduleRepository`. Its server has one account, which always grows."""

    guild_id: int
    queue: MemoryQueue
    runs: dict[int, dict[str, Ended]] = field(default_factory=lambda: defaultdict(dict))
    created: int = 0

    async def create(self, entry: Schedule) -> int:
        self.created += 1
        self.queue.put(self.guild_id, replace(entry, id=self.created))
        return self.created

    async def get(self, schedule_id: int) -> Schedule | None:
        return self.queue.schedules.get(Claimed(self.guild_id, schedule_id))

    async def find(self, name: str) -> Schedule | None:
        return next((one for one in await self.list_all() if one.name.casefold() == name.casefold()), None)

    async def list_all(self, *, containing: str = "") -> list[Schedule]:
        mine = [found for key, found in self.queue.schedules.items() if key.guild_id == self.guild_id]
        named = [one for one in mine if containing.casefold() in one.name.casefold()]
        return sorted(named, key=lambda one: one.name.casefold())

    async def count(self) -> int:
        return len(await self.list_all())

    async def save(self, entry: Schedule) -> None:
        if Claimed(self.guild_id, entry.id) in self.queue.schedules:
            self.queue.put(self.guild_id, entry)

    async def remove(self, schedule_id: int) -> None:
        self.queue.schedules.pop(Claimed(self.guild_id, schedule_id), None)
        self.runs.pop(schedule_id, None)

    async def end(self, schedule_id: int, ended: Ended) -> None:
        kept = self.runs[schedule_id]
        for reference in [reference for reference, run in kept.items() if run.at < ended.at - KEPT_RUNS]:
            del kept[reference]
        kept[ended.reference] = ended

    async def list_runs(self, schedule_id: int, *, limit: int) -> list[Ended]:
        found = self.runs.get(schedule_id, {}).values()
        return sorted(found, key=lambda run: (run.at, run.run.at), reverse=True)[:limit]

    async def list_last_runs(self) -> dict[int, Ended]:
        return {schedule_id: max(runs.values(), key=lambda run: run.at) for schedule_id, runs in self.runs.items()}

    async def list_followers_changes(
        self, first: int, end: int, *, niches: Sequence[str] = (), account_ids: Sequence[int] = ()
    ) -> list[FollowersChange]:
        del first, end, niches, account_ids
        return [FollowersChange(GROWN.id, GROWN.followers // 2, GROWN.followers)]

    async def list_members(self, *, niches: Sequence[str] = (), account_ids: Sequence[int] = ()) -> list[int]:
        del niches, account_ids
        return [GROWN.id]


class _Settings:
    def __init__(self) -> None:
        self.kept = GuildSettings()

    async def load(self) -> GuildSettings:
        return self.kept

    async def save(self, settings: GuildSettings) -> None:
        self.kept = settings


class _Accounts:
    async def list_by_ids(self, account_ids: Sequence[int]) -> dict[int, Account]:
        del account_ids
        return {GROWN.id: GROWN}


class _Models:
    async def trail(self) -> int:
        return 1


class MemoryStore:
    """As much of `planning.ports.Store` as alerts need."""

    def __init__(self, guild_id: int, queue: MemoryQueue) -> None:
        self.schedules = MemorySchedules(guild_id, queue)
        self.settings = _Settings()
        self.accounts = _Accounts()
        self.models = _Models()


Opened = TypeVar("Opened")


class _Open(Generic[Opened]):
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    async def __aenter__(self) -> Opened:
        return self._opened

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None):
        del kind, error, at


class MemoryDatabase:
    """As much of `planning.ports.Database` as schedules need; nothing is rolled back."""

    def __init__(self) -> None:
        self.queue = MemoryQueue()
        self._stores: dict[int, MemoryStore] = {}

    def reading(self, guild_id: int) -> _Open[MemoryStore]:
        store = self._stores.get(guild_id)
        if store is None:
            store = self._stores[guild_id] = MemoryStore(guild_id, self.queue)
        return _Open(store)

    writing = reading
