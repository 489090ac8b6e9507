"""What a shortlist tells anew, and why who is gone is gone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from planning.accounts import Account
from planning.arguments import OLD
from planning.money import Money
from planning.platform import Platform
from planning.scheduling.changes import ShortlistChanges, WhyGone, shortlist_changes, why_gone
from planning.shortlists import Pick, ShortlistQuery, Tag
from planning.tiers import DEFAULT_LADDER
from tests.planning.test_ranking import ESTIMATE, MOSS, NOW

WEEK = timedelta(days=7)
LEAF = replace(MOSS, handle="leaf", id=1)
FERN = replace(MOSS, handle="fern", id=2)
QUERY = ShortlistQuery("food", (1_000, 5_000), tags=(Tag("food"), Tag("cooking", 0.8)))


def picks(*accounts: Account) -> list[Pick]:
    return [Pick(account, 1, 0, "food") for account in accounts]


def changes(
    before: Sequence[Account], now_picked: Sequence[Account], *today: Account, query: ShortlistQuery = QUERY
) -> ShortlistChanges:
    accounts = {account.id: account for account in today}
    return shortlist_changes(
        picks(*before), picks(*now_picked), accounts, query, DEFAULT_LADDER, since=NOW, now=NOW + WEEK
    )


def test_nothing_is_new():
    found = changes([LEAF, FERN], [LEAF, FERN], LEAF, FERN)
    assert not found.any
    assert found.since == NOW


def test_another_order_is_nothing_new():
    assert not changes([LEAF, FERN], [FERN, LEAF], LEAF, FERN).any


def test_a_few_followers_more_are_nothing_new():
    assert not changes([LEAF], [replace(LEAF, followers=2_050)], LEAF).any


def test_new_on_the_list():
    found = changes([LEAF], [LEAF, FERN], LEAF)
    assert [pick.account.handle for pick in found.new] == ["fern"]
    assert found.any


def test_gone_with_the_account_as_it_was_and_as_it_is():
    today = replace(FERN, followers=9_000)
    found = changes([LEAF, FERN], [LEAF], LEAF, today)
    [gone] = found.gone
    assert (gone.then.account, gone.today, gone.why) == (FERN, today, WhyGone.TIER)
    assert found.any


def test_gone_from_the_roster():
    [gone] = changes([LEAF, FERN], [LEAF], LEAF).gone
    assert (gone.today, gone.why) == (None, WhyGone.LEFT_ROSTER)


def test_another_tier():
    today = replace(LEAF, followers=900)
    found = changes([LEAF], [today], today)
    [kept] = found.tiers
    assert kept.changes.tier is not None
    assert [tier.name for tier in kept.changes.tier if tier] == ["micro", "nano"]
    assert found.any


def test_a_rate_that_moved_beyond_its_range():
    within = replace(LEAF, estimate=replace(ESTIMATE, rate=0.055, low=0.045))
    beyond = replace(LEAF, estimate=replace(ESTIMATE, rate=0.09, low=0.08, high=0.11))
    assert not changes([LEAF], [within], within).any
    found = changes([LEAF], [beyond], beyond)
    assert [kept.now.account for kept in found.rates] == [beyond]
    assert found.any


def test_numbers_that_became_old_are_told_once():
    read = NOW - OLD + timedelta(days=1)
    stale = replace(LEAF, engagement_at=read, followers_at=read)
    found = changes([stale], [stale], stale)
    assert found.stale == (stale,)
    assert found.any
    before = replace(stale, engagement_at=NOW - OLD - timedelta(seconds=1), followers_at=NOW - OLD - WEEK)
    assert not changes([before], [before], before).any, "they were old at the last post"


PRICED = replace(QUERY, max_price_minor=20_000)
NARROW = replace(PRICED, platform=Platform.INSTAGRAM, country="NL", language="nl")
DUTCH = replace(LEAF, country="NL", language="nl")


@pytest.mark.parametrize(
    ("today", "query", "why"),
    [
        (None, QUERY, WhyGone.LEFT_ROSTER),
        (replace(LEAF, niches=("family",)), QUERY, WhyGone.NICHE),
        (replace(LEAF, niches=()), QUERY, WhyGone.NICHE),
        (replace(LEAF, niches=("family", "cooking")), QUERY, WhyGone.OUTRANKED),
        (replace(LEAF, followers=999), QUERY, WhyGone.TIER),
        (replace(LEAF, followers=1_000), QUERY, WhyGone.OUTRANKED),
        (replace(LEAF, followers=4_999), QUERY, WhyGone.OUTRANKED),
        (replace(LEAF, followers=5_000), QUERY, WhyGone.TIER),
        (replace(LEAF, followers=10**9), replace(QUERY, followers=(1_000, None)), WhyGone.OUTRANKED),
        (replace(DUTCH, platform=Platform.TIKTOK), NARROW, WhyGone.PLATFORM),
        (replace(DUTCH, country="BE"), NARROW, WhyGone.COUNTRY),
        (replace(DUTCH, country=None), NARROW, WhyGone.COUNTRY),
        (replace(DUTCH, language="en"), NARROW, WhyGone.LANGUAGE),
        (replace(DUTCH, price=Money(20_001, "EUR")), NARROW, WhyGone.PRICE),
        (replace(DUTCH, price=Money(1, "USD")), NARROW, WhyGone.PRICE),
        (replace(DUTCH, price=None), NARROW, WhyGone.PRICE),
        (DUTCH, NARROW, WhyGone.OUTRANKED),
        (replace(LEAF, price=None), QUERY, WhyGone.OUTRANKED),
    ],
)
def test_why_an_account_is_gone(today: Account | None, query: ShortlistQuery, why: WhyGone):
    assert why_gone(today, query) is why


def test_of_several_reasons_the_first_filter_is_named():
    today = replace(LEAF, followers=9_000, country="BE", price=None)
    assert why_gone(today, NARROW) is WhyGone.TIER
