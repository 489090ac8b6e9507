"""The report of one account: what is known, who it is compared with, and what is unusual."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planning.accounts import Account, Engagement, Snapshot, Source
from planning.audit import Action, AuditEntry
from planning.caller import Caller
from planning.engagement import Definition
from planning.errors import Expired
from planning.estimates.model import SHIPPED
from planning.flags import FlagReason
from planning.peers import MIN_PEERS
from planning.platform import Platform
from planning.posts import Post
from planning.records import AccountChange
from planning.services import peer_groups, reports
from planning.services.accounts import get_account
from planning.services.estimates import estimated
from planning.services.post_imports import with_posts
from planning.services.reports import make_report, make_reports
from planning.settings import GuildSettings
from planning.tiers import PRESETS
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD = 1
PLANNER = Caller(GUILD, 10, planner=True)
MICRO = 2_000


def drawn(
    handle: str, followers: int = MICRO, *, rate: float = 0.05, platform: Platform = Platform.INSTAGRAM
) -> Account:
    """An account with averages of 12 posts at this rate."""
    likes = rate * followers * 0.9
    numbers = Engagement(likes, rate * followers - likes, posts=12)
    return Account(platform, handle, followers, NOW, engagement=numbers, engagement_at=NOW, added_at=NOW)


def crowd(count: int, **account: object) -> list[Account]:
    """Accounts of one kind, at rates from 2 % to 10 %."""
    return [drawn(f"peer{n:03}", rate=0.02 + 0.08 * n / count, **account) for n in range(count)]  # type: ignore[arg-type]


async def store(
    database: SqlDatabase, *accounts: Account, guild: int = GUILD, snapshots: Sequence[Snapshot] = ()
) -> list[int]:
    """Keep these accounts, estimated, with these readings each."""
    entry = AuditEntry(NOW, 10, Action.ADDED)
    changes = [AccountChange(None, account, tuple(snapshots), entry) for account in estimated(accounts, SHIPPED)]
    async with database.writing(guild) as opened:
        return await opened.accounts.write(changes)


async def keep_posts(database: SqlDatabase, account_id: int, posts: Sequence[Post]) -> None:
    account = await get_account(database, PLANNER, account_id)
    [after] = estimated([with_posts(account, posts, NOW)], SHIPPED)
    async with database.writing(GUILD) as opened:
        await opened.posts.write(account_id, list(enumerate(posts)))
        change = AccountChange(account, after, (), AuditEntry(NOW, 10, Action.POSTS))
        await opened.accounts.write([change])


def weekly(likes: Sequence[int | None], comments: int | None = 4) -> list[Post]:
    """Posts, oldest first, a week apart."""
    first = NOW - timedelta(weeks=len(likes))
    return [Post(first + timedelta(weeks=n), likes=each, comments=comments) for n, each in enumerate(likes)]


async def test_all_that_is_known_of_the_account_is_in_it(database: SqlDatabase) -> None:
    days = timedelta(days=1)
    counts = [Snapshot(NOW - 90 * days, Source.TYPED, 1_600), Snapshot(NOW - days, Source.TYPED, 2_000)]
    [account_id] = await store(database, drawn("ann"), snapshots=counts)
    await keep_posts(database, account_id, weekly([80, None, 120, 100]))
    report = await make_report(database, PLANNER, account_id)
    assert report.account == await get_account(database, PLANNER, account_id)
    assert [post.likes for post in report.posts] == [100, 120, None, 80], "newest first"
    assert sorted(post.likes or 0 for post in report.visible) == [80, 100, 120]
    by_followers = {found.definition: found for found in report.measured}[Definition.LIKES_COMMENTS_BY_FOLLOWERS]
    assert (by_followers.posts, by_followers.mean) == (3, pytest.approx(104 / 2_000))
    assert report.change is not None
    assert (report.change.before, report.change.after, report.change.days) == (1_600, 2_000, 89)
    assert report.model == SHIPPED
    assert (report.peers, report.group) == (None, 0)
    assert report.published, "alone here, so what is published is shown"


@pytest.mark.parametrize("others", [MIN_PEERS - 1, MIN_PEERS])
async def test_it_is_compared_with_twenty_others_or_with_what_is_published(database: SqlDatabase, others: int) -> None:
    [account_id, *_] = await store(database, drawn("ann", rate=0.3), *crowd(others))
    report = await make_report(database, PLANNER, account_id)
    assert report.group == others, "the account is none of its own peers"
    if others < MIN_PEERS:
        assert report.peers is None
        assert report.published
        return
    assert report.published == []
    assert report.peers is not None
    assert (report.peers.size, report.peers.percentile) == (others, 100.0)
    assert report.peers.tier.name == "micro"
    lower, middle, upper = report.peers.quartiles
    assert lower < middle < upper
    assert report.account.estimate is not None
    assert report.account.estimate.rate not in report.peers.rates


async def test_peers_are_of_the_platform_the_tier_and_the_server(database: SqlDatabase) -> None:
    like_it = crowd(MIN_PEERS)
    unlike_it = [
        *(replace(each, handle="t" + each.handle, platform=Platform.TIKTOK) for each in crowd(30)),
        *(replace(each, handle="n" + each.handle) for each in crowd(30, followers=999)),
        *(replace(each, handle="m" + each.handle) for each in crowd(30, followers=5_000)),
        *(replace(each, handle="u" + each.handle, engagement=Engagement()) for each in crowd(30)),
    ]
    [account_id, *_] = await store(database, drawn("ann", followers=1_000), *like_it, *unlike_it)
    await store(database, *crowd(50), guild=2)
    report = await make_report(database, PLANNER, account_id)
    assert report.peers is not None
    assert (report.peers.size, report.group) == (MIN_PEERS, MIN_PEERS)


async def test_an_open_tier_has_no_end(database: SqlDatabase) -> None:
    [account_id, *_] = await store(database, drawn("ann", followers=50_000), *crowd(MIN_PEERS, followers=9_000_000))
    report = await make_report(database, PLANNER, account_id)
    assert report.peers is not None
    assert (report.peers.tier.high, report.peers.size) == (None, MIN_PEERS)


async def test_the_servers_own_ladder_says_who_is_like_it(database: SqlDatabase) -> None:
    [account_id, *_] = await store(database, drawn("ann"), *crowd(MIN_PEERS, followers=9_999))
    assert (await make_report(database, PLANNER, account_id)).peers is None, "micro ends at 5,000"
    async with database.writing(GUILD) as opened:
        await opened.settings.save(GuildSettings(ladder=PRESETS["later-fohr-2021"]))
    report = await make_report(database, PLANNER, account_id)
    assert report.peers is not None
    assert (report.peers.tier.name, report.peers.size) == ("nano", MIN_PEERS)


async def test_below_the_lowest_tier_nobody_is_like_it(database: SqlDatabase) -> None:
    [account_id, *_] = await store(database, drawn("ann", followers=499), *crowd(40, followers=499))
    report = await make_report(database, PLANNER, account_id)
    assert (report.peers, report.group) == (None, 0)
    assert report.account.estimate is not None


async def test_without_an_estimate_the_group_is_whole(database: SqlDatabase) -> None:
    unknown = replace(drawn("ann"), engagement=Engagement(), engagement_at=None)
    [account_id, *_] = await store(database, unknown, *crowd(30))
    report = await make_report(database, PLANNER, account_id)
    assert (report.account.estimate, report.peers, report.group) == (None, None, 30)
    assert report.measured == []
    assert report.posts == []


@pytest.mark.parametrize("sampled", [30, 50, 99, 100, 101])
async def test_a_large_group_is_sampled(database: SqlDatabase, monkeypatch: pytest.MonkeyPatch, sampled: int) -> None:
    ids = await store(database, *crowd(101))
    everyone = [await get_account(database, PLANNER, account_id) for account_id in ids]
    monkeypatch.setattr(peer_groups, "SAMPLED_PEERS", sampled)
    every = max(1, -(-101 // sampled))
    for account in (everyone[0], everyone[59], everyone[-1]):
        report = await make_report(database, PLANNER, account.id)
        others = [
            other.estimate.rate
            for other in everyone
            if other.id != account.id and other.id % every == 0 and other.estimate is not None
        ]
        assert report.group == 100, "what they were drawn from, without the account itself"
        assert report.peers is not None
        assert report.peers.rates == tuple(sorted(others))
        assert sampled // 2 - 1 <= report.peers.size <= sampled


async def test_what_is_unusual_reaches_the_report(database: SqlDatabase) -> None:
    steady, busy = drawn("steady"), drawn("busy", rate=0.9)
    [steady_id, busy_id, *_] = await store(database, steady, busy, *crowd(30))
    await keep_posts(database, steady_id, weekly([99, 100, 100, 101] * 4))
    await keep_posts(database, busy_id, weekly([1_700, 1_500, 1_900, 1_300, 2_100]))
    calm, loud = await make_reports(database, PLANNER, [steady_id, busy_id])
    assert [flag.reason for flag in calm.flags] == [FlagReason.CONSTANT_LIKES]
    [flag] = loud.flags
    assert (flag.reason, flag.sample) == (FlagReason.RATE_ABOVE, 5)
    assert flag.peers == 31, "the band is its peers', and the steady one is one of them"
    assert flag.high is not None
    assert flag.value > flag.high


async def test_hidden_likes_are_a_flag_and_no_rate(database: SqlDatabase) -> None:
    [account_id, *_] = await store(database, replace(drawn("ann"), engagement=Engagement()), *crowd(30))
    await keep_posts(database, account_id, weekly([None] * 6))
    report = await make_report(database, PLANNER, account_id)
    assert [flag.reason for flag in report.flags] == [FlagReason.HIDDEN_LIKES]
    assert (report.account.estimate, report.peers, report.visible, report.measured) == (None, None, [], [])


async def test_growth_in_a_step_is_told(database: SqlDatabase) -> None:
    first = NOW - timedelta(days=60)
    counts = [
        Snapshot(first + timedelta(days=n), Source.FILE, round((1_000 if n < 30 else 1_500) * 1.0005**n))
        for n in range(60)
    ]
    [account_id] = await store(database, drawn("ann"), snapshots=counts)
    report = await make_report(database, PLANNER, account_id)
    assert [flag.reason for flag in report.flags] == [FlagReason.GROWTH_IN_STEPS]


async def test_only_the_newest_posts_are_looked_at(database: SqlDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    [account_id] = await store(database, drawn("ann"))
    await keep_posts(database, account_id, weekly(range(50, 60)))
    monkeypatch.setattr(reports, "SHOWN_POSTS", 3)
    report = await make_report(database, PLANNER, account_id)
    assert [post.likes for post in report.posts] == [59, 58, 57]


async def test_an_account_that_is_gone_or_anothers(database: SqlDatabase) -> None:
    [account_id] = await store(database, drawn("ann"))
    await store(database, drawn("bob"), drawn("cleo"), guild=2)
    for caller, wanted in ((PLANNER, account_id + 1), (replace(PLANNER, guild_id=3), account_id)):
        with pytest.raises(Expired):
            await make_report(database, caller, wanted)
    elsewhere = await make_report(database, replace(PLANNER, guild_id=2), account_id)
    assert elsewhere.account.handle == "bob", "the same number is another account there"
    with pytest.raises(Expired):
        await make_reports(database, PLANNER, [account_id, account_id + 1])
