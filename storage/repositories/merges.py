"""Accounts that became part of another."""

import asyncio

from sqlalchemy import Integer, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.merges import Merge, MergeHead
from storage.merge_codec import pack_merge, unpack_merge
from storage.merge_tables import account_merge

_MERGE = account_merge.c
_OF_GUILD = _MERGE.guild_id == bindparam("small_id", type_=Integer)
_OF_PAIR = (_OF_GUILD, _MERGE.account_id == bindparam("into"), _MERGE.merged_id == bindparam("merged"))
_HEADS = (
    select(_MERGE.account_id, _MERGE.merged_id, _MERGE.platform, _MERGE.handle, _MERGE.number)
    .where(_OF_GUILD)
    .order_by(_MERGE.number)
)
_LAST = select(func.max(_MERGE.number)).where(_OF_GUILD)
_FIND = select(_MERGE.payload).where(*_OF_PAIR)
_FORGET = delete(account_merge).where(*_OF_PAIR)


class SqlMerges:
    """Implements `planning.merge_ports.MergeRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def keep(self, merge: Merge) -> None:
        """Keep it; the writer of a server holds its row, so no number is given twice."""
        other = merge.other.account
        last = await self._connection.scalar(_LAST, {"small_id": self._guild_id})
        values = {
            "guild_id": self._guild_id,
            "account_id": merge.into.account.id,
            "merged_id": other.id,
            "platform": other.platform,
            "handle": other.handle,
            "number": (last or 0) + 1,
            "payload": await asyncio.to_thread(pack_merge, merge),
        }
        await self._connection.execute(insert(account_merge), values)

    async def list_heads(self) -> list[MergeHead]:
        """All merges of the server, oldest first, without what they hold."""
        return [MergeHead(*row) for row in await self._connection.execute(_HEADS, {"small_id": self._guild_id})]

    async def find(self, account_id: int, merged_id: int) -> Merge | None:
        """The merge of these two accounts, or None."""
        payload = await self._connection.scalar(_FIND, self._pair(account_id, merged_id))
        return None if payload is None else await asyncio.to_thread(unpack_merge, payload)

    async def forget(self, account_id: int, merged_id: int) -> None:
        """Forget it."""
        await self._connection.execute(_FORGET, self._pair(account_id, merged_id))

    def _pair(self, account_id: int, merged_id: int) -> dict[str, int]:
        return {"small_id": self._guild_id, "into": account_id, "merged": merged_id}
