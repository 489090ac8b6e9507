"""What imports need of a database, beside the roster itself."""

from datetime import datetime
from typing import Protocol

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
