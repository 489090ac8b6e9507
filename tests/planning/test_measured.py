"""Rates as measured on posts: each by its definition, over its own number of posts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.engagement import Definition
from planning.measured import MEASURED_POSTS, averages, measure, post_rates
from planning.posts import Post

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FULL = Post(NOW, likes=90, comments=10, shares=5, saves=15, views=2_000, reach=800)


def after(days: int, **counts: int) -> Post:
    return Post(NOW + timedelta(days=days), **counts)  # type: ignore[arg-type]


def by_definition(posts: list[Post], followers: int = 1_000) -> dict[Definition, tuple[float, float, int]]:
    return {found.definition: (found.mean, found.median, found.posts) for found in measure(posts, followers)}


def test_every_definition_that_the_numbers_allow():
    assert by_definition([FULL]) == {
        Definition.LIKES_COMMENTS_BY_FOLLOWERS: (0.1, 0.1, 1),
        Definition.LIKES_COMMENTS_BY_REACH: (0.125, 0.125, 1),
        Definition.LIKES_COMMENTS_BY_VIEWS: (0.05, 0.05, 1),
        Definition.LIKES_COMMENTS_SHARES_SAVES_BY_FOLLOWERS: (0.12, 0.12, 1),
        Definition.LIKES_COMMENTS_SHARES_SAVES_BY_REACH: (0.15, 0.15, 1),
        Definition.LIKES_COMMENTS_SHARES_SAVES_BY_VIEWS: (0.06, 0.06, 1),
    }


def test_mean_and_median_are_of_the_posts_that_have_the_numbers():
    posts = [FULL, after(1, likes=10, comments=0), after(2, likes=40, comments=0, views=400)]
    found = by_definition(posts)
    assert found[Definition.LIKES_COMMENTS_BY_FOLLOWERS] == (pytest.approx(0.05), 0.04, 3)
    assert found[Definition.LIKES_COMMENTS_BY_VIEWS] == (pytest.approx(0.075), pytest.approx(0.075), 2)
    assert found[Definition.LIKES_COMMENTS_BY_REACH][2] == 1


def test_likes_alone_where_no_post_has_comments():
    assert by_definition([after(0, likes=40, views=400)]) == {
        Definition.LIKES_BY_FOLLOWERS: (0.04, 0.04, 1),
        Definition.LIKES_BY_VIEWS: (0.1, 0.1, 1),
    }


def test_a_post_without_comments_is_left_out_where_others_have_them():
    assert by_definition([FULL, after(1, likes=40)])[Definition.LIKES_COMMENTS_BY_FOLLOWERS] == (0.1, 0.1, 1)


def test_nothing_is_computed_from_nothing():
    assert measure([], 1_000) == []
    assert by_definition([FULL], followers=0).keys() == {
        Definition.LIKES_COMMENTS_BY_REACH, Definition.LIKES_COMMENTS_BY_VIEWS,
        Definition.LIKES_COMMENTS_SHARES_SAVES_BY_REACH, Definition.LIKES_COMMENTS_SHARES_SAVES_BY_VIEWS,
    }  # fmt: skip
    assert post_rates([FULL], 0) == []
    assert averages([]).posts is None


def test_only_the_newest_posts_are_measured():
    posts = [after(day, likes=1 if day < 10 else 50, comments=0) for day in range(MEASURED_POSTS + 10)]
    [found] = measure(posts, 1_000)
    assert (found.mean, found.posts, found.first_at) == (0.05, MEASURED_POSTS, posts[10].posted_at)
    assert averages(posts).likes == 50
    assert averages(posts).posts == MEASURED_POSTS


def test_averages_are_over_the_posts_that_have_the_figure():
    found = averages([FULL, after(1, likes=10, comments=0)])
    assert (found.likes, found.comments, found.views, found.posts) == (50, 5, 2_000, 2)


counts = st.none() | st.integers(0, 10**9)
posts = st.builds(
    Post,
    posted_at=st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - its way
    likes=st.integers(0, 10**9),
    comments=counts, shares=counts, saves=counts, views=counts, reach=counts,
)  # fmt: skip


@given(st.lists(posts, max_size=20), st.integers(0, 10**9))
def test_a_median_lies_among_the_posts_and_spans_are_theirs(history: list[Post], followers: int):
    for found in measure(history, followers):
        assert found.first_at <= found.last_at
        assert 0 < found.posts <= len(history)
        assert found.mean >= 0
        assert found.median >= 0
