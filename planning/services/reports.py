"""The report of one account: all that is known of its engagement, and how it compares."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planning.accounts import Account, Snapshot
from planning.authenticity import Evidence, Flag, find_flags
from planning.caller import Caller
from planning.errors import Expired
from planning.estimates.model import Model
from planning.estimates.sample import visible
from planning.followers import FollowerChange, follower_change
from planning.measured import Measured, measure
from planning.peers import Peers, compare_with_peers
from planning.ports import Database
from planning.posts import Post
from planning.published import PublishedRate, find_published
from planning.records import PeerRow
from planning.services.estimates import load_model
from planning.services.peer_groups import figures_of, find_peers
from planning.tiers import Tier

SHOWN_POSTS = 2_000
"""The newest so many posts are looked at for one report."""


@dataclass(frozen=True, slots=True)
class Report:
    """An account with its posts (newest first) and what they say.

    `visible` are those of the posts whose likes can be seen, `measured` the rates on them, `peers` its place among the
    server's own accounts of its platform and tier, None where they are too few; `published` is for that case. `group`
    is how many accounts the peers were drawn from, `model` what the next estimate is made with, `linked` the same
    influencer's accounts elsewhere.
    """

    account: Account
    posts: list[Post]
    visible: list[Post]
    measured: list[Measured]
    change: FollowerChange | None
    peers: Peers | None
    group: int
    published: list[PublishedRate]
    flags: list[Flag]
    model: Model
    linked: tuple[Account, ...] = ()


async def make_report(database: Database, caller: Caller, account_id: int) -> Report:
    """The report of the account with this id. Raises `Expired` where it was removed since."""
    async with database.reading(caller.guild_id) as store:
        account = await store.accounts.get(account_id)
        if account is None:
            raise Expired
        ladder = (await store.settings.load()).ladder
        snapshots = await store.accounts.list_snapshots(account.id)
        posts = await store.posts.list_newest(account.id, limit=SHOWN_POSTS)
        tier = ladder.tier(account.followers)
        group, rows = await find_peers(store, account, tier)
        model = await load_model(store)
        linked = await store.influencers.list_linked(account.id)
    report = await asyncio.to_thread(_report, account, tier, snapshots, posts, group, rows, model)
    return replace(report, linked=tuple(linked))


async def make_reports(database: Database, caller: Caller, account_ids: Sequence[int]) -> list[Report]:
    """The reports of several accounts. Raises `Expired` where one was removed since."""
    return [await make_report(database, caller, account_id) for account_id in account_ids]


def _report(
    account: Account,
    tier: Tier | None,
    snapshots: Sequence[Snapshot],
    posts: list[Post],
    group: int,
    rows: Sequence[PeerRow],
    model: Model,
) -> Report:
    rate = account.estimate.rate if account.estimate else None
    peers = None
    if tier is not None and rate is not None:
        peers = compare_with_peers(account.platform, tier, account.id, rate, {row.account_id: row.rate for row in rows})
    seen = visible(posts)
    evidence = Evidence(account, posts, snapshots, rate, figures_of(rows))
    return Report(
        account,
        posts,
        seen,
        measure(seen, account.followers),
        follower_change(snapshots),
        peers,
        group,
        [] if peers else find_published(account.platform, account.followers),
        find_flags(evidence),
        model,
    )
