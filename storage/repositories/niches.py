"""A server's own niches."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.records import NicheCount, NicheMeaning
from storage.bulk import IN_CHUNK, execute_many, insert_many
from storage.repositories.counters import take_numbers
from storage.tables import niche, niche_alias, niche_meaning
from storage.upserts import insert_into

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
_MEANINGS = (
    select(niche.c.name, niche_meaning.c.vector)
    .outerjoin_from(
        niche,
        niche_meaning,
        and_(
            niche_meaning.c.guild_id == niche.c.guild_id,
            niche_meaning.c.niche_id == niche.c.id,
            niche_meaning.c.recipe == bindparam("recipe"),
        ),
    )
    .where(niche.c.guild_id == bindparam("guild_id"), niche.c.accounts > 0)
    .order_by(niche.c.name)
)
_ALIASES = (
    select(niche_alias.c.alias, niche.c.name)
    .join_from(
        niche_alias, niche, and_(niche.c.guild_id == niche_alias.c.guild_id, niche.c.id == niche_alias.c.niche_id)
    )
    .where(niche_alias.c.guild_id == bindparam("guild_id"), niche.c.accounts > 0)
    .order_by(niche_alias.c.alias)
)
_FORGET_ALIAS = delete(niche_alias).where(
    niche_alias.c.guild_id == bindparam("guild"), niche_alias.c.alias == bindparam("its_alias")
)


@cache
def _save_meaning(dialect: str) -> Any:
    statement = insert_into(niche_meaning, dialect)
    return statement.on_conflict_do_update(
        index_elements=[niche_meaning.c.guild_id, niche_meaning.c.niche_id],
        set_={"recipe": statement.excluded.recipe, "vector": statement.excluded.vector},
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

    async def list_meanings(self, recipe: str) -> list[NicheMeaning]:
        """The niches in use by name, with the vectors that are stored of this recipe."""
        rows = await self._connection.execute(_MEANINGS, {"guild_id": self._guild_id, "recipe": recipe})
        return [NicheMeaning(*row) for row in rows]

    async def save_meanings(self, recipe: str, vectors: Mapping[str, bytes]) -> None:
        """Keep these niches' vectors in the place of those they had."""
        ids = await self.resolve(list(vectors))
        rows = [(self._guild_id, ids[name], recipe, vector) for name, vector in vectors.items()]
        statement = _save_meaning(self._connection.dialect.name)
        await execute_many(self._connection, statement, ["guild_id", "niche_id", "recipe", "vector"], rows)

    async def list_aliases(self) -> dict[str, str]:
        """What else the team calls its niches: alias to niche, by alias."""
        return {row[0]: row[1] for row in await self._connection.execute(_ALIASES, {"guild_id": self._guild_id})}

    async def save_alias(self, alias: str, niche: str) -> None:
        """Keep an alias of a niche that is in use, in the place of another niche's where it was one."""
        await self.forget_alias(alias)
        niche_id = (await self.resolve([niche]))[niche]
        values = {"guild_id": self._guild_id, "alias": alias, "niche_id": niche_id}
        await self._connection.execute(insert(niche_alias), values)

    async def forget_alias(self, alias: str) -> None:
        """Forget it."""
        await self._connection.execute(_FORGET_ALIAS, {"guild": self._guild_id, "its_alias": alias})

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
