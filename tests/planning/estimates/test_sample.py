import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.accounts import Engagement
from planning.estimates.sample import combine, sample_averages, sample_many, sample_posts, visible
from planning.estimates.values import Sample
from planning.posts import Post, PostKind

START = datetime(2026, 1, 1, tzinfo=UTC)


def post(days: float, likes: int | None, comments: int | None = 0, kind: PostKind | None = None) -> Post:
    return Post(START + timedelta(days=days), kind, likes, comments)


posts_strategy = st.lists(
    st.builds(post, st.integers(0, 2_000), st.integers(0, 5_000), st.one_of(st.none(), st.integers(0, 300))),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize(
    "posts",
    [
        [],
        [post(0, None), post(1, None)],
        [post(0, -1), post(1, -1)],
        [post(0, 0, 4), post(1, 0, 2)],
        [post(0, 3), post(1, 3), post(2, 3)],
        [post(0, 40, kind=PostKind.STORY)],
        [post(0, 0), post(1, 40, kind=PostKind.STORY)],
    ],
    ids=["none", "unknown", "minus one", "all 0", "all 3", "stories alone", "0 beside a story"],
)
def test_hidden_likes_make_no_sample(posts: list[Post]) -> None:
    assert visible(posts) == []
    assert sample_posts(posts) is None


@pytest.mark.parametrize("posts", [[post(0, 3)], [post(0, 3), post(1, 4)], [post(0, 0), post(1, 3)]])
def test_a_three_is_no_secret_by_itself(posts: list[Post]) -> None:
    assert len(visible(posts)) == len(posts)


def test_posts_without_likes_and_stories_are_left_out() -> None:
    kept = [post(0, 10), post(2, 30, None)]

    assert visible([post(3, None), kept[1], post(1, 99, kind=PostKind.STORY), kept[0]]) == kept


def test_one_post() -> None:
    sample = sample_posts([post(5, 20, 4)])

    assert sample == Sample(1, START + timedelta(days=5), START + timedelta(days=5), math.log(24.5), 1.0, None)


def test_older_posts_count_for_less_and_are_brought_up_to_date() -> None:
    sample = sample_posts([post(0, 10), post(180, 40)])

    assert sample is not None
    weight = 2 ** (-1 / 8 - 1)
    older = math.log(10.5) + 0.35 * 180 / 365.25
    assert sample.weight == pytest.approx(1 + weight)
    assert sample.mean == pytest.approx((math.log(40.5) + weight * older) / (1 + weight))


@given(posts_strategy, st.randoms())
def test_the_order_of_posts_says_nothing(posts: list[Post], chance: object) -> None:
    shuffled = posts.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert sample_posts(shuffled) == sample_posts(posts)


@given(posts_strategy, st.integers(-3_000, 3_000))
def test_nor_does_the_day_it_is(posts: list[Post], days: int) -> None:
    moved = [replace(each, posted_at=each.posted_at + timedelta(days=days)) for each in posts]

    before, after = sample_posts(posts), sample_posts(moved)

    if before is None or after is None:
        assert before is after
        return
    assert (after.mean, after.weight) == pytest.approx((before.mean, before.weight))
    assert after.spread == pytest.approx(before.spread)


@given(st.lists(posts_strategy, min_size=1, max_size=5))
def test_many_accounts_at_once_are_as_one_by_one(histories: list[list[Post]]) -> None:
    kept = [rows for rows in map(visible, histories) if rows]
    if not kept:
        return
    times = np.array([each.posted_at.timestamp() for rows in kept for each in rows])
    counts = np.array([(each.likes or 0) + (each.comments or 0) for rows in kept for each in rows], float)
    starts = np.cumsum([0, *map(len, kept[:-1])])

    together = sample_many(times, counts, starts)

    for place, rows in enumerate(kept):
        alone = sample_posts(rows)
        assert alone is not None
        assert together.posts[place] == alone.posts
        assert (together.mean[place], together.weight[place]) == pytest.approx((alone.mean, alone.weight))
        if alone.spread is None:
            assert np.isnan(together.spread[place])
        else:
            assert together.spread[place] == pytest.approx(alone.spread, abs=1e-12)


def test_typed_averages_without_a_count_are_one_post() -> None:
    sample = sample_averages(Engagement(likes=20, comments=4), START)

    assert sample == sample_posts([post(0, 20, 4)])


def test_averages_of_many_posts_lie_above_the_typical_one() -> None:
    one, many = (sample_averages(Engagement(likes=20, posts=posts), START) for posts in (1, 9))

    assert one is not None
    assert many is not None
    assert many.mean == pytest.approx(one.mean - 0.11 / 2 * 8 / 9)
    assert one.weight < many.weight < 9


@pytest.mark.parametrize("likes", [None, 0, -1])
def test_hidden_averages(likes: float | None) -> None:
    assert sample_averages(Engagement(likes=likes, comments=3, posts=9), START) is None


@given(posts_strategy, st.integers(1, 400), st.integers(1, 5_000))
def test_newer_averages_are_one_more_post(posts: list[Post], days: int, likes: int) -> None:
    sample = sample_posts(posts)
    if sample is None:
        return
    later = (sample.last_at - START).days + days

    combined = combine(sample, sample_averages(Engagement(likes=likes), START + timedelta(days=later)))
    as_post = sample_posts([*visible(posts), post(later, likes)])

    assert combined is not None
    assert as_post is not None
    assert (combined.posts, combined.first_at, combined.last_at) == (
        as_post.posts,
        as_post.first_at,
        as_post.last_at,
    )
    assert (combined.mean, combined.weight) == pytest.approx((as_post.mean, as_post.weight))
    assert combined.spread == pytest.approx(as_post.spread, abs=1e-9)


def test_older_averages_of_no_more_posts_say_nothing_beside_them() -> None:
    posts = sample_posts([post(0, 10), post(9, 12)])

    for count in (None, 1, 2):
        assert combine(posts, sample_averages(Engagement(likes=500, posts=count), START + timedelta(days=9))) == posts


def test_older_averages_of_more_posts_stand_for_those_that_are_not_known() -> None:
    posts = sample_posts([post(0, 10), post(9, 12)])
    averages = sample_averages(Engagement(likes=500, posts=30), START + timedelta(days=9))
    combined = combine(posts, averages)

    assert posts is not None
    assert averages is not None
    assert combined is not None
    assert (combined.posts, combined.first_at, combined.last_at) == (30, posts.first_at, posts.last_at)
    assert posts.mean < combined.mean < averages.mean
    assert posts.weight < combined.weight < posts.weight + averages.weight
    long_ago = combine(posts, sample_averages(Engagement(likes=500, posts=30), START - timedelta(days=3_000)))
    assert long_ago is not None
    assert long_ago.mean == pytest.approx(posts.mean, abs=0.1)


def test_either_alone() -> None:
    averages = sample_averages(Engagement(likes=500), START)

    assert combine(None, averages) == averages
    assert combine(sample_posts([post(0, 7)]), None) == sample_posts([post(0, 7)])
    assert combine(None, None) is None
