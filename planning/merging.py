"""One account under two handles made one, and made two again; every reading and post of both is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from planning.accounts import Account, Engagement, Snapshot
from planning.audit import field_values
from planning.estimates.sample import sample_posts, visible
from planning.measured import average_reach, averages
from planning.niches import MAX_NICHES
from planning.post_files.merging import merge_posts
from planning.posts import Post

_SECOND = timedelta(seconds=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
_TOGETHER = (
    ("followers", "followers_at"),
    ("engagement", "engagement_at"),
    *((name,) for name in ("name", "country", "language", "price", "niches", "added_at", "source", "posts_read_at")),
)
"""The fields of an account that are one statement each."""


@dataclass(frozen=True, slots=True)
class Held:
    """An account with all that hangs on it: readings by time, posts by time (those of one time in their own order)."""

    account: Account
    readings: tuple[Snapshot, ...] = ()
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in which two accounts differ: what stays, and what goes into the history (as `field_values` gives them).

    `newer` is whether the date decided, `from_other` whether what stays is the other account's.
    """

    field: str
    stays: object
    goes: object
    newer: bool
    from_other: bool


def merge(into: Held, other: Held) -> Held:
    """`into` with all of `other`, an account of the same platform: one account under two handles. Once more changes
    nothing.

    Followers and averages: the newer ones stand, and of one time those of `into`; averages that are those of posts
    become those of all the posts. Other fields stay as `into` has them, and are filled where it has none; niches are
    added while there is room. Of a post that both have, the figures that were read later stand. A reading of the same
    second that says otherwise is kept a second earlier.
    """
    posts = _all_posts(into, other)
    return Held(_account(into.account, other.account, posts), _all_readings(into.readings, other.readings), posts)


def unmerge(now: Held, into: Held, other: Held) -> Held:
    """`into` as it was before `other` was merged with it, with what was written since then; `now` is how it stands.

    A field that was changed since stays as it is now, and so do readings and posts that came since.
    """
    merged = merge(into, other)
    posts = into.posts
    if now.posts != merged.posts:
        posts = _joined(into.posts, _without(now.posts, merged.posts))
    kept: dict[str, Any] = {
        name: getattr(into.account, name)
        for names in _TOGETHER
        if all(getattr(now.account, name) == getattr(merged.account, name) for name in names)
        for name in names
    }
    account = replace(
        now.account, **kept, sample=into.account.sample, reach=into.account.reach, flags=into.account.flags
    )
    if posts != into.posts:
        account = _with_posts(account, posts)
    readings = (*into.readings, *_without(now.readings, merged.readings))
    return Held(account, tuple(sorted(readings, key=lambda reading: reading.taken_at)), posts)


def find_conflicts(into: Account, other: Account, merged: Account) -> list[Conflict]:
    """What both say, and differently."""
    own, others, result = (field_values(account) for account in (into, other, merged))
    found: list[Conflict] = []
    for name, value in own.items():
        if name in {"posts", "niches"} or None in (value, others[name]) or value == others[name]:
            continue
        taken = result[name] == others[name]
        newer = name in {"followers", "likes", "comments", "views"}
        found.append(Conflict(name, result[name], value if taken else others[name], newer, taken))
    return found


def niches_left_out(other: Account, merged: Account) -> tuple[str, ...]:
    """The other's niches for which there was no room."""
    return tuple(niche for niche in other.niches if niche not in merged.niches)


def _account(own: Account, other: Account, posts: tuple[Post, ...]) -> Account:
    counted = other if other.followers_at > own.followers_at else own
    taken = other if _when(other.engagement_at) > _when(own.engagement_at) else own
    newest = other if _read_at(other) > _read_at(own) else own
    added = [at for at in (own.added_at, other.added_at) if at is not None]
    read = [at for at in (own.posts_read_at, other.posts_read_at) if at is not None]
    niches = own.niches + tuple(niche for niche in other.niches if niche not in own.niches)
    account = replace(
        own,
        name=own.name or other.name,
        country=own.country or other.country,
        language=own.language or other.language,
        price=own.price or other.price,
        followers=counted.followers,
        followers_at=counted.followers_at,
        engagement=taken.engagement,
        engagement_at=taken.engagement_at,
        source=newest.source,
        niches=niches[: max(MAX_NICHES, len(own.niches))],
        added_at=min(added, default=None),
        posts_read_at=max(read, default=None),
    )
    if account.engagement_at in read:
        # They were the averages of one side's posts.
        account = replace(account, engagement_at=account.posts_read_at)
    return _with_posts(account, posts) if posts else account


def _with_posts(account: Account, posts: tuple[Post, ...]) -> Account:
    """The account with the sum of these posts, and with their averages where its own are no typed ones."""
    known = averages(visible(posts))
    engagement: Engagement = known if known.known and not account.has_own_averages else account.engagement
    return replace(account, engagement=engagement, sample=sample_posts(posts), reach=average_reach(posts))


def _read_at(account: Account) -> datetime:
    return max(account.followers_at, _when(account.engagement_at))


def _when(moment: datetime | None) -> datetime:
    return _NEVER if moment is None else moment


def _all_posts(into: Held, other: Held) -> tuple[Post, ...]:
    if _when(other.account.posts_read_at) > _when(into.account.posts_read_at):
        return _joined(into.posts, other.posts)
    return _joined(other.posts, into.posts)


def _joined(known: tuple[Post, ...], given: tuple[Post, ...]) -> tuple[Post, ...]:
    """Both, the same ones once: what is given stands above what is known."""
    found = merge_posts(known, given)
    posts = list(known)
    for change in found.changed:
        posts[change.place] = change.now
    return tuple(sorted((*posts, *found.new), key=lambda post: post.posted_at))


def _all_readings(own: Sequence[Snapshot], others: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    kept = {reading.taken_at: reading for reading in own}
    for reading in others:
        placed = reading
        while kept.setdefault(placed.taken_at, placed) != placed:
            placed = replace(placed, taken_at=placed.taken_at - _SECOND)
    return tuple(kept[at] for at in sorted(kept))


def _without(items: Sequence[Any], others: Sequence[Any]) -> tuple[Any, ...]:
    """The items without those others, each as often as it stands there."""
    left = Counter(others)
    found: list[Any] = []
    for item in items:
        if left[item]:
            left[item] -= 1
        else:
            found.append(item)
    return tuple(found)
