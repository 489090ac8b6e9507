"""Rates of averages: named, and never zero for unknown."""

from typing import TypeVar

import pytest

from planning.accounts import Engagement
from planning.engagement import (
    Definition,
    rate_by_followers,
    rate_by_views,
)

T = TypeVar("T")


def known(value: T | None) -> T:
    """The value, which a test expects to be there."""
    assert value is not None
    return value


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


def test_no_followers_is_not_computable():
    assert rate_by_followers(0, Engagement(likes=10)) is None
