"""What the use cases of schedules need of a database."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from planning.scheduling.alerts import FollowersChange
from planning.scheduling.runs import Ended
from planning.scheduling.schedules import Schedule


class ScheduleRepository(Protocol):
    """A server's schedules."""

    async def create(self, entry: Schedule) -> int:
        """Keep a new schedule, whose `id` plays no part; its id. Its name must be free."""
        ...

    async def get(self, schedule_id: int) -> Schedule | None:
        """The schedule, or None."""
        ...

    async def find(self, name: str) -> Schedule | None:
        """The schedule of this name, whatever its case, or None."""
        ...

    async def list_all(self, *, containing: str = "") -> list[Schedule]:
        """The schedules whose name contains the text, by name."""
        ...

    async def count(self) -> int:
        """How many schedules there are."""
        ...

    async def save(self, entry: Schedule) -> None:
        """Keep a schedule as it is now, in the place of the one of its id; one that is gone stays so."""
        ...

    async def remove(self, schedule_id: int) -> None:
        """Delete it with its runs."""
        ...

    async def end(self, schedule_id: int, ended: Ended) -> None:
        """Keep how a run ended; the same run again takes the place of what is there."""
        ...

    async def list_runs(self, schedule_id: int, *, limit: int) -> list[Ended]:
        """How its last runs ended, newest first."""
        ...

    async def list_last_runs(self) -> dict[int, Ended]:
        """How the newest run of each schedule ended, by the schedule's id."""
        ...

    async def list_followers_changes(
        self, first: int, end: int, *, niches: Sequence[str] = (), account_ids: Sequence[int] = ()
    ) -> list[FollowersChange]:
        """The changes of followers in [first, end) of the trail, of accounts with any of these niches or of these
        ids, in their order."""
        ...

    async def list_members(self, *, niches: Sequence[str] = (), account_ids: Sequence[int] = ()) -> list[int]:
        """The ids of the accounts with any of these niches, and of those of these ids that exist."""
        ...


class Claimed(NamedTuple):
    """A schedule of a server (its Discord id) that is ours until the claim ends."""

    guild_id: int
    schedule_id: int


class Health(NamedTuple):
    """How the schedules of a server (its Discord id) stand.

    `due`: something is to be done now and nobody is at it; `late`: since longer than `LATE`; `oldest`: since when.
    """

    guild_id: int
    schedules: int
    due: int
    late: int
    halted: int
    dead: int
    oldest: datetime | None


class ScheduleQueue(Protocol):
    """Every server's schedules by when they are to be woken: what the processes of a bot share."""

    async def earliest(self) -> datetime | None:
        """When the first of them is to be woken; None: none ever."""
        ...

    async def claim(self, claim: str, *, now: datetime, until: datetime, limit: int) -> list[Claimed]:
        """Take at most so many of those that are due, longest waiting first; nobody else gets them before `until`."""
        ...

    async def release_all(self, now: datetime) -> int:
        """Give every claim back: where no other process can be at work. How many those were."""
        ...

    async def health(self, now: datetime) -> list[Health]:
        """How the schedules of each server that has any stand."""
        ...
