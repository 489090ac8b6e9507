"""Accounts on several platforms that are one influencer's."""

from dataclasses import dataclass
from datetime import datetime

from planning.accounts import Account, reference
from planning.audit import Action, AuditEntry
from planning.caller import Caller
from planning.duplicates.identities import pair_of
from planning.merges import Merge
from planning.ports import Store


@dataclass(frozen=True, slots=True)
class Linked:
    """Both accounts are one influencer's now, with these `others`."""

    into: Account
    other: Account
    others: list[Account]


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The account stands for itself again; these are still one influencer's, where they are several."""

    account: Account
    others: list[Account]


async def linked_ids(store: Store, account_id: int) -> tuple[int, ...]:
    """The other accounts of the same influencer."""
    return tuple(account.id for account in await store.influencers.list_linked(account_id))


async def link(store: Store, caller: Caller, own: Account, theirs: Account, now: datetime) -> Linked:
    """Make both, and all that are linked to either, one influencer's."""
    others = [*await store.influencers.list_linked(own.id), *await store.influencers.list_linked(theirs.id)]
    await store.influencers.link([[own.id, theirs.id, *(account.id for account in others)]])
    for one, other in ((own, theirs), (theirs, own)):
        linked = {"linked": reference(*other.key)}
        await store.audit.append(AuditEntry(now, caller.user_id, Action.LINKED, {}, linked, account_id=one.id))
    return Linked(own, theirs, others)


async def unlink(store: Store, caller: Caller, account: Account, others: list[Account], now: datetime) -> Unlinked:
    """Take the account out of its influencer; the `others` of it stay together, and no import puts it back to them."""
    left = [account.id] if len(others) > 1 else [account.id, *(other.id for other in others)]
    await store.influencers.unlink(left)
    for other in others:
        await store.influencers.keep_distinct(pair_of(account.id, other.id), said_by=caller.user_id)
    for one, was in ((account, others), *((other, [account]) for other in others)):
        linked = {"linked": [reference(*other.key) for other in was]}
        await store.audit.append(AuditEntry(now, caller.user_id, Action.SPLIT, linked, {}, account_id=one.id))
    return Unlinked(account, others)


async def relink_merged(store: Store, merge: Merge) -> None:
    """The influencers of two accounts that became one become one too."""
    if merge.other_linked:
        others = (set(merge.into_linked) | set(merge.other_linked)) - {merge.into.account.id, merge.other.account.id}
        await store.influencers.unlink([merge.into.account.id])
        if others:
            await store.influencers.link([[merge.into.account.id, *sorted(others)]])


async def relink_unmerged(store: Store, merge: Merge) -> None:
    """Two accounts that are two again have each their own influencer back; whoever was linked since stays."""
    into, other = merge.into.account.id, merge.other.account.id
    linked = await linked_ids(store, into)
    if other in merge.into_linked:
        await store.influencers.link([[into, other, *linked]])
        return
    back = [each for each in merge.other_linked if each in linked]
    stay = [each for each in linked if each not in back]
    groups = [[owner, *group] for owner, group in ((into, stay), (other, back)) if group]
    await store.influencers.unlink([into, other, *linked])
    if groups:
        await store.influencers.link(groups)
