"""A team's named lists: saved from shortlists, shown beside today's numbers, renamed, deleted, compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planning.accounts import Account
from planning.caller import Caller
from planning.errors import InvalidValue, ListGone
from planning.lists import ListAction, ListEvent, ListPick, NamedList, Vote
from planning.names import parse_title
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.results import Result
from planning.services.accounts import Unknown, find_account
from planning.services.meanings import Meanings
from planning.services.shortlists import NoSuchNiche, make_shortlist
from planning.shortlists import Pick, ShortlistQuery, Tag

MAX_LIST_NAME = 60
MOST_LISTS = 500
MOST_PICKS = 200


@dataclass(frozen=True, slots=True)
class Saved:
    """How many picks a list got, and how many of those to save it had already; `created` where it is new."""

    entry: NamedList
    added: int
    had: int
    created: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """A list with its picks, every vote, and today's accounts by id: those that left the roster are missing.

    `results` are those that its picks were saved from, by id.
    """

    entry: NamedList
    picks: list[ListPick]
    votes: list[Vote]
    today: dict[int, Account]
    results: dict[str, Result]

    @property
    def query(self) -> ShortlistQuery | None:
        """What the list was saved from, over all the pages that were; None where that is not one shortlist."""
        pages = sorted((result.query for result in self.results.values()), key=lambda query: query.offset)
        if len({_whole(query) for query in pages}) != 1:
            return None
        end = max(query.offset + query.limit for query in pages)
        return replace(pages[0], limit=end - pages[0].offset)

    def votes_on(self, account_id: int, *, up: bool) -> list[Vote]:
        """The votes for or against one pick."""
        return [vote for vote in self.votes if vote.account_id == account_id and vote.up is up]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A shortlist as it was answered, and today's accounts by id: those that left the roster are missing."""

    result: Result
    today: dict[int, Account]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two lists that are compared: its name and its picks in order."""

    title: str
    picks: Sequence[Pick]


async def save_list(database: Database, caller: Caller, name: str, result_id: str, *, now: datetime) -> Saved:
    """Save a result's picks to the list of this name, which is made where there is none; none is saved twice.

    Raises `InvalidValue`: NOT_A_LIST_NAME, NO_SUCH_LIST (the result), TOO_MANY_LISTS, TOO_MANY_PICKS.
    """
    caller.must_plan()
    name = parse_title("list", name, MAX_LIST_NAME)
    async with database.writing(caller.guild_id) as store:
        result = await find_result(store, result_id)
        entry = await store.lists.find(name)
        created = entry is None
        if entry is None:
            await _must_be_free(store, name)
            entry = await _create(store, NamedList(0, name, now.replace(microsecond=0), caller.user_id, result.id))
        fresh = await _add(store, caller, entry, result.picks, result.id, now)
        if created or fresh:
            event = ListEvent(now, caller.user_id, ListAction.SAVED, detail=result.id)
            await store.lists.append_event(entry.id, event)
        entry = await find_list(store, entry.id)
    return Saved(entry, len(fresh), len(result.picks) - len(fresh), created)


async def add_by_hand(
    database: Database, caller: Caller, list_id: int, reference: str, *, now: datetime
) -> Account | Unknown:
    """Put an account on a list that no shortlist put there. Raises `ListGone`, `InvalidValue` (ON_THE_LIST)."""
    async with database.writing(caller.guild_id) as store:
        entry = await find_list(store, list_id)
        account = await find_account(store, reference)
        if isinstance(account, Unknown):
            return account
        tag = next(iter(account.niches), "")
        if not await _add(store, caller, entry, [Pick(account, 0, 0, tag)], None, now):
            raise InvalidValue("handle", account.handle, Reason.ON_THE_LIST)
        await store.lists.append_event(list_id, ListEvent(now, caller.user_id, ListAction.ADDED, account.handle))
        return account


async def show_list(database: Database, caller: Caller, list_id: int) -> ListView:
    """The list of this id. Raises `ListGone`."""
    async with database.reading(caller.guild_id) as store:
        return await _view(store, await find_list(store, list_id))


async def show(database: Database, caller: Caller, reference: str) -> ListView | ResultView:
    """The list of this name, or else the result of this id. Raises `InvalidValue` (NO_SUCH_LIST)."""
    async with database.reading(caller.guild_id) as store:
        entry = await store.lists.find(reference.strip())
        if entry is not None:
            return await _view(store, entry)
        result = await find_result(store, reference)
        return ResultView(result, await store.accounts.list_by_ids([pick.account.id for pick in result.picks]))


async def list_all(database: Database, caller: Caller, *, offset: int, limit: int) -> tuple[list[NamedList], int]:
    """A page of the lists, newest first, and how many there are in all."""
    async with database.reading(caller.guild_id) as store:
        found = await store.lists.list_all(limit=limit, offset=offset)
        return found, await store.lists.count()


async def suggest_lists(database: Database, guild_id: int, text: str, *, limit: int) -> list[NamedList]:
    """The lists whose name contains the text, newest first; for autocomplete."""
    async with database.reading(guild_id) as store:
        return await store.lists.list_all(containing=text.strip(), limit=limit)


async def rename_list(database: Database, caller: Caller, name: str, new_name: str, *, now: datetime) -> NamedList:
    """Give a list another name. Raises `InvalidValue` (NO_SUCH_LIST, NOT_A_LIST_NAME, NAME_TAKEN)."""
    caller.must_plan()
    new_name = parse_title("list", new_name, MAX_LIST_NAME)
    async with database.writing(caller.guild_id) as store:
        entry = await find_named(store, name)
        taken = await store.lists.find(new_name)
        if taken is not None and taken.id != entry.id:
            raise InvalidValue("list", new_name, Reason.NAME_TAKEN)
        await _must_be_free(store, new_name)
        await store.lists.rename(entry.id, new_name)
        await store.lists.append_event(entry.id, ListEvent(now, caller.user_id, ListAction.RENAMED, detail=entry.name))
    return replace(entry, name=new_name)


async def find_to_delete(database: Database, caller: Caller, name: str) -> NamedList:
    """The list that is to be deleted. Raises `InvalidValue` (NO_SUCH_LIST), `NotAPlanner`."""
    caller.must_plan()
    async with database.reading(caller.guild_id) as store:
        return await find_named(store, name)


async def delete_list(database: Database, caller: Caller, list_id: int) -> NamedList:
    """Delete a list with its votes and its trail. Raises `ListGone`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        entry = await find_list(store, list_id)
        await store.lists.delete(list_id)
    return entry


