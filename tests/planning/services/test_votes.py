import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planning.caller import Caller
from planning.errors import InvalidValue, ListGone, NotAPlanner
from planning.lists import ListAction
from planning.ranking import RankingGoal
from planning.reasons import Reason
from planning.results import Result, result_id
from planning.services import lists
from planning.services.lists import ListView, delete_list, list_events, save_list, show, show_list
from planning.services.results import KEPT, keep_result
from planning.services.votes import cast_vote, give_reason, lift_veto, show_pick, veto
from planning.shortlists import Pick, ShortlistQuery, Tag
from storage.database import SqlDatabase
from tests.storage.rosters import ANNA, BEN, GUILD, OTHER_GUILD, add

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLANNER = Caller(GUILD, 1, planner=True)
MEMBER = Caller(GUILD, 2, planner=False)
QUERY = ShortlistQuery("food", tags=(Tag("food"),))


async def saved(database: SqlDatabase, name: str = "Autumn") -> tuple[int, int]:
    """A list of one pick: its id and the pick's account."""
    [anna] = await add(database, ANNA)
    result = Result(result_id(QUERY, [Pick(anna, 1, 0, "food")]), NOW, QUERY, (Pick(anna, 1, 0, "food"),))
    await keep_result(database, PLANNER, result)
    return (await save_list(database, PLANNER, name, result.id, now=NOW)).entry.id, anna.id


async def test_twenty_five_votes_at_once_are_all_counted(database: SqlDatabase) -> None:
    list_id, account_id = await saved(database)
    voters = [Caller(GUILD, 100 + n, planner=False) for n in range(25)]
    await asyncio.gather(
        *(cast_vote(database, voter, list_id, account_id, up=voter.user_id % 5 != 0, now=NOW) for voter in voters)
    )
    view = await show_list(database, MEMBER, list_id)
    assert (len(view.votes_on(account_id, up=True)), len(view.votes_on(account_id, up=False))) == (20, 5)
    _, events = await list_events(database, MEMBER, list_id, offset=0, limit=99)
    assert len(events) == 26


async def test_a_list_deleted_among_25_votes_leaves_nothing_behind(database: SqlDatabase) -> None:
    list_id, account_id = await saved(database)
    voters = [Caller(GUILD, 100 + n, planner=False) for n in range(25)]
    votes = [cast_vote(database, voter, list_id, account_id, up=True, now=NOW) for voter in voters]
    done = await asyncio.gather(*votes, delete_list(database, PLANNER, list_id), return_exceptions=True)
    assert {type(error) for error in done if isinstance(error, BaseException)} <= {ListGone}
    with pytest.raises(ListGone):
        await show_pick(database, MEMBER, list_id, account_id)


async def test_the_same_vote_again_takes_it_back_and_its_reason(database: SqlDatabase) -> None:
    list_id, account_id = await saved(database)
    with pytest.raises(InvalidValue) as error:
        await give_reason(database, MEMBER, list_id, account_id, "nice", now=NOW)
    assert error.value.reason == Reason.NO_VOTE_YET
    await cast_vote(database, MEMBER, list_id, account_id, up=True, now=NOW)
    await give_reason(database, MEMBER, list_id, account_id, "so\n nice " + "x" * 400, now=NOW)
    [vote] = (await show_pick(database, MEMBER, list_id, account_id)).votes
    assert vote.reason is not None
    assert vote.reason.startswith("so nice x")
    assert len(vote.reason) == 300
    await cast_vote(database, MEMBER, list_id, account_id, up=True, now=NOW)
    assert (await show_pick(database, MEMBER, list_id, account_id)).votes == []


async def test_a_veto_is_lifted_by_who_said_it_or_by_a_planner(database: SqlDatabase) -> None:
    list_id, account_id = await saved(database)
    await veto(database, MEMBER, list_id, account_id, "", now=NOW)
    with pytest.raises(NotAPlanner):
        await lift_veto(database, replace(MEMBER, user_id=3), list_id, account_id, now=NOW)
    await lift_veto(database, PLANNER, list_id, account_id, now=NOW)
    await veto(database, MEMBER, list_id, account_id, "no", now=NOW)
    await lift_veto(database, MEMBER, list_id, account_id, now=NOW)
    assert (await show_pick(database, MEMBER, list_id, account_id)).pick.veto is None
    _, events = await list_events(database, MEMBER, list_id, offset=0, limit=9)
    assert [event.action for event in events][:2] == [ListAction.LIFTED_VETO, ListAction.VETOED]


async def test_a_full_list_and_a_full_server_say_so_and_lose_nothing(
    database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_id, _ = await saved(database)
    [ben] = await add(database, BEN)
    result = Result("other234", NOW, QUERY, (Pick(ben, 1, 0, "gaming"),))
    await keep_result(database, PLANNER, result)
    monkeypatch.setattr(lists, "MOST_PICKS", 1)
    with pytest.raises(InvalidValue) as full:
        await save_list(database, PLANNER, "autumn", result.id, now=NOW)
    assert full.value.reason == Reason.TOO_MANY_PICKS
    monkeypatch.setattr(lists, "MOST_LISTS", 1)
    with pytest.raises(InvalidValue) as many:
        await save_list(database, PLANNER, "Winter", result.id, now=NOW)
    assert many.value.reason == Reason.TOO_MANY_LISTS
    assert len((await show_list(database, MEMBER, list_id)).picks) == 1


async def test_what_a_list_was_saved_from_is_kept_as_long_as_the_list(database: SqlDatabase) -> None:
    list_id, _ = await saved(database)
    late = NOW + KEPT + timedelta(days=1)
    await keep_result(database, PLANNER, Result("other234", NOW, QUERY, ()))
    await keep_result(database, PLANNER, Result("later234", late, QUERY, ()))
    assert (await show_list(database, MEMBER, list_id)).query == QUERY
    with pytest.raises(InvalidValue):
        await show(database, MEMBER, "other234")


async def test_another_server_has_no_such_list(database: SqlDatabase) -> None:
    list_id, account_id = await saved(database)
    theirs = Caller(OTHER_GUILD, 1, planner=True)
    with pytest.raises(ListGone):
        await cast_vote(database, theirs, list_id, account_id, up=True, now=NOW)
    with pytest.raises(ListGone):
        await delete_list(database, theirs, list_id)
    with pytest.raises(InvalidValue):
        await show(database, theirs, "Autumn")


async def query_of(database: SqlDatabase, name: str) -> ShortlistQuery | None:
    view = await show(database, MEMBER, name)
    assert isinstance(view, ListView)
    return view.query


async def test_a_list_is_of_one_shortlist_over_its_pages_and_not_over_two_goals(database: SqlDatabase) -> None:
    anna, ben = await add(database, ANNA, BEN)
    first = replace(QUERY, limit=1)
    for query, account in ((first, anna), (replace(first, offset=1), ben)):
        result = Result(f"page{query.offset}234", NOW, query, (Pick(account, 1, 0, "food"),))
        await keep_result(database, PLANNER, result)
        await save_list(database, PLANNER, "Autumn", result.id, now=NOW)
    assert await query_of(database, "Autumn") == replace(first, limit=2)
    other = Result("views234", NOW, replace(first, goal=RankingGoal.VIEWS), (Pick(replace(ben, id=99), 1, 0, "food"),))
    await keep_result(database, PLANNER, other)
    await save_list(database, PLANNER, "Autumn", other.id, now=NOW)
    assert await query_of(database, "Autumn") is None
