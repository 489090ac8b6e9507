"""Merging two accounts of one platform: nothing is lost, twice is once, and undone is as before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planning.accounts import Account, Engagement, Snapshot, Source
from planning.estimates.sample import sample_posts, visible
from planning.measured import average_reach, averages
from planning.merges import MergeHead, part_of, survivors
from planning.merging import Held, find_conflicts, merge, niches_left_out, unmerge
from planning.money import Money
from planning.niches import MAX_NICHES
from planning.platform import Platform
from planning.post_files.merging import merge_posts
from planning.posts import Post

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
times = st.integers(0, 40).map(lambda hours: NOW - timedelta(hours=hours))
counts = st.none() | st.integers(0, 500)
engagements = st.builds(
    Engagement,
    likes=st.integers(1, 300).map(float),
    comments=st.none() | st.integers(0, 30).map(float),
    posts=st.none() | st.integers(1, 30),
)
readings = st.lists(
    st.builds(Snapshot, times, st.sampled_from(Source), st.none() | st.integers(1, 9_000), engagements),
    max_size=5,
    unique_by=lambda reading: reading.taken_at,
).map(lambda found: tuple(sorted(found, key=lambda reading: reading.taken_at)))
posts = st.lists(
    st.builds(Post, times, likes=counts, comments=counts, reach=counts, reference=st.none()),
    max_size=6,
    unique_by=lambda post: post.posted_at,
).map(lambda found: tuple(sorted(found, key=lambda post: post.posted_at)))


@st.composite
def held(draw: st.DrawFn, handle: str) -> Held:
    """An account as the services leave one: what sums up its posts is theirs."""
    own = draw(posts)
    account = Account(
        Platform.INSTAGRAM,
        handle,
        draw(st.integers(0, 9_000)),
        draw(times),
        id=1 if handle == "new" else 2,
        name=draw(st.none() | st.sampled_from(["Ann", "Anna"])),
        country=draw(st.none() | st.sampled_from(["NL", "BE"])),
        price=draw(st.none() | st.builds(Money, st.integers(1, 900), st.just("EUR"))),
        niches=tuple(draw(st.lists(st.sampled_from("abcdefghijklmnop"), max_size=8, unique=True))),
        added_at=draw(st.none() | times),
    )
    if draw(st.booleans()):
        account = replace(account, engagement=draw(engagements), engagement_at=draw(times))
    if own:
        read_at = draw(times)
        account = replace(account, posts_read_at=read_at, sample=sample_posts(own), reach=average_reach(own))
        known = averages(visible(own))
        if known.known and (account.engagement_at in (None, read_at) or draw(st.booleans())):
            account = replace(account, engagement=known, engagement_at=read_at, source=Source.POSTS)
    return Held(account, draw(readings), own)


def says(reading: Snapshot) -> Snapshot:
    return replace(reading, taken_at=NOW)


@given(held("new"), held("old"))
def test_nothing_is_lost(into: Held, other: Held):
    merged = merge(into, other)
    assert set(into.readings) <= set(merged.readings)
    assert {says(reading) for reading in other.readings} <= {says(reading) for reading in merged.readings}
    assert len({reading.taken_at for reading in merged.readings}) == len(merged.readings)
    for part in (into.posts, other.posts):
        assert merge_posts(merged.posts, part).new == ()
    account = merged.account
    assert (account.id, account.handle) == (into.account.id, "new")
    assert account.followers_at == max(into.account.followers_at, other.account.followers_at)
    for name in ("name", "country", "price"):
        assert getattr(account, name) == (getattr(into.account, name) or getattr(other.account, name))
    niches = {*into.account.niches, *other.account.niches}
    assert niches == {*account.niches, *niches_left_out(other.account, account)}
    assert len(account.niches) == min(len(niches), MAX_NICHES)


@given(held("new"), held("old"))
def test_merging_again_changes_nothing(into: Held, other: Held):
    merged = merge(into, other)
    assert merge(merged, other) == merged
    assert merge(merged, into) == merged


@given(held("new"), held("old"))
def test_what_was_merged_and_undone_is_as_before(into: Held, other: Held):
    assert unmerge(merge(into, other), into, other) == into


@given(held("new"), held("old"), st.integers(1, 9_000), counts)
def test_what_was_written_since_stays(into: Held, other: Held, followers: int, likes: int | None):
    merged = merge(into, other)
    since = NOW + timedelta(days=1)
    reading, post = Snapshot(since, Source.TYPED, followers), Post(since, likes=likes, reach=7)
    account = replace(merged.account, followers=followers, followers_at=since, name="Changed", posts_read_at=since)
    before = unmerge(Held(account, (*merged.readings, reading), (*merged.posts, post)), into, other)
    assert before.readings == (*into.readings, reading)
    assert before.posts == (*into.posts, post)
    assert (before.account.followers, before.account.name) == (followers, "Changed")
    assert (before.account.price, before.account.niches) == (into.account.price, into.account.niches)
    assert before.account.sample == sample_posts(before.posts)


def test_the_newer_figures_stand_and_the_older_are_told():
    new = Account(Platform.X, "new", 4_100, NOW, name="Ann", price=Money(200, "EUR"))
    old = Account(
        Platform.X, "old", 3_900, NOW - timedelta(days=9), name="Anna", engagement=Engagement(50), engagement_at=NOW
    )
    merged = merge(Held(old), Held(new)).account
    assert (merged.handle, merged.followers, merged.followers_at) == ("old", 4_100, NOW)
    assert (merged.name, merged.price, merged.engagement.likes) == ("Anna", Money(200, "EUR"), 50)
    assert [(found.field, found.stays, found.goes, found.newer, found.from_other) for found in
            find_conflicts(old, new, merged)] == [
        ("followers", 4_100, 3_900, True, True),
        ("name", "Anna", "Ann", False, False),
    ]  # fmt: skip


def test_averages_of_posts_become_those_of_all_the_posts():
    def posted(handle: str, day: int, likes: int) -> Held:
        post = Post(NOW - timedelta(days=day), likes=likes)
        account = Account(Platform.X, handle, 9, NOW, engagement=averages([post]), engagement_at=NOW, posts_read_at=NOW)
        return Held(account, (), (post,))

    merged = merge(posted("new", 3, 100), posted("old", 5, 50))
    assert merged.account.engagement == Engagement(likes=75, posts=2)
    assert [post.likes for post in merged.posts] == [50, 100]


def test_readings_of_one_second_are_both_kept():
    def read(*followers: int) -> Held:
        found = tuple(Snapshot(NOW - timedelta(seconds=n), Source.FILE, f) for n, f in enumerate(followers))
        return Held(Account(Platform.X, "x", 1, NOW), found[::-1])

    merged = merge(read(5, 6), read(7, 6))
    assert [(reading.followers, (NOW - reading.taken_at).seconds) for reading in merged.readings] == [
        (7, 2), (6, 1), (5, 0),
    ]  # fmt: skip


def test_a_former_handle_is_followed_to_who_has_it_today():
    heads = [
        MergeHead(2, 1, Platform.X, "first", 1),
        MergeHead(3, 2, Platform.X, "second", 2),
        MergeHead(9, 8, Platform.TIKTOK, "first", 3),
    ]
    assert survivors(heads) == {
        (Platform.X, "first"): 3, (Platform.X, "second"): 3, (Platform.TIKTOK, "first"): 9,
    }  # fmt: skip
    assert [head.merged_id for head in part_of(heads, 3)] == [2, 1]
    assert part_of(heads, 1) == []
