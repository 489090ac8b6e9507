"""Writes posts that were read from a file, and what they make of their account."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from planning.accounts import Account, Snapshot, Source
from planning.audit import Action, AuditEntry, Origin, differences
from planning.caller import Caller
from planning.ports import Store
from planning.post_files.merging import MergedPosts, number_posts
from planning.posts import Post
from planning.records import AccountChange


async def keep_posts(store: Store, account_id: int, known: Sequence[tuple[int, Post]], merged: MergedPosts) -> None:
    """Write what is new or changed; a post whose time changed leaves its old place."""
    moved = [change for change in merged.changed if change.now.posted_at != change.known.posted_at]
    places = {change.place for change in moved}
    taken = [(post.posted_at, number) for place, (number, post) in enumerate(known) if place not in places]
    fresh = [*(change.now for change in moved), *merged.new]
    stayed = [(known[change.place][0], change.now) for change in merged.changed if change.place not in places]
    await store.posts.remove(account_id, [(known[place][1].posted_at, known[place][0]) for place in places])
    await store.posts.write(account_id, [*stayed, *zip(number_posts(taken, fresh), fresh, strict=True)])


def posts_change(
    before: Account, after: Account, counts: Mapping[str, int], caller: Caller, filename: str, now: datetime
) -> AccountChange:
    """What so many new and changed posts of a file make of their account, with a reading of their averages."""
    was, values = differences(before, after)
    values |= {name: count for name, count in counts.items() if count}
    audit = AuditEntry(now, caller.user_id, Action.POSTS, was, values, origin=Origin(filename))
    snapshots: tuple[Snapshot, ...] = ()
    if after.engagement_at is not None and after.engagement != before.engagement:
        snapshots = (Snapshot(after.engagement_at, Source.POSTS, engagement=after.engagement),)
    return AccountChange(before, after, snapshots, audit)
