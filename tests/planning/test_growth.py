"""Growth in steps: found where a rise ends as suddenly as it came, not in curves, rounding or little data."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.accounts import Snapshot, Source
from planning.growth import MIN_READINGS, find_steps

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def readings(counts: Sequence[int], every: float = 7) -> list[Snapshot]:
    return [Snapshot(START + timedelta(days=every * i), Source.TYPED, count) for i, count in enumerate(counts)]


def rounded(count: int) -> int:
    """As YouTube shows it: three digits, cut off."""
    unit = 10 ** max(0, len(str(count)) - 3)
    return count // unit * unit


def growing(first: int, a_step: Sequence[float]) -> list[int]:
    return [round(value) for value in accumulate(a_step, lambda value, rise: value * (1 + rise), initial=first)]


PURCHASED = [0.01, 0.01, 0.01, 0.01, 0.30, -0.02, -0.015, -0.01, 0.0]
VIRAL_BY_WEEK = [0.01, 0.01, 0.01, 0.01, 0.20, 0.045, 0.018, 0.012, 0.01]


def steps(counts: Sequence[int], every: float = 7):
    return find_steps(readings(counts, every))


def test_a_bought_step_is_found_with_its_figures():
    (step,) = steps(growing(3_011, PURCHASED))
    assert (step.before, step.after, step.later) == (3_133, 4_073, 3_893)
    assert (step.started_at, step.ended_at) == (START + timedelta(weeks=4), START + timedelta(weeks=5))
    assert step.later_at == START + timedelta(weeks=8)
    assert step.rise == pytest.approx(0.30, abs=0.001)
    assert 0 <= step.usual < 0.002


def test_a_step_is_found_on_a_platform_that_rounds():
    counts = [rounded(count) for count in growing(31_120, PURCHASED)]
    assert [round(step.rise, 1) for step in steps(counts)] == [0.3]


def test_followers_delivered_over_some_days_are_one_step():
    by_day = [0.001] * 10 + [0.07, 0.08, 0.07] + [-0.001] * 10
    (step,) = steps(growing(5_003, by_day), every=1)
    assert step.rise == pytest.approx(0.237, abs=0.002)
    assert (step.ended_at - step.started_at).days == 3


def test_irregular_readings_find_it_too():
    counts = growing(4_001, [0.02, 0.005, 0.01, 0.25, -0.01, 0.0])
    days = (0, 30, 37, 50, 52, 61, 95)
    snapshots = [Snapshot(START + timedelta(days=d), Source.FILE, n) for d, n in zip(days, counts, strict=True)]
    (step,) = find_steps(snapshots)
    assert (step.started_at - START).days == 50


@pytest.mark.parametrize("every", [1, 3, 7, 14, 30])
@pytest.mark.parametrize("weekly", [0.0, 0.01, 0.05, -0.02])
def test_steady_growth_is_no_step(every: float, weekly: float):
    assert steps(growing(2_003, [weekly * every / 7] * 20), every) == []


def test_a_post_that_went_round_and_fades_is_no_step():
    assert steps(growing(3_011, VIRAL_BY_WEEK)) == []
    half_life_of_three_days = [0.001] * 14 + [0.001 + 0.08 * 0.79**day for day in range(60)]
    assert steps(growing(3_011, half_life_of_three_days), every=1) == []


def test_a_rise_that_goes_on_is_no_step():
    assert steps(growing(3_011, [0.01, 0.01, 0.01, 0.01, 0.2, 0.15, 0.2, 0.18, 0.2])) == []


def test_a_standstill_after_it_is_enough_only_where_readings_are_close():
    assert steps(growing(3_011, [0.0, 0.0, 0.0, 0.3, 0.0, 0.0, 0.0]), every=7) == []
    daily = [0.0] * 6 + [0.3] + [0.0] * 6
    assert len(steps(growing(3_011, daily), every=1)) == 1


def test_a_good_month_is_no_step_but_a_month_with_loss_behind_it_is():
    good = growing(3_011, [0.01, 0.01, 0.01, 0.30, 0.01, 0.01, 0.01])
    lost = growing(3_011, [0.01, 0.01, 0.01, 0.30, -0.04, -0.01, 0.01])
    assert steps(good, every=30) == []
    assert [round(step.rise, 2) for step in steps(lost, every=30)] == [0.30]


def test_what_came_after_or_before_must_be_known():
    assert steps(growing(3_011, [0.01, 0.01, 0.01, 0.01, 0.30])) == []
    assert steps(growing(3_011, [0.30, -0.01, 0.0, 0.01, 0.0])) == []


def test_a_day_after_it_is_too_early_to_tell():
    daily = [0.0] * 8 + [0.3]
    assert steps(growing(3_011, [*daily, 0.0]), every=1) == []
    assert len(steps(growing(3_011, [*daily, 0.0, 0.0, 0.0]), every=1)) == 1


def test_an_account_that_grows_fast_has_larger_steps():
    assert steps(growing(3_011, [0.01, 0.05, 0.05, 0.01, 0.15, -0.02, 0.05, 0.05, 0.05])) == []
    assert steps(growing(3_011, [0.01, 0.01, 0.01, 0.01, 0.15, -0.02, 0.01, 0.01, 0.01])) != []


def test_slow_days_beside_it_are_no_part_of_it():
    daily = [0.0] * 7 + [0.0008] * 3 + [0.3] + [0.0008] * 3 + [0.0] * 8
    (step,) = steps(growing(3_011, daily), every=1)
    assert (step.ended_at - step.started_at).days == 1


def test_a_quarter_of_growth_is_no_step():
    assert steps(growing(3_011, [0.01, 0.01, 0.01, 0.01, 0.2, 0.2, -0.05, 0.0, 0.0]), every=30) == []


def test_a_rise_that_rounding_may_have_made_is_no_step():
    assert steps([10_000, 10_000, 10_000, 10_000, 11_500, 10_400, 10_400]) == []
    assert steps([10_001, 10_002, 10_003, 10_004, 11_501, 10_401, 10_401]) != []


def test_a_small_account_has_an_ordinary_week():
    assert steps(growing(301, PURCHASED)) == []


@pytest.mark.parametrize("count", range(MIN_READINGS))
def test_too_few_readings_say_nothing(count: int):
    assert steps(growing(3_011, PURCHASED)[3 : 3 + count]) == []


def test_readings_without_followers_or_of_the_same_day_are_not_counted():
    counts = growing(3_011, PURCHASED)
    snapshots = readings(counts)
    noise = [Snapshot(s.taken_at + timedelta(hours=5), Source.TYPED, None) for s in snapshots]
    noise += [Snapshot(s.taken_at + timedelta(hours=6), Source.TYPED, 0) for s in snapshots]
    noise += [Snapshot(s.taken_at + timedelta(hours=7), Source.TYPED, 9 * (s.followers or 0)) for s in snapshots]
    assert find_steps(snapshots + noise) == find_steps(snapshots)


gentle = st.lists(st.floats(-0.004, 0.004), min_size=4, max_size=60)


@given(gentle, st.integers(100, 5_000_000), st.sampled_from([1, 2, 7, 14]))
def test_rounding_to_three_digits_never_makes_a_step(rises: list[float], first: int, every: int):
    counts = [rounded(count) for count in growing(first, rises)]
    assert steps(counts, every) == []


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10**7)), max_size=40),
    st.randoms(use_true_random=False),
)
def test_the_order_of_readings_does_not_matter(drawn: list[tuple[int, int]], chance: random.Random):
    snapshots = [Snapshot(START + timedelta(hours=6 * at), Source.TYPED, count) for at, count in drawn]
    shuffled = chance.sample(snapshots, len(snapshots))
    assert find_steps(shuffled) == find_steps(snapshots)
