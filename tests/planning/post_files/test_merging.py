"""Posts that are given against posts that are known."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.post_files.merging import MergedPosts, merge_posts, number_posts
from planning.posts import Post, PostKind

DAY = datetime(2026, 9, 20, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)


def after(known: Sequence[Post], merged: MergedPosts) -> list[Post]:
    """What is known once the merge is stored."""
    posts = list(known)
    for change in merged.changed:
        assert posts[change.place] == change.known
        posts[change.place] = change.now
    return posts + list(merged.new)


def test_a_figure_replaces_what_was_known_and_a_blank_keeps_it() -> None:
    known = [Post(NOON, PostKind.REEL, likes=5, comments=1, reference="a")]
    merged = merge_posts(known, [Post(NOON, None, likes=9, views=70, reference="a")])
    now = Post(NOON, PostKind.REEL, likes=9, comments=1, views=70, reference="a")
    assert (merged.new, merged.unchanged) == ((), 0)
    assert [(change.known, change.now) for change in merged.changed] == [(known[0], now)]
    assert merge_posts([now], [now]) == MergedPosts((), (), 1)


def test_posts_meet_by_reference_then_by_time() -> None:
    known = [Post(NOON, likes=5, reference="a"), Post(NOON, likes=6), Post(DAY, likes=7)]
    merged = merge_posts(known, [Post(NOON, likes=8, reference="b"), Post(DAY, likes=9), Post(NOON, likes=5)])
    assert merged.new == ()
    assert after(known, merged) == [
        Post(NOON, likes=5, reference="a"),
        Post(NOON, likes=8, reference="b"),
        Post(DAY, likes=9),
    ]
    other = merge_posts([Post(NOON, likes=5, reference="a")], [Post(NOON, likes=5, reference="b")])
    assert other.new == (Post(NOON, likes=5, reference="b"),)


def test_where_only_the_day_is_known_figures_tell_and_then_the_order() -> None:
    known = [Post(DAY, likes=10, dated_only=True), Post(DAY, likes=20, dated_only=True)]
    same = merge_posts(known, [Post(DAY, likes=20, dated_only=True)])
    assert same == MergedPosts((), (), 1)
    grown = merge_posts(known, [Post(DAY, likes=22, dated_only=True), Post(DAY, likes=11, dated_only=True)])
    assert [(change.known.likes, change.now.likes) for change in grown.changed] == [(10, 11), (20, 22)]
    more = merge_posts(known, [Post(DAY, likes=likes, dated_only=True) for likes in (30, 20, 10)])
    assert ([post.likes for post in more.new], more.unchanged) == ([30], 2)
    assert after(known, merge_posts(known, [Post(DAY, likes=20)])) == [known[0], Post(DAY, likes=20)]
    assert len(merge_posts(known, [Post(DAY, likes=21)]).new) == 1


def test_a_corrected_date_moves_the_post_and_a_vaguer_one_does_not() -> None:
    known = [Post(NOON, likes=5, reference="a")]
    moved = merge_posts(known, [Post(NOON + timedelta(days=90), likes=5, reference="a")])
    assert [change.now.posted_at for change in moved.changed] == [NOON + timedelta(days=90)]
    for days in (-1, 0, 1):
        vaguer = Post(DAY + timedelta(days=days), likes=5, reference="a", dated_only=True)
        assert merge_posts(known, [vaguer]) == MergedPosts((), (), 1)
    finer = merge_posts([Post(DAY, likes=5, reference="a", dated_only=True)], known)
    assert [change.now for change in finer.changed] == known


def test_numbers_tell_posts_of_one_time_apart_and_leave_those_that_have_one() -> None:
    posts = [Post(DAY, likes=1, dated_only=True), Post(NOON, likes=2), Post(DAY, likes=3)]
    assert number_posts([], posts) == [0, 0, 1]
    assert number_posts([(DAY, 0), (DAY, 4), (NOON + timedelta(days=1), 9)], posts) == [5, 0, 6]


FIGURES = st.one_of(st.none(), st.integers(0, 3))


@st.composite
def posts_of_files(draw: st.DrawFn) -> list[Post]:
    """What `read_posts` may leave of a file: each post once. Few times, figures and references, so that much meets."""
    drawn = draw(
        st.lists(
            st.builds(
                Post,
                posted_at=st.sampled_from([DAY, NOON, DAY + timedelta(days=1)]),
                kind=st.sampled_from([None, PostKind.REEL]),
                likes=FIGURES,
                comments=FIGURES,
                shares=st.one_of(st.none(), st.integers(0, 1)),
                reference=st.sampled_from([None, None, "a", "b", "c"]),
                dated_only=st.booleans(),
            ),
            max_size=8,
        )
    )
    posts: list[Post] = []
    for post in drawn:
        if post.dated_only and post.posted_at == NOON:
            continue
        if not any(is_same(post, other) for other in posts):
            posts.append(post)
    return posts


def is_same(one: Post, other: Post) -> bool:
    if one.reference is not None and other.reference is not None:
        return one.reference == other.reference
    if (one.posted_at, one.dated_only) != (other.posted_at, other.dated_only):
        return False
    return not one.dated_only or (one.likes, one.comments, one.shares) == (other.likes, other.comments, other.shares)


@settings(max_examples=300)
@given(posts_of_files(), posts_of_files(), posts_of_files(), st.randoms())
def test_merging_twice_changes_nothing_order_does_not_matter_and_nothing_is_lost(
    first: list[Post], second: list[Post], third: list[Post], random: object
) -> None:
    known = after(first, merge_posts(first, second))
    merged = merge_posts(known, third)
    result = after(known, merged)

    again = merge_posts(result, third)
    assert (again.new, again.changed, again.unchanged) == ((), (), len(third))

    shuffled = list(third)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(map(repr, after(known, merge_posts(known, shuffled)))) == sorted(map(repr, result))

    assert len(merged.new) + len(merged.changed) + merged.unchanged == len(third)
    assert len(result) == len(known) + len(merged.new)
    for before, now in zip(known, result, strict=False):
        assert before.reference in (None, now.reference)
        for name in ("kind", "likes", "comments", "shares"):
            assert getattr(before, name) is None or getattr(now, name) is not None
    references = [post.reference for post in result if post.reference is not None]
    assert len(references) == len(set(references))

    keys = list(zip((post.posted_at for post in result), number_posts([], result), strict=True))
    assert all(one != other for one, other in combinations(keys, 2))


def test_a_post_keeps_its_own_where_another_of_the_day_belongs_to_a_time() -> None:
    known = [Post(NOON, comments=1, shares=0)]
    given = [Post(DAY, shares=0, dated_only=True), Post(DAY, comments=0, dated_only=True)]
    merged = merge_posts(known, given)
    assert (merged.new, merged.unchanged) == ((given[1],), 1)
    assert merge_posts(after(known, merged), given) == MergedPosts((), (), 2)

    known = [Post(DAY)]
    given = [Post(DAY, dated_only=True), *given]
    merged = merge_posts(known, given)
    assert (merged.new, merged.unchanged) == ((given[1], given[2]), 1)
    assert merge_posts(after(known, merged), given) == MergedPosts((), (), 3)


def test_many_posts_take_as_long_as_there_are() -> None:
    posts = [Post(DAY, likes=i, dated_only=True) for i in range(50_000)]
    grown = [Post(DAY, likes=i + 60_000, dated_only=True) for i in range(50_000)]
    assert merge_posts(posts, posts).unchanged == 50_000
    assert len(merge_posts(posts, grown).changed) == 50_000
    apart = [Post(NOON + timedelta(seconds=i), likes=i, reference=f"r{i}") for i in range(50_000)]
    assert merge_posts(apart, apart).unchanged == 50_000


def test_a_day_alone_and_a_time_meet_on_that_day() -> None:
    dated = [
        Post(DAY, likes=1_240, comments=56, dated_only=True),
        Post(DAY - timedelta(days=3), likes=7, dated_only=True),
    ]
    timed = [
        Post(DAY + timedelta(hours=18), PostKind.REEL, likes=1_240, comments=56, views=9_000, reference="a"),
        Post(DAY - timedelta(hours=54), likes=9),
    ]
    later = merge_posts(dated, timed)
    assert later.new == ()
    assert after(dated, later) == [
        Post(DAY + timedelta(hours=18), PostKind.REEL, likes=1_240, comments=56, views=9_000, reference="a"),
        Post(DAY - timedelta(hours=54), likes=9),
    ]
    earlier = merge_posts(timed, dated)
    assert earlier.new == ()
    assert after(timed, earlier)[0] == timed[0], "a day says less than a time"


def test_a_day_off_meets_only_with_the_very_same_figures() -> None:
    """Half past eleven in the evening in New York is the next day in UTC."""
    known = [Post(DAY + timedelta(hours=28), likes=40, comments=3)]
    same = Post(DAY, likes=40, comments=3, dated_only=True)
    assert merge_posts(known, [same]) == MergedPosts((), (), 1)
    other = Post(DAY, likes=41, comments=3, dated_only=True)
    assert merge_posts(known, [other]).new == (other,)


def test_more_posts_on_a_day_than_are_known_are_new() -> None:
    known = [Post(NOON, likes=5)]
    given_posts = [Post(DAY, likes=5, dated_only=True), Post(DAY, likes=8, dated_only=True)]
    merged = merge_posts(known, given_posts)
    assert merged.new == (given_posts[1],)
    assert merged.unchanged == 1
