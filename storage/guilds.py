"""From a server's Discord id to the small id that every key begins with."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import guild
from storage.upserts import insert_into

NO_GUILD = 0
"""The small id of a server that never wrote anything: no row has it."""

_FIND = select(guild.c.id).where(guild.c.discord_id == bindparam("discord_id"))
_LOCK = _FIND.with_for_update()


class GuildIds:
    """The small ids, remembered for the life of the process once their row is committed."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    async def find(self, connection: AsyncConnection, discord_id: int) -> int:
        """The server's small id, NO_GUILD where it has no data."""
        known = self._known.get(discord_id)
        if known is None:
            known = await connection.scalar(_FIND, {"discord_id": discord_id})
            if known is None:
                return NO_GUILD
            self.remember(discord_id, known)
        return known

    async def claim(self, connection: AsyncConnection, discord_id: int) -> int:
        """The server's small id, made where it has none; holds the row, so that one guild's writers take turns.

        SQLite has one writer anyway; on PostgreSQL this is what keeps two edits of one account from losing one.
        """
        known = self._known.get(discord_id)
        if known is not None and connection.dialect.name == "sqlite":
            return known
        found = await connection.scalar(_LOCK, {"discord_id": discord_id})
        if found is not None:
            return found
        statement = insert_into(guild, connection.dialect.name).values(discord_id=discord_id)
        # Another process may have made it meanwhile: the update waits for that row, holds it and returns it.
        statement = statement.on_conflict_do_update(
            index_elements=[guild.c.discord_id], set_={"discord_id": statement.excluded.discord_id}
        )
        return (await connection.execute(statement.returning(guild.c.id))).scalar_one()

    def remember(self, discord_id: int, guild_id: int) -> None:
        """Keep the id of a row that is committed."""
        self._known[discord_id] = guild_id
