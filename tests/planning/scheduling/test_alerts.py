"""What an alert tells of."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.scheduling.alerts import FollowersChange, became_old, first_followers, in_order, moved
from planning.tiers import DEFAULT_LADDER
from tests.planning.test_ranking import MOSS, NOW

MONTH = timedelta(days=30)
DAY = timedelta(days=1)


def with_followers(followers: int):
    return replace(MOSS, followers=followers)


def test_before_is_what_it_was_at_the_last_look_and_not_in_between():
    trail = [FollowersChange(1, 1_000, 1_500), FollowersChange(2, 10, 20), FollowersChange(1, 1_500, 1_010)]
    assert first_followers(trail) == {1: 1_000, 2: 10}


@pytest.mark.parametrize(
    ("before", "after", "tiers", "jump"),
    [
        (2_000, 2_399, None, None),
        (2_000, 2_400, None, 0.2),
        (2_000, 1_601, None, None),
        (2_000, 1_600, None, -0.2),
        (4_990, 5_000, ("micro", "mid-tier"), None),
        (5_000, 4_999, ("mid-tier", "micro"), None),
        (4_000, 6_000, ("micro", "mid-tier"), 0.5),
        (499, 500, (None, "nano"), None),
        (500, 499, ("nano", None), None),
        (0, 100, None, None),
        (0, 2_000, (None, "micro"), None),
        (100, 0, None, -1.0),
    ],
)
def test_a_tier_or_a_jump_is_told(before: int, after: int, tiers: tuple[str | None, str | None] | None, jump: float):
    found = moved(with_followers(after), before, DEFAULT_LADDER, 0.2)
    if tiers is None and jump is None:
        assert found is None
        return
    assert found is not None
    assert found.before == before
    assert (found.tiers and tuple(tier and tier.name for tier in found.tiers)) == tiers
    assert found.jump == (None if jump is None else pytest.approx(jump))


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(1, 500))
def test_no_less_than_was_asked_for_is_told_and_nothing_else_is_left_out(before: int, after: int, percent: int):
    found = moved(with_followers(after), before, DEFAULT_LADDER, percent / 100)
    jumped = before > 0 and 100 * abs(after - before) >= percent * before
    assert (found is not None) == (jumped or DEFAULT_LADDER.tier(before) != DEFAULT_LADDER.tier(after))
    assert found is None or (found.jump is not None) == jumped


def read(days: float):
    return replace(MOSS, engagement_at=NOW - timedelta(days=days), followers_at=NOW - timedelta(days=days + 9))


def test_old_at_the_first_look_are_all_that_are():
    accounts = [read(31), read(30), read(400), read(1)]
    assert became_old(accounts, MONTH, None, NOW) == [accounts[0], accounts[2]]


@given(st.lists(st.floats(0, 90), max_size=20), st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_each_becomes_old_at_one_look_only(ages: list[float], gaps: list[int]):
    accounts = [replace(read(age), id=number) for number, age in enumerate(ages)]
    looks = [NOW]
    for gap in gaps:
        looks.append(looks[-1] + timedelta(days=gap))
    told = [account.id for account in became_old(accounts, MONTH, None, looks[0])]
    for since, now in pairwise(looks):
        told += [account.id for account in became_old(accounts, MONTH, since, now)]
    assert sorted(told) == [one.id for one in became_old(accounts, MONTH, None, looks[-1])]


def test_new_tiers_come_first_then_the_largest_changes_and_the_old_by_size():
    def change(before: int, after: int):
        found = moved(with_followers(after), before, DEFAULT_LADDER, 0.1)
        assert found is not None
        return found

    small, large, tier = change(2_000, 2_300), change(2_000, 4_500), change(4_990, 5_010)
    alerts = in_order([small, tier, large], [with_followers(10), with_followers(90)])
    assert alerts.moved == (tier, large, small)
    assert [one.followers for one in alerts.old] == [90, 10]
    assert alerts.any
    assert not in_order([], []).any
