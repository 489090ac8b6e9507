"""The database: opens a server's data to read or to write, and keeps its own schema up to date."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.errors import DatabaseUnavailable
from storage.engine import create_engines
from storage.failures import connected
from storage.guilds import GuildIds
from storage.import_queue import SqlImportQueue
from storage.migrations.runner import current_revision, head_revision, known_revisions, upgrade
from storage.schedule_queue import SqlScheduleQueue
from storage.statement_times import OnStatement, tell_times
from storage.store import SqlStore
from storage.tables import command_sync, guild

_DIGEST = select(command_sync.c.digest).where(command_sync.c.scope == bindparam("wanted"))
_GUILDS = select(guild.c.discord_id).order_by(guild.c.id)
_FORGET_DIGEST = delete(command_sync).where(command_sync.c.scope == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Health:
    """`revision` is the migration that the database is at, None where it has none; `problem` is the driver's own
    words where it cannot be reached."""

    reachable: bool
    revision: str | None
    head: str
    problem: str | None = None

    @property
    def migrated(self) -> bool:
        """Whether every migration ran."""
        return self.revision == self.head

    @property
    def newer(self) -> bool:
        """Whether a newer version of the program made the database: its migration is none of ours."""
        return self.revision is not None and self.revision not in known_revisions()


class SqlDatabase:
    """Implements `planning.ports.Database` on SQLite or PostgreSQL."""

    def __init__(self, url: str, *, on_statement: OnStatement | None = None) -> None:
        """Connects to nothing yet. Raises ValueError for an address that is none."""
        self._engines = create_engines(url)
        if on_statement is not None:
            tell_times(self._engines, on_statement)
        self._guilds = GuildIds()
        self.queue = SqlScheduleQueue(self._engines)
        self.imports = SqlImportQueue(self._engines)

    @property
    def dialect(self) -> str:
        """sqlite or postgresql."""
        return self._engines.write.dialect.name

    @asynccontextmanager
    async def reading(self, guild_id: int) -> AsyncGenerator[SqlStore]:
        """Read one server's data. Raises `planning.errors.DatabaseUnavailable`."""
        async with connected(self._engines.read) as connection:
            yield SqlStore(connection, await self._guilds.find(connection, guild_id))

    @asynccontextmanager
    async def writing(self, guild_id: int) -> AsyncGenerator[SqlStore]:
        """Write one server's data: commits once at the end, or rolls back whole where the block raises.

        Raises `planning.errors.DatabaseUnavailable`; nothing was written then.
        """
        async with self._transaction() as connection:
            small_id = await self._guilds.claim(connection, guild_id)
            yield SqlStore(connection, small_id)
        self._guilds.remember(guild_id, small_id)

    async def list_guilds(self) -> list[int]:
        """The Discord ids of all servers that ever wrote anything. Raises `planning.errors.DatabaseUnavailable`."""
        async with connected(self._engines.read) as connection:
            return list(await connection.scalars(_GUILDS))

    async def migrate(self) -> None:
        """Bring the schema up to date; does nothing where it is.

        Raises `planning.errors.DatabaseUnavailable`, `storage.failures.NewerDatabase`.
        """
        async with self._transaction() as connection:
            await connection.run_sync(upgrade)

    async def check(self) -> Health:
        """Whether the database answers, and which migration it is at."""
        try:
            async with connected(self._engines.read) as connection:
                revision = await connection.run_sync(current_revision)
        except (DatabaseUnavailable, DBAPIError) as error:
            return Health(reachable=False, revision=None, head=head_revision(), problem=str(error.__cause__ or error))
        return Health(reachable=True, revision=revision, head=head_revision())

    async def close(self) -> None:
        """Close every connection."""
        await self._engines.dispose()

    async def load_command_digest(self, scope: int) -> str | None:
        """The digest of the commands last sent for this guild (its Discord id; 0: for every guild), or None."""
        async with connected(self._engines.read) as connection:
            return await connection.scalar(_DIGEST, {"wanted": scope})

    async def save_command_digest(self, scope: int, digest: str) -> None:
        """Keep the digest of the commands that were sent."""
        async with self._transaction() as connection:
            await connection.execute(_FORGET_DIGEST, {"wanted": scope})
            await connection.execute(insert(command_sync), {"scope": scope, "digest": digest})

    async def forget_command_digests(self) -> None:
        """Forget what was sent, so that the next start sends it again."""
        async with self._transaction() as connection:
            await connection.execute(delete(command_sync))

    @asynccontextmanager
    async def _transaction(self) -> AsyncGenerator[AsyncConnection]:
        async with connected(self._engines.write) as connection, connection.begin():
            yield connection
