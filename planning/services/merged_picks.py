"""Picks on lists that go along when an account becomes part of another, and come back with it."""

from dataclasses import replace
from typing import Any

from planning.accounts import Account
from planning.lists import ListPick, Vote
from planning.merges import MovedPick
from planning.ports import Store


async def list_moving(store: Store, into: Account, other: Account) -> list[MovedPick]:
    """The other account's picks with their votes, and beside each that of `into` on the same list."""
    beside = dict(await store.lists.list_picks_of(into.id))
    found: list[MovedPick] = []
    for list_id, pick in await store.lists.list_picks_of(other.id):
        votes = await store.lists.list_votes(list_id)
        theirs, own = (tuple(vote for vote in votes if vote.account_id == each.id) for each in (other, into))
        found.append(MovedPick(list_id, pick, theirs, beside.get(list_id), own))
    return found


async def move_picks(store: Store, into: Account, moving: list[MovedPick]) -> None:
    """Give `into` these picks and votes; on a list that has it already, its own pick and votes stand."""
    for moved in moving:
        await store.lists.remove_pick(moved.list_id, moved.pick.account_id)
        await store.lists.save_pick(moved.list_id, _merged(moved, into))
        for vote in _brought(moved, into):
            await store.lists.save_vote(moved.list_id, vote)


async def move_back(store: Store, into: Account, moved: MovedPick) -> None:
    """Give the account that is back its pick again; nothing where that was taken off since, or its list deleted.

    A pick that `into` had itself stays with it, as it is now but for what the other's brought along.
    """
    now = await store.lists.find_pick(moved.list_id, into.id)
    if now is None:
        return
    votes = [vote for vote in await store.lists.list_votes(moved.list_id) if vote.account_id == into.id]
    other_id = moved.pick.account_id
    if moved.beside is None:
        # What was said of it since goes along.
        await store.lists.remove_pick(moved.list_id, into.id)
        await store.lists.save_pick(moved.list_id, replace(now, pick=moved.pick.pick))
        for vote in votes:
            await store.lists.save_vote(moved.list_id, replace(vote, account_id=other_id))
        return
    await store.lists.save_pick(moved.list_id, moved.pick)
    for vote in moved.votes:
        await store.lists.save_vote(moved.list_id, vote)
    brought = _brought(moved, into)
    for vote in votes:
        if vote in brought:
            await store.lists.remove_vote(moved.list_id, vote)
    merged = _merged(moved, into)
    kept: dict[str, Any] = {
        name: getattr(moved.beside, name) for name in ("note", "veto") if getattr(now, name) == getattr(merged, name)
    }
    await store.lists.save_pick(moved.list_id, replace(now, **kept))


def _merged(moved: MovedPick, into: Account) -> ListPick:
    if moved.beside is None:
        pick = replace(moved.pick.pick, account=replace(moved.pick.pick.account, id=into.id))
        return replace(moved.pick, pick=pick)
    beside = moved.beside
    return replace(beside, note=beside.note or moved.pick.note, veto=beside.veto or moved.pick.veto)


def _brought(moved: MovedPick, into: Account) -> list[Vote]:
    """The votes that come along: of members who had not voted on the other pick."""
    voted = {vote.user_id for vote in moved.beside_votes}
    return [replace(vote, account_id=into.id) for vote in moved.votes if vote.user_id not in voted]
