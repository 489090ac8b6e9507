"""The accounts that a file says are one influencer's: linked, but never against what a person said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from planning.accounts import Account, reference
from planning.audit import Action, AuditEntry, Origin
from planning.imports.problems import problem
from planning.imports.repeats import FileAccount
from planning.ports import Store
from planning.reasons import Reason
from planning.records import AccountChange
from planning.services.import_changes import Key, Tally

PART = 2_500
"""Entries of the trail that are made at a time: more would hold the event loop for too long."""


@dataclass(frozen=True, slots=True)
class _Group:
    """The accounts of one influencer of the file, and those of them that join it, whose number is below 0 where it is
    new."""

    accounts: Sequence[FileAccount]
    joining: Sequence[FileAccount]
    influencer: int


@dataclass(frozen=True, slots=True)
class Links:
    """What a chunk of a file changes of who is whose; `joining` are the accounts whose influencer that changes."""

    groups: list[_Group] = field(default_factory=list[_Group])
    joining: set[Key] = field(default_factory=set[Key])


async def find_links(
    store: Store, chunk: Sequence[FileAccount], existing: Mapping[Key, Account], tally: Tally
) -> Links:
    """What linking these accounts as the file says would change.

    An account that stands alone joins the others of its row. Nothing is done, and the tally has a problem, where they
    are of different influencers already, or where someone said that two of them are not one's.
    """
    rows = _by_influencer(chunk)
    if not rows:
        return Links()
    known = {existing[each.draft.key].id for accounts in rows for each in accounts if each.draft.key in existing}
    owners = await store.influencers.list_influencers_of(sorted(known)) if known else {}
    apart = await _list_apart(store, known - owners.keys(), owners)
    links, fresh = Links(), count(-1, -1)
    for accounts in rows:
        ids = {each.draft.key: existing[each.draft.key].id for each in accounts if each.draft.key in existing}
        influencers = {owners[each] for each in ids.values() if each in owners}
        joining = _once([each for each in accounts if ids.get(each.draft.key, 0) not in owners], ids)
        alone = {ids[each.draft.key] for each in joining if each.draft.key in ids}
        if len(influencers) > 1:
            _leave(accounts, Reason.OTHER_INFLUENCERS, tally)
        elif any(other in alone or owners.get(other) in influencers for each in alone for other in apart.get(each, ())):
            _leave(accounts, Reason.KEPT_APART, tally)
        elif joining and (influencers or len(joining) > 1):
            influencer = influencers.pop() if influencers else next(fresh)
            links.groups.append(_Group(accounts, joining, influencer))
            links.joining.update(each.draft.key for each in joining)
            owners |= dict.fromkeys(alone, influencer)
    return links


async def write_links(store: Store, links: Links, ids: Mapping[Key, int], now: datetime, by: tuple[int, str]) -> None:
    """Keep the links; `ids` are those of the chunk's accounts, `by` is who imports which file."""
    new: dict[int, list[int]] = {}
    members: list[tuple[int, int]] = []
    for group in links.groups:
        joining = [ids[each.draft.key] for each in group.joining]
        if group.influencer < 0:
            new.setdefault(group.influencer, []).extend(joining)
        else:
            members += [(each, group.influencer) for each in joining]
    if new:
        await store.influencers.link(list(new.values()))
    if members:
        await store.influencers.join(members)
    for start in range(0, len(links.groups), PART):
        part = links.groups[start : start + PART]
        await store.audit.append(*(entry for group in part for entry in _trail(group, ids, now, by)))


def numbered(existing: Mapping[Key, Account], changes: Sequence[AccountChange], ids: Sequence[int]) -> dict[Key, int]:
    """The ids of the accounts of a chunk: of those that exist, and of those that were written."""
    known = {key: account.id for key, account in existing.items()}
    return known | {change.after.key: each for change, each in zip(changes, ids, strict=True)}


def _by_influencer(chunk: Sequence[FileAccount]) -> list[list[FileAccount]]:
    rows: dict[int, list[FileAccount]] = {}
    for account in chunk:
        if account.influencer:
            rows.setdefault(account.influencer, []).append(account)
    return list(rows.values())


async def _list_apart(store: Store, alone: set[int], owners: dict[int, int]) -> dict[int, set[int]]:
    """The accounts that someone said are not the same as one of these; adds to `owners` whose those are."""
    apart: dict[int, set[int]] = {}
    for pair in await store.influencers.list_distinct() if alone else ():
        for one, other in (pair, pair[::-1]):
            if one in alone:
                apart.setdefault(one, set()).add(other)
    others = {other for each in apart.values() for other in each} - owners.keys()
    if others:
        owners |= await store.influencers.list_influencers_of(sorted(others))
    return apart


def _once(accounts: Sequence[FileAccount], ids: Mapping[Key, int]) -> list[FileAccount]:
    """Each account once: the file may name one by a handle that it has and by one that it had."""
    found: dict[object, FileAccount] = {}
    for account in accounts:
        found.setdefault(ids.get(account.draft.key, account.draft.key), account)
    return list(found.values())


def _leave(accounts: Sequence[FileAccount], reason: Reason, tally: Tally) -> None:
    handles = ", ".join(reference(*each.draft.key) for each in accounts)
    tally.problems.append(problem(accounts[0].row, "", handles, reason, rejects_row=False))


def _trail(group: _Group, ids: Mapping[Key, int], now: datetime, by: tuple[int, str]) -> list[AuditEntry]:
    """For each account of the group those that it was linked with."""
    actor_id, file = by
    entries: list[AuditEntry] = []
    joining = {each.draft.key for each in group.joining}
    for account in group.accounts:
        with_all = group.accounts if account.draft.key in joining else group.joining
        linked = [reference(*each.draft.key) for each in with_all if ids[each.draft.key] != ids[account.draft.key]]
        account_id, origin = ids[account.draft.key], Origin(file, account.row)
        after = {"linked": linked}
        entries.append(AuditEntry(now, actor_id, Action.LINKED, after=after, account_id=account_id, origin=origin))
    return entries
