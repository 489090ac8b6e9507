"""The total's interval: of one creator its own, of many what they share, and it holds what comes."""

import math

import numpy as np
import pytest

from planning.budget.totals import SHARED, add_up
from planning.budget.values import NORMAL_90, Expected


def test_of_one_creator_it_is_their_own():
    total = add_up([Expected(100, 80, 125)])
    assert (total.middle, total.low, total.high) == pytest.approx((100, 80, 125))


def test_of_nothing_it_is_nothing():
    assert add_up([]) == Expected(0, 0, 0)
    assert add_up([Expected(0, 0, 0)]) == Expected(0, 0, 0)


def test_it_narrows_with_more_creators_but_never_below_what_they_share():
    one = Expected(100, 50, 200)
    widths = [add_up([one] * count).deviation for count in (1, 2, 10, 10_000)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(SHARED, rel=0.01)
    assert add_up([one] * 10).low > 10 * one.low


def test_a_creator_surer_than_what_is_shared_keeps_to_their_own_interval():
    sure = Expected(100, 99, 101)
    assert add_up([sure]).deviation == pytest.approx(sure.deviation)


@pytest.mark.parametrize("count", [1, 3, 10, 60])
def test_nine_of_ten_totals_lie_inside(count: int):
    """Shared and own errors as the formula has them, each creator's with the given middle as its mean."""
    chance = np.random.default_rng(count)
    middles, deviations = chance.lognormal(5, 1, count), chance.uniform(0.25, 0.5, count)
    parts = [
        Expected(middle, middle * math.exp(-NORMAL_90 * deviation), middle * math.exp(NORMAL_90 * deviation))
        for middle, deviation in zip(middles.tolist(), deviations.tolist(), strict=True)
    ]
    total = add_up(parts)
    own = np.sqrt(deviations**2 - SHARED**2)
    errors = SHARED * chance.normal(size=(20_000, 1)) + own * chance.normal(size=(20_000, count))
    came = (middles * np.exp(errors - deviations**2 / 2)).sum(axis=1)
    assert 0.86 <= np.mean((total.low <= came) & (came <= total.high)) <= 0.94
