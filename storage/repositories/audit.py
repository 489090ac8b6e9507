"""The trail of who changed what."""

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.audit import AuditEntry
from storage.bulk import insert_many
from storage.repositories.counters import take_numbers
from storage.rows import AUDIT_KEYS, Values, audit_values, to_audit_entry
from storage.tables import audit_entry

_INSERT = insert(audit_entry)
_NEWEST = (
    select(audit_entry)
    .where(audit_entry.c.guild_id == bindparam("guild_id"))
    .order_by(audit_entry.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_OF_ACCOUNT = _NEWEST.where(audit_entry.c.account_id == bindparam("account_id"))
_REMOVED = audit_entry.alias("removed")
_OF_HANDLE = _NEWEST.where(
    audit_entry.c.account_id.in_(
        select(_REMOVED.c.account_id).where(
            _REMOVED.c.guild_id == bindparam("guild_id"),
            _REMOVED.c.handle == bindparam("handle"),
        )
    )
)


class SqlAudit:
    """Implements `planning.ports.AuditRepository`; the accounts' repository writes its entries through it."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def append(self, entry: AuditEntry) -> None:
        """Keep an entry that belongs to no account (settings)."""
        await self.append_all([(entry.account_id, entry, entry.handle)])

    async def append_all(self, entries: list[tuple[int, AuditEntry, str | None]]) -> None:
        """Keep these entries: account id, entry, and the handle where the account is gone."""
        first = await take_numbers(self._connection, self._guild_id, "next_audit_id", len(entries))
        rows: list[Values] = [
            audit_values(self._guild_id, first + offset, account_id, entry, handle)
            for offset, (account_id, entry, handle) in enumerate(entries)
        ]
        await insert_many(self._connection, _INSERT, AUDIT_KEYS, rows)

    async def list_for_account(self, account_id: int, *, limit: int, offset: int = 0) -> list[AuditEntry]:
        """What happened to one account, newest first."""
        wanted = {"guild_id": self._guild_id, "account_id": account_id, "limit": limit, "offset": offset}
        return [to_audit_entry(row) for row in await self._connection.execute(_OF_ACCOUNT, wanted)]

    async def list_for_handle(self, handle: str, *, limit: int, offset: int = 0) -> list[AuditEntry]:
        """What happened to accounts that were removed under this handle, from their first entry on, newest first."""
        wanted = {"guild_id": self._guild_id, "handle": handle, "limit": limit, "offset": offset}
        return [to_audit_entry(row) for row in await self._connection.execute(_OF_HANDLE, wanted)]
