"""Accounts side by side, and what an engagement costs."""

from datetime import UTC, datetime

import pytest

from planning.accounts import Account
from planning.comparisons import compare
from planning.costs import engagement_cost
from planning.estimates.values import Estimate, ModelVersion
from planning.money import Money
from planning.platform import Platform

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def account(
    handle: str, *bounds: float, price: int | None = None, currency: str = "EUR", followers: int = 1_000
) -> Account:
    low, rate, high = bounds or (0.0, 0.0, 0.0)
    return Account(
        Platform.TIKTOK,
        handle,
        followers,
        NOW,
        price=None if price is None else Money(price, currency),
        estimate=Estimate(rate, low, high, ModelVersion(1, 0), 0.04) if bounds else None,
    )


def test_an_engagement_costs_the_price_by_what_the_post_will_bring():
    cost = engagement_cost(account("a", 0.04, 0.05, 0.1, price=10_000))
    assert cost is not None
    assert (cost.likely, cost.least, cost.most) == pytest.approx((200, 100, 250))
    assert cost.currency == "EUR"
    assert engagement_cost(account("a", price=10_000)) is None
    assert engagement_cost(account("a", 0.04, 0.05, 0.1)) is None


def test_intervals_that_overlap_are_not_told_apart():
    best, middle, last = account("a", 0.08, 0.09, 0.1), account("b", 0.05, 0.06, 0.085), account("c", 0.01, 0.02, 0.03)
    found = compare([last, middle, account("unknown"), best])
    assert found.places == [(best, 1, 2), (middle, 1, 2), (last, 3, 3)]
    assert found.told_apart
    assert not compare([best, middle]).told_apart


def test_the_cheapest_is_surely_so_only_where_its_range_lies_below_all_others():
    cheap = account("a", 0.09, 0.1, 0.11, price=1_000)
    dear = account("b", 0.009, 0.01, 0.011, price=1_000)
    close = account("c", 0.08, 0.095, 0.1, price=1_000)
    found = compare([dear, cheap])
    assert (found.cheapest, found.cheapest_surely) == (cheap, True)
    found = compare([dear, close, cheap])
    assert (found.cheapest, found.cheapest_surely) == (cheap, False)


def test_costs_in_different_currencies_are_not_compared():
    found = compare([account("a", 0.1, 0.1, 0.1, price=1), account("b", 0.1, 0.1, 0.1, price=9, currency="USD")])
    assert found.cheapest is None
    assert compare([account("a", 0.1, 0.1, 0.1, price=1), account("b", 0.1, 0.1, 0.1)]).cheapest is None
