from dataclasses import replace
from datetime import timedelta

import pytest

from planning.accounts import Engagement, Reach
from planning.arguments import OLD, Against, Argument, For, typical, weigh
from planning.flags import FlagReason
from planning.money import Money
from planning.ranking import RankingGoal
from planning.shortlists import Pick, ShortlistQuery, Tag
from tests.planning.test_ranking import ESTIMATE, MOSS, NOW

QUERY = ShortlistQuery("food", tags=(Tag("food"),))
CHEAP, USUAL, DEAR = (Pick(replace(MOSS, price=Money(minor, "EUR")), 0, 0, "food") for minor in (5_000, 20_000, 90_000))
ALONE = typical([USUAL])


def kinds(pick: Pick, query: ShortlistQuery = QUERY, among=ALONE) -> tuple[list[For | Against], list[For | Against]]:
    found = weigh(pick, query, among, NOW)
    return [one.kind for one in found.pro], [one.kind for one in found.con]


def test_a_rate_above_the_usual_one_is_for_and_one_below_against():
    assert kinds(USUAL) == ([For.RATE, For.MAIN_NICHE], [])
    low = replace(USUAL, account=replace(MOSS, estimate=replace(ESTIMATE, usual=0.1)))
    assert kinds(low) == ([For.MAIN_NICHE], [Against.RATE])
    assert weigh(low, QUERY, ALONE, NOW).con[0].figure == pytest.approx(0.5)


def test_what_is_cheap_and_dear_is_held_against_the_picks_beside_it():
    among = typical([CHEAP, USUAL, DEAR])
    [cheaper] = [one for one in weigh(CHEAP, QUERY, among, NOW).pro if one.kind is For.CHEAP]
    assert cheaper.figure == pytest.approx(0.75)
    assert Against.DEAR in kinds(DEAR, among=among)[1]
    assert kinds(USUAL, among=among) == kinds(USUAL)
    other = replace(DEAR, account=replace(DEAR.account, price=Money(90_000, "USD")))
    assert Against.DEAR not in kinds(other, among=among)[1], "no rate says what a dollar is"


def test_thin_and_old_numbers_speak_against():
    few = replace(USUAL, account=replace(MOSS, engagement=replace(MOSS.engagement, posts=2)))
    assert weigh(few, QUERY, ALONE, NOW).con == (Argument(Against.FEW_POSTS, 2),)
    unknown = replace(USUAL, account=replace(MOSS, engagement=replace(MOSS.engagement, posts=None)))
    assert weigh(unknown, QUERY, ALONE, NOW).con == (Argument(Against.FEW_POSTS),)
    wide = replace(USUAL, account=replace(MOSS, estimate=replace(ESTIMATE, low=0.03, high=0.08)))
    assert kinds(wide)[1] == [Against.WIDE]
    old = replace(USUAL, account=replace(MOSS, engagement_at=NOW - OLD))
    assert weigh(old, QUERY, ALONE, NOW).con == (Argument(Against.OLD, at=NOW - OLD),)
    assert weigh(old, QUERY, ALONE, NOW - timedelta(seconds=1)).con == ()


def test_flags_come_first_and_each_is_named():
    flagged = replace(
        DEAR, account=replace(MOSS, flags=(FlagReason.GROWTH_IN_STEPS, FlagReason.RATE_ABOVE), price=None)
    )
    con = weigh(flagged, QUERY, ALONE, NOW).con
    assert [one.flag for one in con] == [FlagReason.GROWTH_IN_STEPS, FlagReason.RATE_ABOVE, None]
    assert con[-1].kind is Against.NO_PRICE


def test_how_the_niche_fits():
    near = ShortlistQuery("baking", tags=(Tag("food", 0.72), Tag("family", 0.9)))
    assert kinds(USUAL, near) == ([For.RATE], [Against.LOOSE_TAG])
    assert Against.SIDE_NICHE in kinds(replace(USUAL, position=1, tag="family"), near)[1]


def test_without_a_rate_nothing_is_made_up():
    bare = replace(USUAL, account=replace(MOSS, estimate=None, engagement=Engagement()), position=1)
    assert kinds(bare) == ([], [Against.NO_RATE, Against.SIDE_NICHE])


def test_where_nothing_stands_out_the_sure_part_of_the_rate_earned_the_place():
    plain = replace(USUAL, account=replace(MOSS, estimate=replace(ESTIMATE, usual=0.05)), position=1)
    [floor] = weigh(plain, QUERY, ALONE, NOW).pro
    assert floor.kind is For.FLOOR
    assert floor.figure == pytest.approx(0.8)


@pytest.mark.parametrize("goal", [RankingGoal.REACH, RankingGoal.VIEWS])
def test_reach_and_views_are_named_for_their_goal_alone(goal: RankingGoal):
    more = replace(
        USUAL, account=replace(MOSS, reach=Reach(5_000.0, 3), engagement=replace(MOSS.engagement, views=6e3))
    )
    among = typical([USUAL, USUAL, more])
    kind = For.REACH if goal is RankingGoal.REACH else For.VIEWS
    assert kinds(more, replace(QUERY, goal=goal), among)[0][0] is kind
    assert kind not in kinds(more, QUERY, among)[0]
    assert kind not in kinds(USUAL, replace(QUERY, goal=goal), among)[0]
