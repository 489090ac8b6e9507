"""Undoing a merge, or taking an account out of its influencer."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from planning.accounts import Account
from planning.audit import Action, AuditEntry, differences
from planning.caller import Caller
from planning.errors import Expired, InvalidValue
from planning.merges import Merge, MergeHead, part_of
from planning.merging import unmerge
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import AccountChange
from planning.services.accounts import Unknown, find_account, parse_reference
from planning.services.estimates import estimated, load_model
from planning.services.linking import Unlinked, relink_unmerged, unlink
from planning.services.merged_picks import move_back
from planning.services.merging import get, hold, replace_posts, write_held


@dataclass(frozen=True, slots=True)
class Unmerged:
    """Both accounts stand for themselves again."""

    into: Account
    other: Account


async def split(database: Database, caller: Caller, reference: str, *, now: datetime) -> Unlinked | Unmerged | Unknown:
    """Take the account that is named out of its influencer; where it is in none, or is named by a handle that it had
    before, undo the last merge with it.

    Raises `AmbiguousHandle`, `InvalidValue` (NOTHING_TO_SPLIT, MERGED_SINCE, HANDLE_TAKEN).
    """
    caller.must_plan()
    now = now.replace(microsecond=0)
    async with database.writing(caller.guild_id) as store:
        account = await find_account(store, reference)
        if isinstance(account, Unknown):
            return account
        merged = part_of(await store.merges.list_heads(), account.id)
        named = None if account.key == (account.platform, _handle(reference)) else _named(merged, reference)
        linked = [] if named else await store.influencers.list_linked(account.id)
        if linked:
            return await unlink(store, caller, account, linked, now)
        if not merged:
            raise InvalidValue("handle", account.handle, Reason.NOTHING_TO_SPLIT)
        return await _undo(store, caller, account, named or merged[0].merged_id, now)


async def undo_merge(database: Database, caller: Caller, into_id: int, other_id: int, *, now: datetime) -> Unmerged:
    """Undo this merge. Raises `Expired` where it is undone already, `InvalidValue` (MERGED_SINCE, HANDLE_TAKEN)."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        return await _undo(store, caller, await get(store, into_id), other_id, now.replace(microsecond=0))


async def undo_link(database: Database, caller: Caller, account_id: int, *, now: datetime) -> Unlinked:
    """Take the account with this id out of its influencer. Raises `Expired` where it is in none."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        account = await get(store, account_id)
        linked = await store.influencers.list_linked(account_id)
        if not linked:
            raise Expired
        return await unlink(store, caller, account, linked, now.replace(microsecond=0))


def _handle(reference: str) -> str | None:
    try:
        return parse_reference(reference)[1]
    except InvalidValue:
        return None  # a name


def _named(merged: Sequence[MergeHead], reference: str) -> int | None:
    """The last of these that had the handle that was named."""
    return next((head.merged_id for head in merged if head.handle == _handle(reference)), None)


async def _undo(store: Store, caller: Caller, account: Account, other_id: int, now: datetime) -> Unmerged:
    """Only the last merge: what an earlier one brought may be part of what a later one found."""
    merged = part_of(await store.merges.list_heads(), account.id)
    if other_id not in {head.merged_id for head in merged}:
        raise Expired
    merge = await store.merges.find(account.id, other_id)
    if merge is None or merged[0].merged_id != other_id:
        raise InvalidValue("handle", merged[0].handle, Reason.MERGED_SINCE)
    if await store.accounts.find(*merge.other.account.key) is not None:
        raise InvalidValue("handle", merge.other.account.handle, Reason.HANDLE_TAKEN)
    await store.merges.forget(account.id, other_id)
    into = await _as_before(store, caller, account, merge, now)
    other = await _bring_back(store, caller, merge, now)
    for moved in merge.picks:
        await move_back(store, into, moved)
    await relink_unmerged(store, merge)
    return Unmerged(into, other)


async def _as_before(store: Store, caller: Caller, account: Account, merge: Merge, now: datetime) -> Account:
    held = await hold(store, account)
    before = await asyncio.to_thread(unmerge, held, merge.into, merge.other)
    was, values = differences(account, before.account)
    was |= {"merged_from": merge.other.account.handle}
    audit = AuditEntry(now, caller.user_id, Action.SPLIT, was, values)
    return await write_held(store, held, before, audit, flag=before.posts != merge.into.posts)


async def _bring_back(store: Store, caller: Caller, merge: Merge, now: datetime) -> Account:
    other = merge.other
    [account] = estimated([other.account], await load_model(store))
    audit = AuditEntry(now, caller.user_id, Action.SPLIT, {"merged_into": merge.into.account.handle}, {})
    await store.accounts.write([AccountChange(None, account, other.readings, audit)])
    await replace_posts(store, account.id, other.posts)
    return account
