import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.accounts import Account, Engagement, Reach
from planning.estimates.values import Estimate, ModelVersion
from planning.flags import FlagReason
from planning.money import Money
from planning.platform import Platform
from planning.ranking import (
    UNIT,
    UNRANKED,
    age_part,
    engagements_for_one,
    flags_part,
    numbers_at,
    rate_part,
    scores,
    shift,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
YEAR = timedelta(days=365.25)
ESTIMATE = Estimate(0.05, 0.04, 0.0625, ModelVersion(2, 0), 0.04)
MOSS = Account(
    Platform.INSTAGRAM,
    "moss",
    2_000,
    NOW,
    engagement=Engagement(likes=90.0, comments=5.0, views=1_500.0, posts=12),
    engagement_at=NOW,
    niches=("food", "family"),
    price=Money(20_000, "EUR"),
    reach=Reach(1_200.0, 7),
    estimate=ESTIMATE,
)
shares = st.floats(0.001, 0.9)


def test_without_a_rate_the_main_niche_still_comes_first():
    main, other = scores(replace(MOSS, estimate=None))
    assert UNRANKED == main.engagement > other.engagement
    assert main.value is None
    assert main.reach is not None, "reach is ranked by itself"


def test_the_score_is_the_lower_end_over_what_is_usual():
    twice = replace(MOSS, estimate=replace(ESTIMATE, low=0.08))
    assert rate_part(MOSS) == pytest.approx(0)
    assert scores(twice)[0].engagement - scores(MOSS)[0].engagement == pytest.approx(math.log(2) * UNIT, abs=1)


def test_a_side_niche_counts_four_fifths_for_every_goal():
    for main, side in zip(*scores(MOSS), strict=True):
        assert main is not None
        assert main + shift(0.8) == pytest.approx(side, abs=1)


def test_each_flag_costs_a_fifth():
    flagged = replace(MOSS, flags=(FlagReason.RATE_ABOVE, FlagReason.COMMENTS_BELOW))
    assert math.exp(flags_part(flagged)) == pytest.approx(0.64)
    for plain, doubted in zip(scores(MOSS)[0], scores(flagged)[0], strict=True):
        assert plain is not None
        assert plain + shift(0.64) == pytest.approx(doubted, abs=1)


def test_a_year_halves_it_and_the_order_does_not_hang_on_today():
    old = replace(MOSS, engagement_at=NOW - YEAR)
    assert math.exp(age_part(old, NOW)) == pytest.approx(0.5)
    assert age_part(MOSS, NOW - YEAR) == 0, "numbers of tomorrow are no better than today's"
    assert scores(MOSS)[0].engagement - scores(old)[0].engagement == pytest.approx(-shift(0.5), abs=1)


def test_the_newest_numbers_count():
    assert numbers_at(replace(MOSS, posts_read_at=NOW + YEAR)) == NOW + YEAR
    bare = replace(MOSS, engagement=Engagement(), engagement_at=None, followers_at=NOW - YEAR)
    assert numbers_at(bare) == NOW - YEAR


def test_value_is_what_one_unit_of_money_surely_buys():
    assert engagements_for_one(MOSS) == pytest.approx(0.04 * 2_000 / 200)
    assert engagements_for_one(replace(MOSS, price=Money(200, "JPY"))) == pytest.approx(0.04 * 2_000 / 200)
    assert engagements_for_one(replace(MOSS, price=None)) is None
    assert engagements_for_one(replace(MOSS, price=Money(0, "EUR"))) == pytest.approx(0.04 * 2_000 * 100)


@pytest.mark.parametrize("views", [None, 0.0, -1.0])
def test_what_is_not_known_has_no_rank(views: float | None):
    unknown = replace(MOSS, reach=None, price=None, engagement=Engagement(likes=3, views=views))
    [main, _] = scores(unknown)
    assert (main.reach, main.value, main.views) == (None, None, None)


def test_reach_and_views_count_fully_and_the_rate_a_quarter():
    wider = replace(MOSS, reach=Reach(2_400.0, 7), engagement=replace(MOSS.engagement, views=3_000.0))
    better = replace(MOSS, estimate=replace(ESTIMATE, low=0.16))
    base = scores(MOSS)[0]
    for name in ("reach", "views"):
        assert getattr(scores(wider)[0], name) - getattr(base, name) == pytest.approx(shift(2), abs=1)
        assert getattr(scores(better)[0], name) - getattr(base, name) == pytest.approx(shift(4) / 4, abs=1)


@given(low=shares, usual=shares, cheaper=st.integers(1, 10_000))
def test_more_for_less_never_ranks_lower(low: float, usual: float, cheaper: int):
    account = replace(MOSS, estimate=Estimate(low, low, low, ModelVersion(2, 0), usual))
    better = replace(account, price=Money(20_000 - cheaper, "EUR"))
    first, second = scores(better)[0], scores(account)[0]
    assert first.value is not None
    assert second.value is not None
    assert first.value >= second.value
    assert first.engagement == second.engagement, "the price is no part of the engagement goal"
