"""Writing accounts: rows, niches, readings, postings and trail, a set at a time."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.accounts import Account
from planning.audit import AuditEntry
from planning.records import AccountChange
from storage.bulk import IN_CHUNK, execute_many, insert_many
from storage.repositories.audit import SqlAudit
from storage.repositories.counters import take_numbers
from storage.repositories.niches import SqlNiches
from storage.rows import (
    ACCOUNT_KEYS,
    ACCOUNT_NICHE_KEYS,
    ESTIMATE_KEYS,
    PLACE_KEYS,
    POSTING_KEYS,
    RANK_KEYS,
    SNAPSHOT_KEYS,
    account_values,
    estimate_values,
    niche_values,
    rank_values,
    snapshot_values,
)
from storage.tables import account, account_niche, metric_snapshot, niche, niche_posting, post
from storage.types import to_seconds
from storage.upserts import insert_into

_INSERT = insert(account)
_UPDATE = (
    update(account)
    .values({account.c[key]: bindparam(key) for key in ACCOUNT_KEYS})
    .where(account.c.guild_id == bindparam("of_guild"), account.c.id == bindparam("of_account"))
)
_DELETE = delete(account).where(account.c.guild_id == bindparam("of_guild"), account.c.id == bindparam("of_account"))
_INSERT_NICHE = insert(account_niche)
_INSERT_POSTING = insert(niche_posting)
_COUNT_NICHES = (
    select(niche.c.name, niche.c.id, func.count())
    .join_from(
        account_niche, niche, and_(niche.c.guild_id == account_niche.c.guild_id, niche.c.id == account_niche.c.niche_id)
    )
    .where(
        account_niche.c.guild_id == bindparam("guild_id"),
        account_niche.c.account_id.in_(bindparam("account_ids", expanding=True)),
    )
    .group_by(niche.c.name, niche.c.id)
)
_POSTED = select(
    account_niche.c.guild_id,
    account_niche.c.niche_id,
    account_niche.c.posted_score,
    account_niche.c.posted_followers,
    account_niche.c.account_id,
).where(account_niche.c.guild_id == bindparam("of_guild"), account_niche.c.account_id == bindparam("of_account"))
_POSTING = tuple_(
    niche_posting.c.guild_id,
    niche_posting.c.niche_id,
    niche_posting.c.score,
    niche_posting.c.followers,
    niche_posting.c.account_id,
)
_DELETE_POSTINGS = delete(niche_posting).where(_POSTING.in_(_POSTED))
_MOVE_POSTING = (
    update(niche_posting)
    .values({niche_posting.c[key]: bindparam(key) for key in RANK_KEYS})
    .where(_POSTING.in_(_POSTED.where(account_niche.c.position == bindparam("at"))))
)
_MOVE_NICHE = (
    update(account_niche)
    .values({account_niche.c[key]: bindparam(key) for key in PLACE_KEYS})
    .where(
        account_niche.c.guild_id == bindparam("of_guild"),
        account_niche.c.account_id == bindparam("of_account"),
        account_niche.c.position == bindparam("at"),
    )
)
_DELETE_NICHES = delete(account_niche).where(
    account_niche.c.guild_id == bindparam("of_guild"), account_niche.c.account_id == bindparam("of_account")
)
_DELETE_SNAPSHOTS = delete(metric_snapshot).where(
    metric_snapshot.c.guild_id == bindparam("of_guild"), metric_snapshot.c.account_id == bindparam("of_account")
)
_DELETE_SNAPSHOT = _DELETE_SNAPSHOTS.where(metric_snapshot.c.taken_at == bindparam("at"))
_DELETE_POSTS = delete(post).where(
    post.c.guild_id == bindparam("of_guild"), post.c.account_id == bindparam("of_account")
)
_UPDATE_ESTIMATE = (
    update(account)
    .values({account.c[key]: bindparam(key) for key in ESTIMATE_KEYS})
    .where(account.c.guild_id == bindparam("of_guild"), account.c.id == bindparam("of_account"))
)
_ONE_ACCOUNT = ["of_guild", "of_account"]
_ONE_NICHE = [*_ONE_ACCOUNT, "at"]

_Left = dict[str, tuple[int, int]]
"""The niches that accounts left, by name: the niche's id, and how many of the accounts."""


