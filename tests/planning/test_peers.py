"""A percentile among accounts like it: from at least twenty others, ties in the middle, never against itself."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.peers import MIN_PEERS, Peers, compare_with_peers
from planning.platform import Platform
from planning.tiers import Tier

MICRO = Tier("micro", 1_000, 5_000)

rates = st.floats(1e-6, 1.0)
groups = st.lists(rates, min_size=MIN_PEERS, max_size=60).map(lambda values: dict(enumerate(values, start=1)))


def compare(rate: float, group: dict[int, float], account_id: int = 0) -> Peers | None:
    return compare_with_peers(Platform.INSTAGRAM, MICRO, account_id, rate, group)


def placed(rate: float, group: dict[int, float], account_id: int = 0) -> Peers:
    peers = compare(rate, group, account_id)
    assert peers is not None
    return peers


def test_its_place_with_all_that_the_card_needs():
    peers = placed(0.0405, {number: number / 1_000 for number in range(1, 51)})
    assert (peers.platform, peers.tier, peers.size) == (Platform.INSTAGRAM, MICRO, 50)
    assert peers.percentile == 80
    assert peers.quartiles == pytest.approx((0.01325, 0.0255, 0.03775))
    assert peers.rates == tuple(number / 1_000 for number in range(1, 51))


def test_nineteen_others_are_too_few():
    group = {number: 0.01 * number for number in range(1, MIN_PEERS)}
    assert compare(0.05, group) is None
    assert compare(0.05, group | {0: 0.05}) is None
    assert compare(0.05, group | {99: 0.05}) is not None


def test_ties_count_half():
    assert placed(0.04, dict.fromkeys(range(1, 21), 0.04)).percentile == 50
    group = dict.fromkeys(range(1, 11), 0.01) | dict.fromkeys(range(11, 21), 0.04)
    assert placed(0.04, group).percentile == 75


@given(rates, groups)
def test_the_account_is_not_its_own_peer(rate: float, group: dict[int, float]):
    assert placed(rate, group | {0: rate}) == placed(rate, group)


@given(rates, groups)
def test_the_ends_are_nought_and_a_hundred(rate: float, group: dict[int, float]):
    peers = placed(rate, group)
    assert 0 <= peers.percentile <= 100
    assert peers.rates == tuple(sorted(group.values()))
    assert peers.rates[0] <= peers.quartiles[0] <= peers.quartiles[1] <= peers.quartiles[2] <= peers.rates[-1]
    assert placed(2.0, group).percentile == 100
    assert placed(0.0, group).percentile == 0


@given(rates, rates, groups)
def test_a_higher_rate_never_stands_lower(one: float, other: float, group: dict[int, float]):
    low, high = sorted((one, other))
    assert placed(low, group).percentile <= placed(high, group).percentile


@given(rates, groups, st.integers(-10, 10))
def test_the_unit_does_not_matter(rate: float, group: dict[int, float], exponent: int):
    scale = 2.0**exponent
    scaled = placed(rate * scale, {key: value * scale for key, value in group.items()})
    assert math.isclose(scaled.percentile, placed(rate, group).percentile)
