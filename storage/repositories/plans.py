"""What plans were asked for."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import plan_query
from storage.upserts import insert_into

_FIND = select(plan_query.c.query).where(
    plan_query.c.guild_id == bindparam("small_id"), plan_query.c.token == bindparam("wanted")
)


class SqlPlans:
    """Implements `planning.ports.PlanRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def keep(self, token: str, query: str) -> None:
        """Keep a query under its token; the same again changes nothing."""
        statement = insert_into(plan_query, self._connection.dialect.name).on_conflict_do_nothing()
        values = {"guild_id": self._guild_id, "token": token, "query": query}
        await self._connection.execute(statement, values)

    async def find(self, token: str) -> str | None:
        """The query that was kept under this token, or None."""
        return await self._connection.scalar(_FIND, {"small_id": self._guild_id, "wanted": token})
