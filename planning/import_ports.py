"""What imports need of a database, beside the roster itself."""

from datetime import datetime
from typing import NamedTuple, Protocol

from planning.import_jobs import ImportJob
from planning.records import Pending


class PendingRepository(Protocol):
    """What waits for a Confirm; kept in the database so that its buttons outlive a restart."""

    async def put(self, pending: Pending) -> None:
        """Keep it."""
        ...

    async def take(self, token: str, *, author_id: int) -> Pending | None:
        """Hand it over and forget it, so that a second press finds nothing; None where it is gone or another's."""
        ...

    async def find(self, token: str) -> Pending | None:
        """Look without taking."""
        ...

    async def purge(self, *, before: datetime) -> int:
        """Forget what is older; how many those were."""
        ...


class MappingRepository(Protocol):
    """What the team said that the columns of its files are."""

    async def find(self, headers: str) -> str | None:
        """What was kept for these headers (`planning.imports.mapping`), or None."""
        ...

    async def save(self, headers: str, chosen: str) -> None:
        """Keep it, in the place of what was kept before."""
        ...


class ImportJobRepository(Protocol):
    """A server's imports in the background."""

    async def create(self, job: ImportJob, file: bytes) -> None:
        """Keep a new one with its file."""
        ...

    async def get(self, token: str) -> ImportJob | None:
        """The import, or None where it ended."""
        ...

    async def find_file(self, token: str) -> bytes | None:
        """Its file, or None."""
        ...

    async def save(self, job: ImportJob, *, held: str | None) -> bool:
        """Keep it as it is now; False, and nothing is kept, where its claim in the database is not `held`."""
        ...

    async def cancel(self, token: str, *, now: datetime) -> bool:
        """Have it end as soon as possible, at once where no process is at it; False where it ended already."""
        ...

    async def remove(self, token: str) -> None:
        """Forget it, and its file."""
        ...


class ClaimedImport(NamedTuple):
    """An import of a server (its Discord id) that is ours until the claim ends."""

    guild_id: int
    token: str


class ImportQueue(Protocol):
    """Every server's imports in the background: what the processes of a bot share."""

    async def claim(self, claim: str, *, now: datetime, until: datetime) -> ClaimedImport | None:
        """Take the one that waits longest; nobody else gets it before `until`. None where nothing is to be done.

        A server's imports come one after another, in the order in which they were confirmed.
        """
        ...

    async def release_all(self, now: datetime) -> int:
        """Give every claim back: where no other process can be at work. How many those were."""
        ...