@cache
def _merging(dialect: str) -> Any:
    """A reading of the same second is merged: followers where it says them, its averages as a whole or not at all."""
    statement = insert_into(metric_snapshot, dialect)
    new, old = statement.excluded, metric_snapshot.c
    says_nothing = and_(new.likes.is_(None), new.comments.is_(None), new.views.is_(None))

    def averages(name: str) -> ColumnElement[Any]:
        return case((says_nothing, old[name]), else_=new[name])

    return statement.on_conflict_do_update(
        index_elements=[old.guild_id, old.account_id, old.taken_at],
        set_={
            "source": new.source,
            "followers": func.coalesce(new.followers, old.followers),
            **{name: averages(name) for name in ("likes", "comments", "views", "posts")},
        },
    )


CHUNK = 2500
"""How many changes are turned into rows at a time: more would hold the event loop for too long (about 20 ms)."""


class AccountWriter:
    """Keeps accounts and all that hangs on them in step, in the caller's transaction."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id
        self._niches = SqlNiches(connection, guild_id)
        self._audit = SqlAudit(connection, guild_id)

    async def write(self, changes: Sequence[AccountChange]) -> list[int]:
        """Keep these changes; the accounts' ids."""
        ids: list[int] = []
        for start in range(0, len(changes), CHUNK):
            ids += await self._write_chunk(changes[start : start + CHUNK])
        return ids

    async def update_estimates(self, accounts: Sequence[Account]) -> None:
        """Keep these accounts' samples and estimates, and move them in the posting lists."""
        for start in range(0, len(accounts), CHUNK):
            part = accounts[start : start + CHUNK]
            rows = [(*estimate_values(entry), self._guild_id, entry.id) for entry in part]
            await execute_many(self._connection, _UPDATE_ESTIMATE, [*ESTIMATE_KEYS, *_ONE_ACCOUNT], rows)
            await self._move([(entry.id, entry) for entry in part])

    async def remove_snapshots(self, account_id: int, times: Sequence[datetime]) -> None:
        """Forget the account's readings of these times."""
        rows = [(self._guild_id, account_id, to_seconds(at)) for at in times]
        await execute_many(self._connection, _DELETE_SNAPSHOT, [*_ONE_ACCOUNT, "at"], rows)

    async def remove(self, entry: Account, audit: AuditEntry) -> None:
        """Delete the account with all but its trail."""
        left = await self._clear_niches([entry.id])
        await self._niches.count_up({niche_id: -accounts for niche_id, accounts in left.values()})
        key = [(self._guild_id, entry.id)]
        await execute_many(self._connection, _DELETE_SNAPSHOTS, _ONE_ACCOUNT, key)
        await execute_many(self._connection, _DELETE_POSTS, _ONE_ACCOUNT, key)
        await execute_many(self._connection, _DELETE, _ONE_ACCOUNT, key)
        await self._audit.append_all([(entry.id, audit, entry.handle)])

    async def _write_chunk(self, changes: Sequence[AccountChange]) -> list[int]:
        ids = await self._number(changes)
        await self._write_rows(changes, ids)
        await self._place(changes, ids)
        readings = [
            snapshot_values(self._guild_id, account_id, snapshot)
            for change, account_id in zip(changes, ids, strict=True)
            for snapshot in change.snapshots
        ]
        merge = _merging(self._connection.dialect.name)
        await insert_many(self._connection, merge, SNAPSHOT_KEYS, readings)
        await self._audit.append_all(
            [(account_id, change.audit, change.audit.handle) for change, account_id in zip(changes, ids, strict=True)]
        )
        return ids

    async def _number(self, changes: Sequence[AccountChange]) -> list[int]:
        """Each account's id, in order: its own, also where it comes back, or the next one where it is new."""
        known = [change.before.id if change.before else change.after.id for change in changes]
        new = known.count(0)
        first = await take_numbers(self._connection, self._guild_id, "next_account_id", new) if new else 0
        fresh = iter(range(first, first + new))
        return [account_id or next(fresh) for account_id in known]

    async def _write_rows(self, changes: Sequence[AccountChange], ids: Sequence[int]) -> None:
        new: list[tuple[object, ...]] = []
        kept: list[tuple[object, ...]] = []
        for change, account_id in zip(changes, ids, strict=True):
            if change.before is None:
                new.append((self._guild_id, account_id, *account_values(change.after)))
            else:
                kept.append((*account_values(change.after), self._guild_id, account_id))
        await execute_many(self._connection, _UPDATE, [*ACCOUNT_KEYS, *_ONE_ACCOUNT], kept)
        await insert_many(self._connection, _INSERT, ["guild_id", "id", *ACCOUNT_KEYS], new)

    async def _place(self, changes: Sequence[AccountChange], ids: Sequence[int]) -> None:
        """Keep the accounts' niches, and their places in the posting lists."""
        stay: list[tuple[int, Account]] = []
        others: list[tuple[AccountChange, int]] = []
        for change, account_id in zip(changes, ids, strict=True):
            if change.before is not None and change.before.niches == change.after.niches:
                stay.append((account_id, change.after))
            else:
                others.append((change, account_id))
        await self._move(stay)
        left = await self._clear_niches([change.before.id for change, _ in others if change.before])
        await self._post([change.after for change, _ in others], [account_id for _, account_id in others], left)

    async def _move(self, accounts: Sequence[tuple[int, Account]]) -> None:
        """Move these accounts, by their ids, in the posting lists of the niches that they have and had."""
        keyed = [
            ((self._guild_id, account_id, position), *values)
            for account_id, entry in accounts
            for position, values in enumerate(rank_values(entry))
        ]
        ranks = [(*place, *filters, *key) for key, place, filters in keyed]
        await execute_many(self._connection, _MOVE_POSTING, [*RANK_KEYS, *_ONE_NICHE], ranks)
        places = [(*place, *key) for key, place, _ in keyed]
        await execute_many(self._connection, _MOVE_NICHE, [*PLACE_KEYS, *_ONE_NICHE], places)

    async def _clear_niches(self, account_ids: Sequence[int]) -> _Left:
        """Take these accounts out of the posting lists and forget their niches; which those were is not counted yet."""
        left: _Left = {}
        for start in range(0, len(account_ids), IN_CHUNK):
            wanted = {"guild_id": self._guild_id, "account_ids": list(account_ids[start : start + IN_CHUNK])}
            for name, niche_id, accounts in await self._connection.execute(_COUNT_NICHES, wanted):
                left[name] = niche_id, accounts + left.get(name, (niche_id, 0))[1]
        keys = [(self._guild_id, account_id) for account_id in account_ids]
        await execute_many(self._connection, _DELETE_POSTINGS, _ONE_ACCOUNT, keys)
        await execute_many(self._connection, _DELETE_NICHES, _ONE_ACCOUNT, keys)
        return left

    async def _post(self, accounts: Sequence[Account], ids: Sequence[int], left: _Left) -> None:
        """Give these accounts, of these ids, their niches and their places in the posting lists.

        `left` are the niches that they left before: mostly the same ones, whose ids are known then, and whose counts
        stay as they are.
        """
        counts = Counter(name for entry in accounts for name in entry.niches)
        niche_ids = {name: niche_id for name, (niche_id, _) in left.items()}
        missing = [name for name in counts if name not in niche_ids]
        if missing:
            niche_ids |= await self._niches.resolve(missing)
        values = [
            pair
            for entry, account_id in zip(accounts, ids, strict=True)
            for pair in niche_values(self._guild_id, account_id, entry, niche_ids)
        ]
        await insert_many(self._connection, _INSERT_NICHE, ACCOUNT_NICHE_KEYS, [kept for kept, _ in values])
        # In the order of the list, so that neighbours land on the same page.
        await insert_many(self._connection, _INSERT_POSTING, POSTING_KEYS, sorted(posted for _, posted in values))
        counts.subtract({name: accounts for name, (_, accounts) in left.items()})
        await self._niches.count_up({niche_ids[name]: count for name, count in counts.items()})
