from dataclasses import replace

import pytest

from cogs.lists.card import PAGE, list_card, result_card
from cogs.lists.overview_card import PAGE as ALL_PAGE
from cogs.lists.overview_card import all_card, deletion_card, diff_card, saved_card
from cogs.lists.pick_card import pick_card
from cogs.lists.trail_card import PAGE as TRAIL_PAGE
from cogs.lists.trail_card import trail_card
from cogs.shortlist.ranking import ranking_card
from planning.flags import FlagReason
from planning.list_changes import differences
from planning.lists import ListAction, ListEvent, ListPick, NamedList, Veto, Vote
from planning.platform import Platform
from planning.ranking import RankingGoal
from planning.results import Result
from planning.services.lists import ListView, ResultView, Saved, Side
from planning.services.votes import PickView
from planning.shortlists import Pick, ShortlistQuery, Tag
from tests.cogs.longest import LADDER, LANGUAGES, LONGEST, NOW, WIDE, check

NAME = WIDE[:60]
WORDS = WIDE * 3
TAGS = tuple(Tag(f"{n}" + "*" * 49, 0.7) for n in range(8))
QUERY = ShortlistQuery(
    "*" * 50,
    (10**10, 2 * 10**10),
    Platform.INSTAGRAM,
    "GB",
    "en",
    10**10,
    "EUR",
    9_999,
    25,
    (),
    TAGS,
    RankingGoal.VIEWS,
)
THEN = replace(LONGEST, id=1, flags=tuple(FlagReason))
NOW_ON = replace(THEN, followers=10**10, price=None, estimate=None)
PICKS = [Pick(replace(THEN, id=n, handle=f"{n:02}{LONGEST.handle[2:]}"), 10**9, 1, TAGS[0].name) for n in range(25)]
ENTRY = NamedList(10**9, NAME, NOW, 2**63 - 1, "abcd2345", 200)
VETO = Veto(2**63 - 1, WORDS)


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_the_longest_of_every_card_of_lists_fits(code: str):
    t = LANGUAGES.get(code)
    picks = [
        ListPick(pick, n, NOW, 2**63 - 1, ("abcd2345", "efgh2345", None)[n % 3], WORDS, VETO)
        for n, pick in enumerate(PICKS)
    ]
    votes = [Vote(pick.account.id, 2**62 + n, n % 2 == 0, WORDS) for pick in PICKS for n in range(40)]
    today = {pick.account.id: replace(NOW_ON, id=pick.account.id) for pick in PICKS}
    result = Result("abcd2345", NOW, QUERY, tuple(PICKS))
    other = replace(result, id="efgh2345", query=replace(QUERY, niche=WIDE[:50]))
    view = ListView(ENTRY, picks, votes, today, {result.id: result})
    mixed = ListView(ENTRY, picks, votes, today, {result.id: result, other.id: other})
    events = [ListEvent(NOW, 2**63 - 1, action, LONGEST.handle, WORDS) for action in ListAction] * 2
    moved = [Pick(replace(NOW_ON, handle=pick.account.handle), 1, 0, "x") for pick in PICKS[1:]]
    others = [Pick(replace(THEN, handle=f"z{n}{LONGEST.handle[3:]}"), 1, 0, "x") for n in range(25)]
    sides = Side(NAME, PICKS), Side(NAME, [*moved, *others])
    for card in (
        list_card(t, view, LADDER, PAGE),
        list_card(t, view, LADDER, PAGE, share=False),
        list_card(t, mixed, LADDER, PAGE),
        list_card(t, ListView(ENTRY, [], [], {}, {}), LADDER, 0),
        result_card(t, ResultView(result, today), LADDER, 0),
        result_card(t, ResultView(result, {}), LADDER, 24),
        pick_card(t, PickView(ENTRY, picks[0], votes[:40], NOW_ON), LADDER, user_id=2**62, planner=True),
        all_card(t, [ENTRY] * ALL_PAGE, 500, 15, shortlist="</shortlist:1234567890123456789>"),
        saved_card(t, Saved(ENTRY, 25, 25, created=True), show="</list show:1234567890123456789>"),
        deletion_card(t, ENTRY),
        diff_card(t, *sides, differences(sides[0].picks, sides[1].picks, LADDER), LADDER),
        trail_card(t, ENTRY, events[: TRAIL_PAGE + 1], 0),
        *(ranking_card(t, replace(QUERY, goal=goal), PICKS, NOW) for goal in RankingGoal),
    ):
        check(card)
