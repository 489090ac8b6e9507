"""What the team said that the columns of its files are."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.import_tables import column_mapping
from storage.upserts import insert_into

_FIND = select(column_mapping.c.chosen).where(
    column_mapping.c.guild_id == bindparam("small_id"), column_mapping.c.headers == bindparam("wanted")
)


class SqlMappings:
    """Implements `planning.import_ports.MappingRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def find(self, headers: str) -> str | None:
        """What was kept for these headers, or None."""
        return await self._connection.scalar(_FIND, {"small_id": self._guild_id, "wanted": headers})

    async def save(self, headers: str, chosen: str) -> None:
        """Keep it, in the place of what was kept before."""
        statement = insert_into(column_mapping, self._connection.dialect.name)
        statement = statement.on_conflict_do_update(
            index_elements=[column_mapping.c.guild_id, column_mapping.c.headers],
            set_={"chosen": statement.excluded.chosen},
        )
        await self._connection.execute(statement, {"guild_id": self._guild_id, "headers": headers, "chosen": chosen})
