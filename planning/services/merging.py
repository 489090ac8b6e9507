"""Making two accounts one, or one influencer's: shown first, done after Confirm, and undone as a whole."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planning.accounts import Account
from planning.audit import Action, AuditEntry, differences
from planning.authenticity import flags_of_posts
from planning.caller import Caller
from planning.errors import Expired, InvalidValue
from planning.merges import Merge
from planning.merging import Conflict, Held, find_conflicts, merge, niches_left_out
from planning.ports import Database, Store
from planning.post_files.merging import number_posts
from planning.posts import Post
from planning.reasons import Reason
from planning.records import AccountChange, Pending
from planning.services.accounts import Unknown, find_account
from planning.services.estimates import estimated, load_model
from planning.services.linking import Linked, link, linked_ids, relink_merged
from planning.services.merged_picks import list_moving, move_picks
from planning.services.pending import claim
from planning.services.proposed_imports import KEPT

MERGE = "merge"


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """What making `other` part of `into` would do, on one platform; `token` confirms it.

    `readings` and `posts` go over; `same_posts` are posts that both have, `lists` the lists that `other` is on,
    `left_out` its niches for which there is no room.
    """

    into: Account
    other: Account
    after: Account
    readings: int
    posts: int
    same_posts: int
    lists: int
    left_out: tuple[str, ...]
    conflicts: list[Conflict]
    token: str


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """Two accounts on different platforms that would be one influencer's, with all that are linked to either."""

    into: Account
    other: Account
    linked: list[Account]
    token: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`other` is part of `into` now."""

    into: Account
    other: Account


async def propose_merge(
    database: Database, caller: Caller, into: str | int, other: str | int, *, now: datetime
) -> MergeProposal | LinkProposal | Unknown:
    """What merging the other account with this one would do; each named by a person, or by its id.

    Raises `AmbiguousHandle`, `Expired`, `InvalidValue` (SAME_ACCOUNT, LINKED_ALREADY).
    """
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        found = [await _find(store, each) for each in (into, other)]
        for each in found:
            if isinstance(each, Unknown):
                return each
        own, theirs = (each for each in found if isinstance(each, Account))
        linked = await _check(store, own, theirs)
        token = secrets.token_urlsafe(9)
        payload = json.dumps([own.id, theirs.id]).encode()
        await store.pending.purge(before=now - KEPT)
        await store.pending.put(Pending(token, MERGE, caller.user_id, now, payload))
        if own.platform is not theirs.platform:
            return LinkProposal(own, theirs, linked + await store.influencers.list_linked(theirs.id), token)
        mine, others = await hold(store, own), await hold(store, theirs)
        lists = len(await store.lists.list_picks_of(theirs.id))
    merged = await asyncio.to_thread(merge, mine, others)
    fresh = max(0, len(merged.posts) - len(mine.posts))
    return MergeProposal(
        own,
        theirs,
        merged.account,
        len(merged.readings) - len(mine.readings),
        fresh,
        len(others.posts) - fresh,
        lists,
        niches_left_out(theirs, merged.account),
        find_conflicts(own, theirs, merged.account),
        token,
    )


async def confirm_merge(database: Database, caller: Caller, token: str, *, now: datetime) -> Merged | Linked:
    """Do what was shown, with what is known by now. Raises `Expired`, `NotYours`, `InvalidValue` (LINKED_ALREADY)."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        ids = json.loads((await claim(store, caller, token)).payload)
        own, theirs = [await get(store, account_id) for account_id in ids]
        await _check(store, own, theirs)
        if own.platform is not theirs.platform:
            return await link(store, caller, own, theirs, now)
        return await _merge(store, caller, own, theirs, now.replace(microsecond=0))


async def get(store: Store, account_id: int) -> Account:
    """The account. Raises `Expired` where it is gone."""
    account = await store.accounts.get(account_id)
    if account is None:
        raise Expired
    return account


async def hold(store: Store, account: Account) -> Held:
    """The account with all that hangs on it."""
    readings = await store.accounts.list_snapshots(account.id)
    posts = await store.posts.list_numbered(account.id)
    return Held(account, tuple(readings), tuple(post for _, post in posts))


async def write_held(store: Store, before: Held, after: Held, audit: AuditEntry, *, flag: bool) -> Account:
    """Keep the account as it is `after`, estimated anew; what `before` had of readings and posts and it lacks goes.

    `flag`: what is unusual about its posts is looked for anew.
    """
    [account] = estimated([after.account], await load_model(store))
    if flag:
        account = replace(account, flags=flags_of_posts(account, after.posts))
    if after.posts != before.posts:
        await replace_posts(store, account.id, after.posts)
    known = set(before.readings)
    fresh = tuple(reading for reading in after.readings if reading not in known)
    gone = {reading.taken_at for reading in before.readings} - {reading.taken_at for reading in after.readings}
    await store.accounts.remove_snapshots(account.id, sorted(gone))
    await store.accounts.write([AccountChange(before.account, account, fresh, audit)])
    return account


async def replace_posts(store: Store, account_id: int, posts: Sequence[Post]) -> None:
    """Keep these posts of the account, and no others."""
    known = await store.posts.list_numbered(account_id)
    await store.posts.remove(account_id, [(post.posted_at, number) for number, post in known])
    await store.posts.write(account_id, list(zip(number_posts([], posts), posts, strict=True)))


async def _find(store: Store, reference: str | int) -> Account | Unknown:
    return await get(store, reference) if isinstance(reference, int) else await find_account(store, reference)


async def _check(store: Store, own: Account, theirs: Account) -> list[Account]:
    """The accounts that are linked to the first. Raises `InvalidValue` where both are one already."""
    if own.id == theirs.id:
        raise InvalidValue("handle", theirs.handle, Reason.SAME_ACCOUNT)
    linked = await store.influencers.list_linked(own.id)
    if own.platform is not theirs.platform and theirs.id in {account.id for account in linked}:
        raise InvalidValue("handle", theirs.handle, Reason.LINKED_ALREADY)
    return linked


async def _merge(store: Store, caller: Caller, own: Account, theirs: Account, now: datetime) -> Merged:
    into, other = await hold(store, own), await hold(store, theirs)
    merged = await asyncio.to_thread(merge, into, other)
    moving = await list_moving(store, own, theirs)
    kept = Merge(now, into, other, await linked_ids(store, own.id), await linked_ids(store, theirs.id), tuple(moving))
    await store.merges.keep(kept)
    await move_picks(store, own, moving)
    _, values = differences(None, theirs)
    gone = AuditEntry(*(now, caller.user_id, Action.MERGED, values, {"merged_into": own.handle}), handle=theirs.handle)
    await store.accounts.remove(theirs, gone)
    was, values = differences(own, merged.account)
    audit = AuditEntry(now, caller.user_id, Action.MERGED, was, values | {"merged_from": theirs.handle})
    after = await write_held(store, into, merged, audit, flag=merged.posts != into.posts)
    await relink_merged(store, kept)
    return Merged(after, theirs)
