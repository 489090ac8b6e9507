import math
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.accounts import Account, Engagement, Reach
from planning.breakdowns import break_down
from planning.flags import FlagReason
from planning.money import Money
from planning.ranking import HALF_LIFE_DAYS, UNIT, Part, RankingGoal, scores, shift
from planning.shortlists import Pick, ShortlistQuery, Tag
from tests.planning.test_ranking import ESTIMATE, MOSS, NOW

START = datetime(2020, 1, 1, tzinfo=NOW.tzinfo)


@given(
    goal=st.sampled_from(RankingGoal),
    position=st.sampled_from([0, 1]),
    low=st.floats(0.001, 0.5),
    days=st.integers(0, 900),
    flags=st.sampled_from([(), (FlagReason.RATE_ABOVE,), tuple(FlagReason)]),
    weight=st.sampled_from([1.0, 0.7]),
)
def test_the_product_of_the_factors_is_the_score(
    goal: RankingGoal, position: int, low: float, days: int, flags: tuple[FlagReason, ...], weight: float
):
    account = replace(MOSS, estimate=replace(ESTIMATE, low=low), engagement_at=NOW - timedelta(days=days), flags=flags)
    query = ShortlistQuery("food", tags=(Tag("food", weight), Tag("family", weight)), goal=goal)
    tag = MOSS.niches[position]
    score = getattr(scores(account)[position], goal) + shift(weight)
    factors = break_down(Pick(account, score, position, tag), query, NOW)
    # The stored score counts the age from a fixed day.
    since = (NOW - START).total_seconds() / 86_400 / HALF_LIFE_DAYS * math.log(2)
    assert math.log(math.prod(factors.values())) * UNIT == pytest.approx(score - since * UNIT, abs=3)


def test_what_is_not_known_is_left_out():
    bare: Account = replace(MOSS, estimate=None, price=None, reach=None, engagement=Engagement())
    for goal in RankingGoal:
        found = break_down(Pick(bare, 0, 0, "food"), ShortlistQuery("food", tags=(Tag("food"),), goal=goal), NOW)
        assert set(found) == {Part.FIT, Part.FLAGS, Part.AGE}


def test_value_is_in_the_currency_that_was_asked_for():
    dollars = replace(MOSS, price=Money(10_000, "USD"), reach=Reach(9.0, 1))
    query = ShortlistQuery("food", tags=(Tag("food"),), goal=RankingGoal.VALUE, worths=(("USD", 0.5),))
    assert break_down(Pick(dollars, 0, 0, "food"), query, NOW)[Part.VALUE] == pytest.approx(0.04 * 2_000 / 100 / 0.5)
