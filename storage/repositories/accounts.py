"""The roster."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.accounts import Account, Snapshot
from planning.audit import AuditEntry
from planning.platform import Platform
from planning.records import AccountChange, AccountFilter, HandleMatch, PeerRow
from storage.bulk import IN_CHUNK
from storage.repositories.account_search import AccountSearch
from storage.repositories.account_writes import AccountWriter
from storage.rows import ACCOUNT_COLUMNS, SNAPSHOT_COLUMNS, to_account, to_snapshot
from storage.tables import account, metric_snapshot, niche, niche_posting
from storage.types import NO_END, PlatformCode

_OF_GUILD = account.c.guild_id == bindparam("guild_id")
_ACCOUNTS = select(*ACCOUNT_COLUMNS).where(_OF_GUILD)
_BY_ID = _ACCOUNTS.where(account.c.id == bindparam("account_id"))
_BY_IDS = _ACCOUNTS.where(account.c.id.in_(bindparam("ids", expanding=True)))
_BY_KEY = _ACCOUNTS.where(account.c.handle == bindparam("handle"), account.c.platform == bindparam("platform"))
# In two steps: asked for the rows themselves by handle alone, SQLite reads the guild's whole roster, not the index.
_NAMED = account.alias("named")
_IDS = select(_NAMED.c.id).where(_NAMED.c.guild_id == bindparam("guild_id"))
_BY_HANDLES = _ACCOUNTS.where(account.c.id.in_(_IDS.where(_NAMED.c.handle.in_(bindparam("handles", expanding=True)))))
_LARGEST_FIRST = _ACCOUNTS.where(account.c.id.in_(_IDS.where(_NAMED.c.handle == bindparam("handle")))).order_by(
    account.c.followers.desc(), account.c.id
)
# In two steps here too: the rows of those that are not taken would be read and sorted with all their niches.
_BEST_IDS = select(account.c.id).where(_OF_GUILD).order_by(account.c.rate_low.desc().nulls_last(), account.c.id)
_COUNT = select(func.count()).select_from(account).where(_OF_GUILD)
_AFTER = _ACCOUNTS.where(account.c.id > bindparam("after_id")).order_by(account.c.id).limit(bindparam("limit"))
_PEERS = (
    _OF_GUILD,
    account.c.platform == bindparam("platform", type_=PlatformCode),
    account.c.followers >= bindparam("low", type_=BigInteger),
    account.c.followers < bindparam("high", type_=BigInteger),
    account.c.rate.is_not(None),
)
_COUNT_PEERS = select(func.count()).select_from(account).where(*_PEERS)
_PEER_ROWS = select(*(account.c[name] for name in ("id", "followers", "rate", "likes", "comments", "views"))).where(
    *_PEERS, account.c.id % bindparam("every", type_=Integer) == 0
)
PART = 1_000
"""How many peers are turned into rows before others have their turn: ten thousand held the event loop for long."""
_NEXT_BATCH = (
    _ACCOUNTS.where(account.c.platform == bindparam("platform"), account.c.handle > bindparam("after"))
    .order_by(account.c.handle)
    .limit(bindparam("batch"))
)
_SNAPSHOTS_OF = (
    select(metric_snapshot.c.account_id, *SNAPSHOT_COLUMNS)
    .where(
        metric_snapshot.c.guild_id == bindparam("guild_id"),
        metric_snapshot.c.account_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(metric_snapshot.c.account_id, metric_snapshot.c.taken_at)
)
_SNAPSHOTS = (
    select(*SNAPSHOT_COLUMNS)
    .where(metric_snapshot.c.guild_id == bindparam("guild_id"), metric_snapshot.c.account_id == bindparam("account_id"))
    .order_by(metric_snapshot.c.taken_at)
)


class SqlAccounts:
    """Implements `planning.ports.AccountRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def get(self, account_id: int) -> Account | None:
        """The account with its niches, or None."""
        return next(iter(await self._list(_BY_ID, account_id=account_id)), None)

    async def list_by_ids(self, account_ids: Sequence[int]) -> dict[int, Account]:
        """Those of these accounts that exist."""
        found: dict[int, Account] = {}
        for start in range(0, len(account_ids), IN_CHUNK):
            part = await self._list(_BY_IDS, ids=list(account_ids[start : start + IN_CHUNK]))
            found |= {entry.id: entry for entry in part}
        return found

    async def find(self, platform: Platform, handle: str) -> Account | None:
        """The account of a normalised handle on a platform, or None."""
        return next(iter(await self._list(_BY_KEY, platform=platform, handle=handle)), None)

    async def list_by_handle(self, handle: str) -> list[Account]:
        """The accounts with this normalised handle on any platform, largest first."""
        return await self._list(_LARGEST_FIRST, handle=handle)

    async def list_by_keys(self, keys: Sequence[tuple[Platform, str]]) -> dict[tuple[Platform, str], Account]:
        """Those of these accounts that exist, a thousand handles a statement."""
        wanted = set(keys)
        handles = sorted({handle for _, handle in keys})
        found: dict[tuple[Platform, str], Account] = {}
        for start in range(0, len(handles), IN_CHUNK):
            for entry in await self._list(_BY_HANDLES, handles=handles[start : start + IN_CHUNK]):
                if entry.key in wanted:
                    found[entry.key] = entry
        return found

    async def list_page(self, wanted: AccountFilter, *, offset: int, limit: int) -> tuple[list[Account], int]:
        """A page of the roster by handle, and how many match in all."""
        conditions = self._conditions(wanted)
        total = await self._connection.scalar(_COUNT.where(*conditions), {"guild_id": self._guild_id})
        page = _ACCOUNTS.where(*conditions).order_by(account.c.handle, account.c.platform).limit(limit).offset(offset)
        return await self._list(page), total or 0

    async def list_best(self, wanted: AccountFilter, *, limit: int) -> tuple[list[Account], int]:
        """Those with the highest lower end of the estimated rate (none comes last), and how many match in all."""
        conditions = self._conditions(wanted)
        of_guild = {"guild_id": self._guild_id}
        total = await self._connection.scalar(_COUNT.where(*conditions), of_guild)
        ids = list(await self._connection.scalars(_BEST_IDS.where(*conditions).limit(limit), of_guild))
        found = await self.list_by_ids(ids)
        return [found[account_id] for account_id in ids if account_id in found], total or 0

    async def count(self) -> int:
        """How many accounts the server has."""
        return await self._connection.scalar(_COUNT, {"guild_id": self._guild_id}) or 0

    async def count_between(self, cuts: Sequence[int]) -> list[int]:
        """How many accounts have followers below the first cut, in [cut i, cut i+1), and from the last cut up."""
        below = (func.count().filter(account.c.followers < cut) for cut in cuts)
        statement = select(*below, func.count()).select_from(account).where(_OF_GUILD)
        row = (await self._connection.execute(statement, {"guild_id": self._guild_id})).one()
        return [upper - lower for lower, upper in pairwise((0, *row))]

    async def search(self, text: str, *, limit: int) -> list[HandleMatch]:
        """Accounts whose handle or name contains the text (any part, any case), handles that begin with it first."""
        return await AccountSearch(self._connection, self._guild_id).search(text, limit=limit)

    async def stream(self, *, batch: int = 1000) -> AsyncIterator[list[Account]]:
        """The whole roster by platform and handle, in batches: each its own short read, so that no writer waits."""
        for platform in Platform:
            after = ""
            while entries := await self._list(_NEXT_BATCH, platform=platform, after=after, batch=batch):
                yield entries
                after = entries[-1].handle

    async def list_snapshots(self, account_id: int) -> list[Snapshot]:
        """The account's readings, oldest first."""
        wanted = {"guild_id": self._guild_id, "account_id": account_id}
        return [to_snapshot(row) for row in await self._connection.execute(_SNAPSHOTS, wanted)]

    async def list_snapshots_of(self, account_ids: Sequence[int]) -> dict[int, list[Snapshot]]:
        """The readings of each of these accounts, oldest first."""
        found: dict[int, list[Snapshot]] = {}
        for start in range(0, len(account_ids), IN_CHUNK):
            wanted = {"guild_id": self._guild_id, "ids": list(account_ids[start : start + IN_CHUNK])}
            for row in await self._connection.execute(_SNAPSHOTS_OF, wanted):
                found.setdefault(row.account_id, []).append(to_snapshot(row))
        return found

    async def remove_snapshots(self, account_id: int, times: Sequence[datetime]) -> None:
        """Forget the account's readings of these times."""
        await AccountWriter(self._connection, self._guild_id).remove_snapshots(account_id, times)

    async def write(self, changes: Sequence[AccountChange]) -> list[int]:
        """Keep these changes: rows, niches, readings, posting list, search and trail; the accounts' ids."""
        return await AccountWriter(self._connection, self._guild_id).write(changes)

    async def list_after(self, account_id: int, *, limit: int) -> list[Account]:
        """The accounts with higher ids, in their order."""
        return await self._list(_AFTER, after_id=account_id, limit=limit)

    async def update_estimates(self, accounts: Sequence[Account]) -> None:
        """Keep these accounts' estimates and samples, and move them in the posting lists."""
        await AccountWriter(self._connection, self._guild_id).update_estimates(accounts)

    async def count_peers(self, platform: Platform, followers: tuple[int, int | None]) -> int:
        """How many accounts of this platform and size have an estimate."""
        return await self._connection.scalar(_COUNT_PEERS, self._peers(platform, followers)) or 0

    async def list_peers(self, platform: Platform, followers: tuple[int, int | None], *, every: int) -> list[PeerRow]:
        """These accounts, or every so many one of them (by id)."""
        wanted = self._peers(platform, followers) | {"every": every}
        found: list[PeerRow] = []
        for rows in (await self._connection.execute(_PEER_ROWS, wanted)).partitions(PART):
            found += [PeerRow(*row) for row in rows]
            await asyncio.sleep(0)
        return found

    async def remove(self, account: Account, audit: AuditEntry) -> None:  # the port's name for the argument
        """Delete the account with its readings and postings; the trail stays."""
        await AccountWriter(self._connection, self._guild_id).remove(account, audit)

    async def _list(self, statement: Select[Any], **wanted: object) -> list[Account]:
        rows = await self._connection.execute(statement, {"guild_id": self._guild_id, **wanted})
        return [to_account(row) for row in rows]

    def _peers(self, platform: Platform, followers: tuple[int, int | None]) -> dict[str, object]:
        low, high = followers
        return {"guild_id": self._guild_id, "platform": platform, "low": low, "high": NO_END if high is None else high}

    def _conditions(self, wanted: AccountFilter) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if wanted.niches:
            niche_ids = select(niche.c.id).where(niche.c.guild_id == self._guild_id, niche.c.name.in_(wanted.niches))
            posted = select(niche_posting.c.account_id).where(
                niche_posting.c.guild_id == self._guild_id, niche_posting.c.niche_id.in_(niche_ids)
            )
            conditions.append(account.c.id.in_(posted))
        if wanted.followers is not None:
            low, high = wanted.followers
            conditions.append(account.c.followers >= low)
            if high is not None:
                conditions.append(account.c.followers < high)
        if wanted.platform is not None:
            conditions.append(account.c.platform == wanted.platform)
        if wanted.country is not None:
            conditions.append(account.c.country == wanted.country)
        if wanted.priced is not None:
            conditions.append(account.c.price_minor.is_not(None) == wanted.priced)
        return conditions
