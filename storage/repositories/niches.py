"""A server's own niches."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.records import NicheCount
from storage.bulk import IN_CHUNK, execute_many, insert_many
from storage.repositories.counters import take_numbers
from storage.tables import niche

_COUNTS = (
    select(niche.c.name, niche.c.accounts)
    .where(niche.c.guild_id == bindparam("guild_id"), niche.c.accounts > 0)
    .order_by(niche.c.accounts.desc(), niche.c.name)
)
_IDS = select(niche.c.name, niche.c.id).where(
    niche.c.guild_id == bindparam("guild_id"), niche.c.name.in_(bindparam("names", expanding=True))
)
_INSERT = insert(niche)
_COUNT_UP = (
    update(niche)
    .values(accounts=niche.c.accounts + bindparam("more"))
    .where(niche.c.guild_id == bindparam("guild"), niche.c.id == bindparam("niche"))
)


class SqlNiches:
    """Implements `planning.ports.NicheRepository`; the accounts' repository makes niches and counts through it."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def list_counts(self, *, containing: str = "", limit: int | None = None) -> list[NicheCount]:
        """The niches in use, most accounts first, then by name; those that contain the text where one is given."""
        statement = _COUNTS.limit(limit)
        if containing:
            statement = statement.where(niche.c.name.contains(containing.casefold(), autoescape=True))
        rows = await self._connection.execute(statement, {"guild_id": self._guild_id})
        return [NicheCount(row.name, row.accounts) for row in rows]

    async def resolve(self, names: Sequence[str]) -> dict[str, int]:
        """The ids of these niches; those that the server does not have yet are made."""
        found: dict[str, int] = {}
        for start in range(0, len(names), IN_CHUNK):
            wanted = {"guild_id": self._guild_id, "names": list(names[start : start + IN_CHUNK])}
            found |= {row.name: row.id for row in await self._connection.execute(_IDS, wanted)}
        missing = [name for name in names if name not in found]
        if missing:
            first = await take_numbers(self._connection, self._guild_id, "next_niche_id", len(missing))
            made = {name: first + offset for offset, name in enumerate(missing)}
            rows = [(self._guild_id, niche_id, name, 0) for name, niche_id in made.items()]
            await insert_many(self._connection, _INSERT, ["guild_id", "id", "name", "accounts"], rows)
            found |= made
        return found

    async def count_up(self, more: dict[int, int]) -> None:
        """Add to the accounts of these niches (by id); below 0 takes away."""
        rows = [(count, self._guild_id, niche_id) for niche_id, count in more.items() if count]
        await execute_many(self._connection, _COUNT_UP, ["more", "guild", "niche"], rows)
