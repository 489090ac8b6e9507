from dataclasses import replace
from datetime import timedelta

from planning.accounts import Reach
from planning.flags import FlagReason
from planning.lists import ListAction, ListEvent, ListPick, NamedList, Veto, Vote
from planning.platform import Platform
from planning.ranking import RankingGoal
from planning.results import Result, ResultHead
from planning.shortlists import Pick, ShortlistQuery, Tag
from storage.database import SqlDatabase
from tests.storage.rosters import ACTOR, ANNA, BEN, GUILD, NOW

QUERY = ShortlistQuery(
    "vegan baking",
    followers=(1_000, 5_000),
    platform=Platform.TIKTOK,
    max_price_minor=40_000,
    flipped=("abc",),
    tags=(Tag("food"), Tag("family", 0.75)),
    goal=RankingGoal.VALUE,
    worths=(("USD", 0.92),),
)
FULL = Pick(replace(ANNA, id=4, reach=Reach(900.5, 3), flags=(FlagReason.RATE_ABOVE,)), 123, 1, "family")
BARE = Pick(replace(BEN, id=9), -5, 0, "gaming")
RESULT = Result("abcd2345", NOW, QUERY, (FULL, BARE))
AUTUMN = NamedList(0, "Herfst Één", NOW, ACTOR, "abcd2345")


async def test_a_result_comes_back_as_it_was(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        await store.results.keep(RESULT)
        await store.results.keep(replace(RESULT, made_at=NOW + timedelta(days=1)))
        await store.results.keep(replace(RESULT, id="later999", made_at=NOW + timedelta(days=2)))
    async with database.writing(GUILD) as store:
        assert await store.results.find("abcd2345") == RESULT
        newest = await store.results.list_newest(containing="BAK", limit=5)
        assert newest == [ResultHead("later999", NOW + timedelta(days=2), "vegan baking"),
                          ResultHead("abcd2345", NOW, "vegan baking")]  # fmt: skip
        assert [head.id for head in await store.results.list_newest(containing="abc", limit=5)] == ["abcd2345"]
        assert await store.results.list_newest(containing="%", limit=5) == []
        assert await store.results.purge(before=NOW + timedelta(days=1)) == 1
        assert await store.results.find("abcd2345") is None


async def test_a_list_is_found_by_its_name_whatever_its_case(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        first = await store.lists.create(AUTUMN)
        second = await store.lists.create(replace(AUTUMN, name="50% off", result_id=None))
        await store.lists.rename(second, "100% off_")
        assert await store.lists.find("HERFST éÉN") == replace(AUTUMN, id=first)
        assert await store.lists.find("50% off") is None
        assert [entry.name for entry in await store.lists.list_all(limit=9)] == ["100% off_", "Herfst Één"]
        assert [entry.name for entry in await store.lists.list_all(containing="%", limit=9)] == ["100% off_"]
        assert await store.lists.list_all(limit=9, offset=2) == []
        assert await store.lists.count() == 2


async def test_picks_votes_and_the_trail_go_with_their_list(database: SqlDatabase) -> None:
    first = ListPick(FULL, 1, NOW, ACTOR, "abcd2345")
    second = ListPick(BARE, 0, NOW, ACTOR, note="asks for a kitchen", veto=Veto(7, "too dear"))
    async with database.writing(GUILD) as store:
        autumn = await store.lists.create(AUTUMN)
        winter = await store.lists.create(replace(AUTUMN, name="Winter"))
        for list_id in (autumn, winter):
            await store.lists.save_pick(list_id, first)
            await store.lists.save_pick(list_id, second)
        await store.lists.save_pick(autumn, replace(first, note="later", place=2))
        for vote in (Vote(4, 1, up=True), Vote(4, 2, up=True, reason="yes"), Vote(4, 1, up=False), Vote(9, 1, up=True)):
            await store.lists.save_vote(autumn, vote)
        await store.lists.remove_vote(autumn, Vote(9, 1, up=True))
        for number, action in enumerate((ListAction.SAVED, ListAction.VETOED)):
            await store.lists.append_event(autumn, ListEvent(NOW, number, action, "ben", "why"))
    async with database.writing(GUILD) as store:
        assert await store.lists.list_picks(autumn) == [second, replace(first, note="later", place=2)]
        assert await store.lists.find_pick(autumn, 9) == second
        assert await store.lists.find_pick(autumn, 5) is None
        assert (await store.lists.get(autumn)) == replace(AUTUMN, id=autumn, picks=2)
        assert await store.lists.list_votes(autumn) == [Vote(4, 1, up=False), Vote(4, 2, up=True, reason="yes")]
        events = await store.lists.list_events(autumn, limit=9)
        assert events == [ListEvent(NOW, n, action, "ben", "why")
                          for n, action in ((1, ListAction.VETOED), (0, ListAction.SAVED))]  # fmt: skip
        await store.lists.remove_pick(winter, 9)
        await store.lists.delete(autumn)
        assert await store.lists.get(autumn) is None
        assert await store.lists.list_picks(autumn) == []
        assert await store.lists.list_events(autumn, limit=9) == []
        assert await store.lists.list_picks(winter) == [first]
