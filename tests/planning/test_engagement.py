"""Rates: named, never zero for unknown, and the cautious one that ranks."""

from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.accounts import Engagement
from planning.engagement import (
    Definition,
    cautious_rate,
    cost_per_engagement,
    rate_by_followers,
    rate_by_views,
)

T = TypeVar("T")


def known(value: T | None) -> T:
    """The value, which a test expects to be there."""
    assert value is not None
    return value


sizes = st.integers(1, 10**9)
averages = st.floats(0.1, 1e7)


def test_by_followers_and_by_views():
    engagement = Engagement(likes=120, comments=12, views=3_000, posts=9)
    by_followers = known(rate_by_followers(3_300, engagement))
    by_views = known(rate_by_views(engagement))
    assert (by_followers.value, by_followers.definition, by_followers.posts) == (
        pytest.approx(0.04),
        Definition.LIKES_COMMENTS_BY_FOLLOWERS,
        9,
    )
    assert (by_views.value, by_views.definition) == (pytest.approx(0.044), Definition.LIKES_COMMENTS_BY_VIEWS)


def test_unknown_comments_change_the_definition():
    assert known(rate_by_followers(1_000, Engagement(likes=40))).definition is Definition.LIKES_BY_FOLLOWERS
    assert known(rate_by_views(Engagement(likes=40, views=400))).definition is Definition.LIKES_BY_VIEWS


@pytest.mark.parametrize(
    "engagement", [Engagement(), Engagement(likes=0, comments=5), Engagement(comments=5, views=10)]
)
def test_hidden_likes_are_not_computable_and_never_zero(engagement: Engagement):
    assert rate_by_followers(1_000, engagement) is None
    assert rate_by_views(engagement) is None
    assert cautious_rate(1_000, engagement) is None
    assert cost_per_engagement(10_000, engagement) is None


def test_no_followers_is_not_computable():
    assert rate_by_followers(0, Engagement(likes=10)) is None
    assert cautious_rate(0, Engagement(likes=10)) is None


@given(sizes, averages)
def test_many_posts_leave_nothing_but_the_measured_rate(followers: int, likes: float):
    cautious = cautious_rate(followers, Engagement(likes=likes, posts=10_000_000))
    assert cautious == pytest.approx(likes / followers, rel=0.01)


@given(sizes, averages, averages, st.integers(1, 500))
def test_more_likes_never_rank_lower(followers: int, likes: float, more: float, posts: int):
    low = known(cautious_rate(followers, Engagement(likes=likes, posts=posts)))
    high = known(cautious_rate(followers, Engagement(likes=likes + more, posts=posts)))
    assert high >= low


@given(sizes, averages)
def test_an_unknown_number_of_posts_counts_as_one(followers: int, likes: float):
    assert cautious_rate(followers, Engagement(likes=likes)) == cautious_rate(
        followers, Engagement(likes=likes, posts=1)
    )


def test_one_lucky_post_does_not_outrank_fifty_good_ones():
    lucky = known(cautious_rate(3_000, Engagement(likes=300, comments=0, posts=1)))
    proven = known(cautious_rate(3_000, Engagement(likes=240, comments=0, posts=50)))
    assert proven > lucky
