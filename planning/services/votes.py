"""What members make of a list's picks: votes, reasons, vetoes and notes, each with its line in the trail."""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.accounts import Account
from planning.caller import Caller
from planning.errors import InvalidValue, ListGone
from planning.lists import ListAction, ListEvent, ListPick, NamedList, Veto, Vote
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.services.lists import find_list

MAX_WORDS = 300
"""Characters of a reason or a note."""


@dataclass(frozen=True, slots=True)
class PickView:
    """One pick of a list with every vote on it; `today` is its account, None where that left the roster."""

    entry: NamedList
    pick: ListPick
    votes: list[Vote]
    today: Account | None


async def show_pick(database: Database, caller: Caller, list_id: int, account_id: int) -> PickView:
    """One pick. Raises `ListGone`."""
    async with database.reading(caller.guild_id) as store:
        entry, pick = await _find(store, list_id, account_id)
        votes = [vote for vote in await store.lists.list_votes(list_id) if vote.account_id == account_id]
        return PickView(entry, pick, votes, await store.accounts.get(account_id))


async def cast_vote(
    database: Database, caller: Caller, list_id: int, account_id: int, *, up: bool, now: datetime
) -> None:
    """A member's vote; the same vote again takes it back, the other one changes it. Raises `ListGone`."""
    async with database.writing(caller.guild_id) as store:
        _, pick = await _find(store, list_id, account_id)
        before = await _own_vote(store, caller, list_id, account_id)
        if before is not None and before.up is up:
            await store.lists.remove_vote(list_id, before)
            action = ListAction.TOOK_VOTE_BACK
        else:
            await store.lists.save_vote(list_id, Vote(account_id, caller.user_id, up))
            action = ListAction.VOTED_UP if up else ListAction.VOTED_DOWN
        await _tell(store, caller, list_id, pick, action, now)


async def give_reason(
    database: Database, caller: Caller, list_id: int, account_id: int, reason: str, *, now: datetime
) -> None:
    """Why a member voted as they did. Raises `ListGone`, `InvalidValue` (NO_VOTE_YET)."""
    reason = _words(reason)
    async with database.writing(caller.guild_id) as store:
        _, pick = await _find(store, list_id, account_id)
        vote = await _own_vote(store, caller, list_id, account_id)
        if vote is None:
            raise InvalidValue("vote", "", Reason.NO_VOTE_YET)
        await store.lists.save_vote(list_id, replace(vote, reason=reason or None))
        await _tell(store, caller, list_id, pick, ListAction.GAVE_REASON, now, reason)


async def veto(
    database: Database, caller: Caller, list_id: int, account_id: int, reason: str, *, now: datetime
) -> None:
    """Say no to a pick, whatever the votes; a new veto takes the place of an old one. Raises `ListGone`."""
    reason = _words(reason)
    async with database.writing(caller.guild_id) as store:
        _, pick = await _find(store, list_id, account_id)
        await store.lists.save_pick(list_id, replace(pick, veto=Veto(caller.user_id, reason or None)))
        await _tell(store, caller, list_id, pick, ListAction.VETOED, now, reason)


async def lift_veto(database: Database, caller: Caller, list_id: int, account_id: int, *, now: datetime) -> None:
    """Take a veto back: who said it, or a planner. Raises `ListGone`, `NotAPlanner`."""
    async with database.writing(caller.guild_id) as store:
        _, pick = await _find(store, list_id, account_id)
        if pick.veto is None:
            return
        if pick.veto.by != caller.user_id:
            caller.must_plan()
        await store.lists.save_pick(list_id, replace(pick, veto=None))
        await _tell(store, caller, list_id, pick, ListAction.LIFTED_VETO, now)


async def take_off(database: Database, caller: Caller, list_id: int, account_id: int, *, now: datetime) -> ListPick:
    """Take a pick off the list with its votes; the trail stays. Raises `ListGone`, `NotAPlanner`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        _, pick = await _find(store, list_id, account_id)
        await store.lists.remove_pick(list_id, account_id)
        await _tell(store, caller, list_id, pick, ListAction.TAKEN_OFF, now)
        return pick


async def note(database: Database, caller: Caller, list_id: int, account_id: int, text: str, *, now: datetime) -> None:
    """The team's note on a pick; nothing takes it away. Raises `ListGone`."""
    text = _words(text)
    async with database.writing(caller.guild_id) as store:
        _, pick = await _find(store, list_id, account_id)
        await store.lists.save_pick(list_id, replace(pick, note=text or None))
        await _tell(store, caller, list_id, pick, ListAction.NOTED, now, text)


async def _find(store: Store, list_id: int, account_id: int) -> tuple[NamedList, ListPick]:
    entry = await find_list(store, list_id)
    pick = await store.lists.find_pick(list_id, account_id)
    if pick is None:
        raise ListGone
    return entry, pick


async def _own_vote(store: Store, caller: Caller, list_id: int, account_id: int) -> Vote | None:
    votes = await store.lists.list_votes(list_id)
    return next((vote for vote in votes if (vote.account_id, vote.user_id) == (account_id, caller.user_id)), None)


async def _tell(
    store: Store, caller: Caller, list_id: int, pick: ListPick, action: ListAction, now: datetime, words: str = ""
) -> None:
    event = ListEvent(now, caller.user_id, action, pick.pick.account.handle, words or None)
    await store.lists.append_event(list_id, event)


def _words(text: str) -> str:
    """On one line, as long as is kept."""
    return " ".join(text.split())[:MAX_WORDS]
