"""Who can be planned with: what they bring, what they cost in the plan's currency, and who is left out and why."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pytest

from planning.accounts import Account, Engagement, Reach
from planning.budget.candidates import Lack, Terms, find_candidates
from planning.budget.currencies import convert
from planning.budget.prices import FEWEST_PRICES, fit_prices
from planning.budget.values import Candidate, Goal
from planning.estimates.model import SHIPPED
from planning.estimates.values import Estimate, ModelVersion
from planning.money import Money
from planning.platform import Platform
from planning.tiers import DEFAULT_LADDER

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ESTIMATE = Estimate(0.05, 0.04, 0.0625, ModelVersion(1, 0), 0.04)
MAYA = Account(
    Platform.INSTAGRAM,
    "maya",
    2_000,
    NOW,
    id=7,
    price=Money(25_000, "EUR"),
    engagement=Engagement(views=1_500, posts=12),
    estimate=ESTIMATE,
)


def terms(goal: Goal = Goal.ENGAGEMENT, **changes: object) -> Terms:
    return replace(Terms(goal, "EUR", DEFAULT_LADDER, SHIPPED), **changes)  # pyright: ignore[reportArgumentType] - any field


def only(account: Account, wanted: Terms) -> Candidate:
    found = find_candidates([account], wanted)
    assert not found.left_out
    return found.candidates[0]


def lack(account: Account, wanted: Terms) -> Lack:
    found = find_candidates([account], wanted)
    assert not found.candidates
    return found.left_out[0].lack


def test_engagement_is_the_rate_by_the_followers():
    found = only(MAYA, terms())
    assert (found.account_id, found.tier, found.cost, found.modelled) == (7, "micro", 25_000, False)
    assert found.expected.middle == pytest.approx(100)
    assert lack(replace(MAYA, estimate=None), terms()) is Lack.EXPECTED


def test_one_post_is_less_sure_than_the_mean_of_the_next_twelve():
    expected = only(MAYA, terms()).expected
    assert expected.low < 80
    assert expected.high > 125
    prior = SHIPPED.prior(Platform.INSTAGRAM)
    variance = (math.log(1.25) / SHIPPED.reach) ** 2 + prior.spread * 11 / 12
    assert math.log(expected.high / expected.middle) == pytest.approx(SHIPPED.reach * math.sqrt(variance))
    assert expected.low * expected.high == pytest.approx(expected.middle**2)


def test_views_are_the_average_known_and_surer_with_more_posts():
    many = only(MAYA, terms(Goal.VIEWS)).expected
    few = only(replace(MAYA, engagement=Engagement(views=1_500)), terms(Goal.VIEWS)).expected
    assert many.middle == few.middle == 1_500
    assert few.low < many.low < many.high < few.high
    assert lack(replace(MAYA, engagement=Engagement(likes=3)), terms(Goal.VIEWS)) is Lack.EXPECTED
    assert lack(replace(MAYA, engagement=Engagement(views=0)), terms(Goal.VIEWS)) is Lack.EXPECTED


def test_reach_is_known_from_posts_alone():
    assert only(replace(MAYA, reach=Reach(900, 5)), terms(Goal.REACH)).expected.middle == 900
    assert lack(MAYA, terms(Goal.REACH)) is Lack.EXPECTED


def test_below_the_ladder_there_is_no_tier():
    assert only(replace(MAYA, followers=300), terms()).tier is None


def test_a_price_in_another_currency_needs_the_teams_own_rate():
    dollars = replace(MAYA, price=Money(10_001, "USD"))
    assert only(dollars, terms(rates={"USD": Decimal("0.92")})).cost == 9_201
    assert lack(dollars, terms(rates={"GBP": Decimal("1.17")})) is Lack.RATE


@pytest.mark.parametrize(
    ("money", "currency", "rate", "minor"),
    [
        (Money(10_000, "USD"), "EUR", "0.92", 9_200),
        (Money(1, "USD"), "EUR", "0.92", 1),
        (Money(5_000, "JPY"), "EUR", "0.0061", 3_050),
        (Money(10_000, "EUR"), "JPY", "163.4", 16_340),
        (Money(10_000, "EUR"), "KWD", "0.33", 33_000),
        (Money(10**15, "USD"), "EUR", "0.1", 10**14),
    ],
)
def test_amounts_keep_their_minor_units(money: Money, currency: str, rate: str, minor: int):
    assert convert(money, currency, {money.currency: Decimal(rate)}) == minor


def priced(followers: int, price: int, place: int) -> Account:
    return replace(MAYA, id=place, followers=followers, price=Money(price, "EUR"))


def test_without_a_price_nobody_is_planned_with_unless_prices_are_to_be_modelled():
    others = [priced(1_000 * n, 10_000 * n, n) for n in range(1, 9)]
    unpriced = replace(MAYA, id=99, price=None, followers=5_000)
    assert lack(unpriced, terms()) is Lack.PRICE
    wanted = terms(price_others=True)
    found = find_candidates([*others, unpriced], wanted)
    modelled = [one for one in found.candidates if one.modelled]
    assert [(one.account_id, one.cost) for one in modelled] == [(99, 50_000)]
    assert found.prices[Platform.INSTAGRAM].accounts == 8
    assert find_candidates([unpriced], wanted, priced=others).candidates == modelled
    assert find_candidates([unpriced], wanted, priced=others[1:]).left_out[0].lack is Lack.PRICE
    elsewhere = replace(unpriced, platform=Platform.TIKTOK)
    assert find_candidates([elsewhere], wanted, priced=others).left_out[0].lack is Lack.PRICE


def test_a_few_odd_prices_do_not_move_the_others():
    chance = np.random.default_rng(3)
    followers = np.exp(chance.uniform(np.log(800), np.log(80_000), 60)).round()
    prices = 40 * followers**0.8 * np.exp(chance.normal(0, 0.2, 60))
    prices[::6] *= 100
    model = fit_prices([(int(count), round(price)) for count, price in zip(followers, prices, strict=True)])
    assert model is not None
    assert model.slope == pytest.approx(0.8, abs=0.1)
    assert model.price(10_000) == pytest.approx(40 * 10_000**0.8, rel=0.2)
    assert 1.05 < model.factor < 1.6


def test_prices_of_accounts_alike_in_size_grow_with_the_followers():
    model = fit_prices([(1_000 + n, 5_000) for n in range(FEWEST_PRICES)])
    assert model is not None
    assert model.price(2_000) == pytest.approx(10_000, rel=0.01)
    assert model.factor == pytest.approx(1, abs=0.01)


def test_no_price_is_made_up_for_sizes_that_were_never_paid():
    model = fit_prices([(1_000 * n, 10_000 * n) for n in range(1, 9)])
    assert model is not None
    assert [model.price(count) for count in (0, 499, 16_001)] == [None] * 3
    assert model.price(500)
    assert model.price(16_000)


def test_too_few_prices_are_no_model():
    assert fit_prices([(1_000, 5_000)] * (FEWEST_PRICES - 1)) is None
