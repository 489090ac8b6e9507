"""What waits for a Confirm."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.records import Pending
from storage.tables import pending_action

_COLUMNS = (
    pending_action.c.token,
    pending_action.c.kind,
    pending_action.c.author_id,
    pending_action.c.created_at,
    pending_action.c.payload,
)
_OF_GUILD = pending_action.c.guild_id == bindparam("small_id")
_OF_TOKEN = pending_action.c.token == bindparam("wanted")
_PUT = insert(pending_action)
_FIND = select(*_COLUMNS).where(_OF_GUILD, _OF_TOKEN)
# One statement looks and deletes, so that of two presses at once only one gets it.
_TAKE = (
    delete(pending_action)
    .where(_OF_GUILD, _OF_TOKEN, pending_action.c.author_id == bindparam("author"))
    .returning(*_COLUMNS)
)
_PURGE = delete(pending_action).where(_OF_GUILD, pending_action.c.created_at < bindparam("before"))


class SqlPending:
    """Implements `planning.import_ports.PendingRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def put(self, pending: Pending) -> None:
        """Keep it."""
        values = {
            "guild_id": self._guild_id,
            "token": pending.token,
            "kind": pending.kind,
            "author_id": pending.author_id,
            "created_at": pending.created_at,
            "payload": pending.payload,
        }
        await self._connection.execute(_PUT, values)

    async def take(self, token: str, *, author_id: int) -> Pending | None:
        """Hand it over and forget it, so that a second press finds nothing; None where it is gone or another's."""
        wanted = {"small_id": self._guild_id, "wanted": token, "author": author_id}
        row = (await self._connection.execute(_TAKE, wanted)).one_or_none()
        return None if row is None else Pending(*row)

    async def find(self, token: str) -> Pending | None:
        """Look without taking."""
        row = (await self._connection.execute(_FIND, {"small_id": self._guild_id, "wanted": token})).one_or_none()
        return None if row is None else Pending(*row)

    async def purge(self, *, before: datetime) -> int:
        """Forget what is older; how many those were."""
        return (await self._connection.execute(_PURGE, {"small_id": self._guild_id, "before": before})).rowcount
