"""The trail of who changed what."""

from sqlalchemy import and_, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.audit import AuditEntry
from storage.bulk import insert_many
from storage.merge_tables import source_file
from storage.repositories.counters import take
from storage.rows import AUDIT_KEYS, Values, audit_values, to_audit_entry
from storage.tables import audit_entry

_INSERT = insert(audit_entry)
_NEWEST = (
    select(audit_entry, source_file.c.name.label("file"))
    .join_from(
        audit_entry,
        source_file,
        and_(source_file.c.guild_id == audit_entry.c.guild_id, source_file.c.id == audit_entry.c.file_id),
        isouter=True,
    )
    .where(audit_entry.c.guild_id == bindparam("guild_id"))
    .order_by(audit_entry.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_OF_ACCOUNTS = _NEWEST.where(audit_entry.c.account_id.in_(bindparam("account_ids", expanding=True)))
_REMOVED = audit_entry.alias("removed")
_OF_HANDLE = _NEWEST.where(
    audit_entry.c.account_id.in_(
        select(_REMOVED.c.account_id).where(
            _REMOVED.c.guild_id == bindparam("guild_id"),
            _REMOVED.c.handle == bindparam("handle"),
        )
    )
)

_FILES = select(source_file.c.name, source_file.c.id).where(source_file.c.guild_id == bindparam("guild_id"))
_KNOWN_FILES = _FILES.where(source_file.c.name.in_(bindparam("names", expanding=True)))
_TAKE_WITH_FILE = take(
    "next_audit_id",
    select(source_file.c.id)
    .where(source_file.c.guild_id == bindparam("small_id"), source_file.c.name == bindparam("name"))
    .scalar_subquery(),
)
_LAST_FILE = select(func.max(source_file.c.id)).where(source_file.c.guild_id == bindparam("guild_id"))


class SqlAudit:
    """Implements `planning.ports.AuditRepository`; the accounts' repository writes its entries through it."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def append(self, *entries: AuditEntry) -> None:
        """Keep these entries, of settings or of what is no field of an account."""
        await self.append_all([(entry.account_id, entry, entry.handle) for entry in entries])

    async def append_all(self, entries: list[tuple[int, AuditEntry, str | None]]) -> None:
        """Keep these entries: account id, entry, and the handle where the account is gone."""
        names = {entry.origin.file for _, entry, _ in entries if entry.origin}
        first, files = await self._take_numbers(len(entries), names)
        rows: list[Values] = [
            audit_values(
                *(self._guild_id, first + offset, account_id, entry, handle),
                files[entry.origin.file] if entry.origin else None,
            )
            for offset, (account_id, entry, handle) in enumerate(entries)
        ]
        await insert_many(self._connection, _INSERT, AUDIT_KEYS, rows)

    async def list_for_account(self, *account_ids: int, limit: int, offset: int = 0) -> list[AuditEntry]:
        """What happened to one account, or to it and those that became part of it, newest first."""
        wanted = {"guild_id": self._guild_id, "account_ids": account_ids, "limit": limit, "offset": offset}
        return [to_audit_entry(row) for row in await self._connection.execute(_OF_ACCOUNTS, wanted)]

    async def list_for_handle(self, handle: str, *, limit: int, offset: int = 0) -> list[AuditEntry]:
        """What happened to accounts that were removed under this handle, from their first entry on, newest first."""
        wanted = {"guild_id": self._guild_id, "handle": handle, "limit": limit, "offset": offset}
        return [to_audit_entry(row) for row in await self._connection.execute(_OF_HANDLE, wanted)]

    async def _take_numbers(self, count: int, names: set[str]) -> tuple[int, dict[str, int]]:
        """The first of so many consecutive numbers of entries, and the number of each file by its name.

        Mostly there is one file, and it is known: its number comes with the entries'.
        """
        name = min(names, default="")
        wanted = {"small_id": self._guild_id, "count": count, "name": name}
        after, file_id = (await self._connection.execute(_TAKE_WITH_FILE, wanted)).one()
        known = {} if file_id is None else {name: file_id}
        return after - count, known | await self._number_files(names - known.keys())

    async def _number_files(self, names: set[str]) -> dict[str, int]:
        """The number of each file by its name; the writer of a server holds its row, so none is given twice."""
        if not names:
            return {}
        of_guild = {"guild_id": self._guild_id}
        known = await self._connection.execute(_KNOWN_FILES, of_guild | {"names": sorted(names)})
        numbers = {row.name: row.id for row in known}
        missing = sorted(names - numbers.keys())
        if missing:
            last = await self._connection.scalar(_LAST_FILE, of_guild) or 0
            fresh = {name: number for number, name in enumerate(missing, start=last + 1)}
            rows = [of_guild | {"id": number, "name": name} for name, number in fresh.items()]
            await self._connection.execute(insert(source_file), rows)
            numbers |= fresh
        return numbers
