"""Flags: raised by what is unusual, with figures, and by nothing else: not by chance, rounding or little data."""

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.accounts import Account, Engagement, Snapshot, Source
from planning.authenticity import (
    MIN_POSTS,
    MIN_POSTS_PATTERN,
    Evidence,
    Flag,
    PeerFigures,
    band,
    comments_per_100_likes,
    find_flags,
    views_per_follower,
)
from planning.flags import FlagReason
from planning.platform import Platform
from planning.posts import Post

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def account(followers: int = 3_000, platform: Platform = Platform.INSTAGRAM, posts: int | None = None) -> Account:
    return Account(platform, "hesma.violet", followers, START, engagement=Engagement(posts=posts))


def posts_with(likes: Sequence[int | None], comments: int | None = 4, views: int | None = None) -> list[Post]:
    return [
        Post(START + timedelta(days=day), likes=count, comments=comments, views=views)
        for day, count in enumerate(likes)
    ]


def ordinary_likes(count: int = 20, seed: int = 1) -> list[int]:
    """Likes as ordinary posts have them: a deviation of 0.6 of the logarithm."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return [max(4, round(120 * math.exp(chance.gauss(0, 0.6)))) for _ in range(count)]


def ordinary_rates(count: int = 40) -> list[float]:
    chance = random.Random(2)  # noqa: S311 - no secret
    return [0.04 * math.exp(chance.gauss(0, 0.65)) for _ in range(count)]


def only(evidence: Evidence) -> Flag:
    flags = find_flags(evidence)
    assert len(flags) == 1
    return flags[0]


def readings(*counts: int) -> list[Snapshot]:
    """A reading a week."""
    return [Snapshot(START + timedelta(weeks=week), Source.TYPED, count) for week, count in enumerate(counts)]


BOUGHT_TWICE = readings(3_011, 3_041, 3_071, 3_102, 4_033, 3_952, 3_893, 4_477, 4_410, 4_380)


def test_growth_in_steps_with_the_largest_first():
    flag = only(Evidence(account(), snapshots=BOUGHT_TWICE))
    assert flag.reason is FlagReason.GROWTH_IN_STEPS
    assert [round(step.rise, 2) for step in flag.steps] == [0.30, 0.15]
    assert flag.value == flag.steps[0].rise
    assert (flag.low, flag.high, flag.sample, flag.peers) == (None, 0.10, 10, None)


def test_almost_constant_likes():
    likes = [500 + (index % 5) * 4 for index in range(12)]
    flag = only(Evidence(account(20_000), posts_with(likes, comments=12)))
    assert flag.reason is FlagReason.CONSTANT_LIKES
    assert (flag.low, flag.high, flag.sample) == (0.10, None, 12)
    assert 0 <= flag.value < 0.02


@given(st.integers(5, 10_000), st.integers(MIN_POSTS_PATTERN, 60))
def test_likes_that_are_all_the_same_are_constant(likes: int, count: int):
    reasons = [flag.reason for flag in find_flags(Evidence(account(20_000), posts_with([likes] * count)))]
    assert reasons == [FlagReason.CONSTANT_LIKES]


def test_nine_posts_show_no_pattern():
    assert find_flags(Evidence(account(20_000), posts_with([500] * (MIN_POSTS_PATTERN - 1)))) == []


@pytest.mark.parametrize("likes", [None, -1, 0, 3])
def test_hidden_likes_are_told_and_nothing_else_is_computed_from_them(likes: int | None):
    flag = only(Evidence(account(), posts_with([likes] * 12)))
    assert (flag.reason, flag.value, flag.high, flag.sample) == (FlagReason.HIDDEN_LIKES, 1.0, 0.5, 12)


def test_a_few_missing_likes_are_not_hidden():
    assert find_flags(Evidence(account(), posts_with([None] * 4 + ordinary_likes(12)))) == []
    assert only(Evidence(account(), posts_with([None] * 12 + ordinary_likes(12)))).value == 0.5


def test_a_file_without_likes_and_comments_hides_nothing():
    assert find_flags(Evidence(account(), posts_with([None] * 12, comments=None, views=900))) == []


def test_comments_far_above_and_below_the_peers():
    peers = PeerFigures(comments=[2.0 + 0.1 * index for index in range(30)])
    above = only(Evidence(account(), posts_with(ordinary_likes(), comments=60), peers=peers))
    assert (above.reason, above.peers, above.sample) == (FlagReason.COMMENTS_ABOVE, 30, 20)
    assert above.low is not None
    assert above.high is not None
    assert above.low < 3.0 < above.high < above.value
    below = only(Evidence(account(), posts_with(ordinary_likes(), comments=0), peers=peers))
    assert below.reason is FlagReason.COMMENTS_BELOW
    assert find_flags(Evidence(account(), posts_with(ordinary_likes()), peers=peers)) == []


def test_comments_need_enough_posts_and_likes():
    assert comments_per_100_likes(posts_with([50] * (MIN_POSTS_PATTERN - 1))) is None
    assert comments_per_100_likes(posts_with([19] * MIN_POSTS_PATTERN)) is None
    assert comments_per_100_likes(posts_with([20] * MIN_POSTS_PATTERN, comments=None)) is None
    assert comments_per_100_likes(posts_with([20] * MIN_POSTS_PATTERN, comments=1)) == pytest.approx(5.25)


def test_the_shipped_bands_hold_only_where_they_were_taken():
    many = posts_with(ordinary_likes(), comments=60)
    assert only(Evidence(account(1_000), many)).reason is FlagReason.COMMENTS_ABOVE
    for other in (account(1_251), account(99), account(1_000, Platform.TIKTOK)):
        assert find_flags(Evidence(other, many, rate=0.9)) == []


@pytest.mark.parametrize(
    ("rate", "reason"),
    [(0.9, FlagReason.RATE_ABOVE), (0.001, FlagReason.RATE_BELOW), (0.09, None)],
)
def test_a_rate_by_the_shipped_band(rate: float, reason: FlagReason | None):
    flags = find_flags(Evidence(account(1_000, posts=9), rate=rate))
    assert [flag.reason for flag in flags] == ([] if reason is None else [reason])
    assert all((flag.peers, flag.sample) == (None, 9) for flag in flags)


@pytest.mark.parametrize(
    ("rate", "reason"),
    [(0.9, FlagReason.RATE_ABOVE), (0.0005, FlagReason.RATE_BELOW), (0.09, None), (0.015, None)],
)
def test_a_rate_by_the_band_of_its_peers(rate: float, reason: FlagReason | None):
    evidence = Evidence(account(posts=9), rate=rate, peers=PeerFigures(rates=ordinary_rates()))
    assert [flag.reason for flag in find_flags(evidence)] == ([] if reason is None else [reason])


@pytest.mark.parametrize("posts", [None, MIN_POSTS - 1])
def test_a_rate_from_a_few_posts_is_not_judged(posts: int | None):
    assert find_flags(Evidence(account(posts=posts), rate=0.9, peers=PeerFigures(rates=ordinary_rates()))) == []


def test_nineteen_peers_make_no_band():
    assert band(ordinary_rates(19)) is None
    assert find_flags(Evidence(account(posts=9), rate=0.9, peers=PeerFigures(rates=ordinary_rates(19)))) == []


def test_peers_who_happen_to_be_alike_make_no_narrow_band():
    assert find_flags(Evidence(account(posts=9), rate=0.06, peers=PeerFigures(rates=[0.04] * 25))) == []


def test_peers_come_before_the_shipped_band():
    lively = PeerFigures(rates=[20 * rate for rate in ordinary_rates()])
    assert find_flags(Evidence(account(1_000, posts=9), rate=0.9, peers=lively)) == []


def test_large_accounts_need_peers_for_their_views():
    assert find_flags(Evidence(account(100_001), posts_with(ordinary_likes(), views=150))) == []


def test_views_far_below_followers():
    flag = only(Evidence(account(40_000), posts_with(ordinary_likes(), views=50)))
    assert (flag.reason, flag.value, flag.low, flag.high) == (FlagReason.VIEWS_BELOW, 50 / 40_000, 0.002, None)
    peers = PeerFigures(views=[0.1 + 0.01 * index for index in range(25)])
    flag = only(Evidence(account(400_000), posts_with(ordinary_likes(), views=4_000), peers=peers))
    assert (flag.reason, flag.peers) == (FlagReason.VIEWS_BELOW, 25)


def test_more_views_than_followers_are_welcome():
    peers = PeerFigures(views=[0.1 + 0.01 * index for index in range(25)])
    assert find_flags(Evidence(account(), posts_with(ordinary_likes(), views=10**7), peers=peers)) == []


def test_views_need_five_posts_and_followers():
    assert views_per_follower(3_000, posts_with([10] * (MIN_POSTS - 1), views=30)) is None
    assert views_per_follower(0, posts_with([10] * MIN_POSTS, views=30)) is None
    assert views_per_follower(3_000, posts_with([10] * MIN_POSTS, views=30)) == pytest.approx(0.01)


def test_the_weightiest_flag_comes_first():
    evidence = Evidence(
        account(40_000),
        posts_with([500] * 12, views=50),
        BOUGHT_TWICE,
        rate=0.9,
        peers=PeerFigures(rates=ordinary_rates()),
    )
    assert [flag.reason for flag in find_flags(evidence)] == [
        FlagReason.GROWTH_IN_STEPS,
        FlagReason.CONSTANT_LIKES,
        FlagReason.VIEWS_BELOW,
        FlagReason.RATE_ABOVE,
    ]


def test_an_ordinary_account_has_no_flag():
    for seed in range(40):
        posts = posts_with(ordinary_likes(seed=seed), views=1_500)
        assert find_flags(Evidence(account(), posts, readings(*range(3_000, 3_600, 30)), 0.045)) == []


figures = st.lists(st.just(0.0) | st.floats(1e-6, 1e4), max_size=40)


@given(figures, st.integers(-8, 8))
def test_a_band_scales_with_its_peers(peers: list[float], exponent: int):
    scale = 2.0**exponent
    plain, scaled = band(peers), band([figure * scale for figure in peers])
    assert (plain is None) == (scaled is None)
    if plain is not None and scaled is not None:
        assert scaled == pytest.approx([limit * scale for limit in plain])
        assert plain[0] < plain[1]


counts = st.none() | st.integers(-1, 10**9)
drawn_posts = st.lists(st.builds(Post, st.just(START), likes=counts, comments=counts, views=counts), max_size=40)
drawn_snapshots = st.lists(
    st.builds(
        Snapshot,
        st.integers(0, 400).map(lambda day: START + timedelta(days=day)),
        st.just(Source.FILE),
        st.none() | st.integers(0, 10**10),
    ),
    max_size=40,
)


@given(
    drawn_posts,
    drawn_snapshots,
    st.integers(0, 10**10),
    st.sampled_from(Platform),
    st.none() | st.floats(1e-6, 100),
    figures,
)
def test_no_data_is_too_strange(
    posts: list[Post],
    snapshots: list[Snapshot],
    followers: int,
    platform: Platform,
    rate: float | None,
    peers: list[float],
):
    evidence = Evidence(account(followers, platform), posts, snapshots, rate, PeerFigures(peers, peers, peers))
    flags = find_flags(evidence)
    assert len({flag.reason for flag in flags}) == len(flags)
    assert [list(FlagReason).index(flag.reason) for flag in flags] == sorted(
        list(FlagReason).index(flag.reason) for flag in flags
    )
    for flag in flags:
        assert math.isfinite(flag.value)
        assert flag.sample > 0
        below = flag.low is not None and flag.value < flag.low
        above = flag.high is not None and flag.value >= flag.high
        assert below or above
