"""What was shown first and waits for its Confirm."""

from planning.caller import Caller
from planning.errors import Expired, NotYours
from planning.ports import Database, Store
from planning.records import Pending


async def claim(store: Store, caller: Caller, token: str) -> Pending:
    """Take what waits under this token. Raises `Expired` (done or forgotten), `NotYours` (another asked)."""
    pending = await store.pending.take(token, author_id=caller.user_id)
    if pending is None:
        raise NotYours if await store.pending.find(token) else Expired
    return pending


async def discard(database: Database, caller: Caller, token: str) -> None:
    """Forget what its author does not want."""
    async with database.writing(caller.guild_id) as store:
        await store.pending.take(token, author_id=caller.user_id)
