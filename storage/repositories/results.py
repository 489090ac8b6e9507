"""Shortlists as they were answered."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.results import Result, ResultHead
from storage.list_tables import list_pick, shortlist_result
from storage.pick_codec import pack_answer, unpack_answer
from storage.upserts import insert_into

_RESULT = shortlist_result.c
_OF_GUILD = _RESULT.guild_id == bindparam("small_id")
_FIND = select(_RESULT.made_at, _RESULT.payload).where(_OF_GUILD, _RESULT.id == bindparam("wanted"))
_HAS = select(_RESULT.id).where(_OF_GUILD, _RESULT.id == bindparam("wanted"))
_NEWEST = (
    select(_RESULT.id, _RESULT.made_at, _RESULT.niche)
    .where(_OF_GUILD)
    .order_by(_RESULT.made_at.desc(), _RESULT.id)
    .limit(bindparam("limit"))
)
# What a list was saved from stays as long as the list.
_SAVED = select(list_pick.c.result_id).where(
    list_pick.c.guild_id == bindparam("small_id"), list_pick.c.result_id.is_not(None)
)
_PURGE = delete(shortlist_result).where(_OF_GUILD, _RESULT.made_at < bindparam("before"), _RESULT.id.not_in(_SAVED))


class SqlResults:
    """Implements `planning.list_ports.ResultRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def keep(self, result: Result) -> None:
        """Keep a result; one that is there under its id already stays."""
        statement = insert_into(shortlist_result, self._connection.dialect.name).on_conflict_do_nothing()
        values = {
            "guild_id": self._guild_id,
            "id": result.id,
            "made_at": result.made_at,
            "niche": result.query.niche,
            "payload": pack_answer(result.query, result.picks),
        }
        await self._connection.execute(statement, values)

    async def has(self, result_id: str) -> bool:
        """Whether a result is kept under this id."""
        wanted = {"small_id": self._guild_id, "wanted": result_id}
        return await self._connection.scalar(_HAS, wanted) is not None

    async def find(self, result_id: str) -> Result | None:
        """The result, or None."""
        wanted = {"small_id": self._guild_id, "wanted": result_id}
        row = (await self._connection.execute(_FIND, wanted)).one_or_none()
        if row is None:
            return None
        query, picks = unpack_answer(row.payload)
        return Result(result_id, row.made_at, query, tuple(picks))

    async def list_newest(self, *, containing: str, limit: int) -> list[ResultHead]:
        """The newest results whose id begins with the text, or whose niche contains it."""
        text = containing.casefold()
        said = or_(_RESULT.id.startswith(text, autoescape=True), _RESULT.niche.contains(text, autoescape=True))
        wanted = {"small_id": self._guild_id, "limit": limit}
        return [ResultHead(*row) for row in await self._connection.execute(_NEWEST.where(said), wanted)]

    async def purge(self, *, before: datetime) -> int:
        """Forget those that are older and on no list; how many those were."""
        return (await self._connection.execute(_PURGE, {"small_id": self._guild_id, "before": before})).rowcount