async def list_events(
    database: Database, caller: Caller, list_id: int, *, offset: int, limit: int
) -> tuple[NamedList, list[ListEvent]]:
    """A page of a list's trail, newest first. Raises `ListGone`."""
    async with database.reading(caller.guild_id) as store:
        entry = await find_list(store, list_id)
        return entry, await store.lists.list_events(list_id, limit=limit, offset=offset)


async def compare(
    database: Database, meanings: Meanings, caller: Caller, first: str, second: str | None, *, now: datetime
) -> tuple[Side, Side | NoSuchNiche]:
    """Two lists or results; without a second, the first beside the same shortlist made today.

    Raises `InvalidValue`: NO_SUCH_LIST, NO_QUERY (nothing is kept from which the first could be made today).
    """
    async with database.reading(caller.guild_id) as store:
        one, query = await _side(store, first)
        if second is not None:
            return one, (await _side(store, second))[0]
    if query is None:
        raise InvalidValue("list", first, Reason.NO_QUERY)
    made = await make_shortlist(database, meanings, caller, replace(query, tags=(), worths=()), now=now)
    return one, made if isinstance(made, NoSuchNiche) else Side("", made.picks)


async def find_list(store: Store, list_id: int) -> NamedList:
    """The list of this id. Raises `ListGone`."""
    entry = await store.lists.get(list_id)
    if entry is None:
        raise ListGone
    return entry


async def find_named(store: Store, name: str) -> NamedList:
    """The list of this name. Raises `InvalidValue` (NO_SUCH_LIST)."""
    entry = await store.lists.find(name.strip())
    if entry is None:
        raise InvalidValue("list", name, Reason.NO_SUCH_LIST)
    return entry


async def find_result(store: Store, result_id: str) -> Result:
    """The result of this id. Raises `InvalidValue` (NO_SUCH_LIST)."""
    found = await store.results.find(result_id.strip().casefold())
    if found is None:
        raise InvalidValue("list", result_id, Reason.NO_SUCH_LIST)
    return found


def origin(view: ListView, pick: ListPick) -> tuple[ShortlistQuery, Sequence[Pick]]:
    """What a pick was asked for, and the picks that it stood among; by hand it stands for its niche, alone."""
    result = view.results.get(pick.result_id or "")
    if result is not None:
        return result.query, result.picks
    return ShortlistQuery(pick.pick.tag, tags=(Tag(pick.pick.tag),)), [pick.pick]


async def _must_be_free(store: Store, name: str) -> None:
    """A list's name is no result's id, or that could not be shown any more."""
    if await store.results.has(name.casefold()):
        raise InvalidValue("list", name, Reason.NAME_IS_A_RESULT)


async def _create(store: Store, entry: NamedList) -> NamedList:
    if await store.lists.count() >= MOST_LISTS:
        raise InvalidValue("list", entry.name, Reason.TOO_MANY_LISTS)
    return replace(entry, id=await store.lists.create(entry))


async def _add(
    store: Store, caller: Caller, entry: NamedList, picks: Sequence[Pick], result_id: str | None, now: datetime
) -> list[Pick]:
    """Add those of these picks that the list lacks behind those that are there; which ones those were."""
    held = await store.lists.list_picks(entry.id)
    known = {pick.account_id for pick in held}
    fresh = [pick for pick in picks if pick.account.id not in known]
    if len(held) + len(fresh) > MOST_PICKS:
        raise InvalidValue("list", entry.name, Reason.TOO_MANY_PICKS)
    start = max((pick.place for pick in held), default=-1) + 1
    at = now.replace(microsecond=0)
    for place, pick in enumerate(fresh, start=start):
        await store.lists.save_pick(entry.id, ListPick(pick, place, at, caller.user_id, result_id))
    return fresh


def _whole(query: ShortlistQuery) -> ShortlistQuery:
    """The shortlist that a page is of, whatever its niche was taken for at the time."""
    return replace(query, offset=0, limit=0, tags=(), worths=())


async def _view(store: Store, entry: NamedList) -> ListView:
    picks = await store.lists.list_picks(entry.id)
    found = [await store.results.find(result_id) for result_id in {pick.result_id for pick in picks} if result_id]
    return ListView(
        entry,
        picks,
        await store.lists.list_votes(entry.id),
        await store.accounts.list_by_ids([pick.account_id for pick in picks]),
        {result.id: result for result in found if result},
    )


async def _side(store: Store, reference: str) -> tuple[Side, ShortlistQuery | None]:
    entry = await store.lists.find(reference.strip())
    if entry is None:
        result = await find_result(store, reference)
        return Side(result.id, result.picks), result.query
    view = await _view(store, entry)
    return Side(entry.name, [pick.pick for pick in view.picks]), view.query
