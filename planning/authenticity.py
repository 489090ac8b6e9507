"""Authenticity flags: what is unusual about an account's numbers, each with its figures. Never a verdict on a person.

A flag is a question for the creator. A giveaway brings comments, a post that went round brings views, and an account
that changed its subject has followers who no longer look. So each flag names what was measured, over what, and the band
that it lies outside of; the words are the card's.

Where 20 accounts like it are known, the band is theirs: the median of their logarithms, and so many robust standard
deviations to either side. Below that the shipped band is used where it holds: it was taken from 289 public Instagram
accounts with 100 to 1,250 followers (27,255 posts) by `python -m benchmarks.authenticity`, which prints the percentiles
and how many of those accounts each flag would name. For other sizes and platforms there is then no such flag.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from planning.accounts import Account, Snapshot
from planning.estimates.sample import visible
from planning.flags import FlagReason
from planning.growth import LEAST_RISE, Step, find_steps
from planning.peers import MIN_PEERS
from planning.platform import Platform
from planning.posts import Post, PostKind

MIN_POSTS = 5
"""Posts that a rate or views are judged from; on fewer, one post decides."""
MIN_POSTS_PATTERN = 10
"""Posts that a pattern over posts, or a ratio of two counts, is judged from."""
MIN_LIKES = 200
"""Likes in all that comments are held against; on fewer, a handful of friends decides."""
ROBUST_DEVIATIONS = 3.5
"""Width of a peers' band. 3.5 robust deviations are a usual limit for outliers (Iglewicz and Hoaglin 1993); what it
costs here is printed by the benchmark."""
LEAST_DEVIATION = 0.3
"""Peers who happen to be alike make no narrower band than this deviation of the logarithm: half of what ordinary
accounts of one size differ by (0.65)."""
SHIPPED_SIZES = (100, 1_250)
"""Followers of the smallest and the largest account that the shipped bands were taken from."""
USUAL = (0.038, -0.356)
"""The log rate that is usual at its size: at one follower, and its change per e-fold of followers."""
RATE_BAND = (0.125, 3.7)
"""Times the usual rate: the 0.5 % and the 99.5 % point."""
COMMENTS_BAND = (0.19, 14.4)
"""Comments per 100 likes: the 0.5 % and the 99.5 % point."""
LEAST_VARIATION = 0.10
"""Deviation of the logarithm of likes from post to post: below the 0.5 % point (0.14). Likes vary by 10 % from chance
alone on posts with 100 likes, and real ones always by more."""
LEAST_VIEWS = 0.002
"""Median views per follower. Not from posts of ours, which have no views: the 1 % point that the quartiles published
for 11,643 X accounts with 1,000 to 10,000 followers lead to (median 11.5 %, lower quartile 3.7 %; PlayerSells 2026)."""
LEAST_VIEWS_UP_TO = 100_000
"""Followers up to which it is used; larger accounts reach ever smaller shares, and need peers."""
HIDDEN_SHARE = 0.5
"""From this share of the posts on, likes count as hidden rather than missing here and there."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag. `value` was measured over `sample` posts (or readings), and lies outside low to high; None is no limit.

    Units: growth, the largest step as a share (0.25 is 25 %); constant likes, the deviation from post to post as a
    share; rates and hidden likes, shares; comments, per 100 likes; views, times the followers. `peers` is how many
    accounts the band is of, None where it is the shipped one. `steps` are the steps of growth, the largest first.
    """

    reason: FlagReason
    value: float
    low: float | None
    high: float | None
    sample: int
    peers: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What other accounts of the same platform and tier have, one figure an account that has it, in any order.

    `rates` as in `Evidence.rate`; `comments` from `comments_per_100_likes`; `views` from `views_per_follower`.
    """

    rates: Sequence[float] = ()
    comments: Sequence[float] = ()
    views: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an account. `rate`: its estimated rate by followers, a share; None where not computable."""

    account: Account
    posts: Sequence[Post] = ()
    snapshots: Sequence[Snapshot] = ()
    rate: float | None = None
    peers: PeerFigures = field(default_factory=PeerFigures)


def find_flags(evidence: Evidence) -> list[Flag]:
    """The account's flags, the weightiest first; empty where nothing is unusual, or too little is known."""
    tests = (_growth, _constant_likes, _rate, _views, _comments, _hidden_likes)
    found = [flag for test in tests if (flag := test(evidence)) is not None]
    order = list(FlagReason)
    return sorted(found, key=lambda flag: order.index(flag.reason))


def flags_of_posts(account: Account, posts: Sequence[Post]) -> tuple[FlagReason, ...]:
    """The reasons that the account's posts alone tell; how its followers grew is left as it was last seen."""
    told = find_flags(Evidence(account, posts, rate=account.estimate.rate if account.estimate else None))
    grew = [reason for reason in account.flags if reason is FlagReason.GROWTH_IN_STEPS]
    return (*grew, *(flag.reason for flag in told))


def comments_per_100_likes(posts: Sequence[Post]) -> float | None:
    """Comments per 100 likes over posts that have both; None below 10 such posts or 200 likes.

    Half a comment is added, so that none at all is a small number rather than an endless distance.
    """
    pairs = [(post.comments, post.likes) for post in visible(posts) if post.comments is not None and post.likes]
    likes = sum(likes for _, likes in pairs)
    if len(pairs) < MIN_POSTS_PATTERN or likes < MIN_LIKES:
        return None
    return 100 * (sum(comments for comments, _ in pairs) + 0.5) / likes


def views_per_follower(followers: int, posts: Sequence[Post]) -> float | None:
    """Median views of posts that have any, per follower; None below 5 such posts or without followers."""
    views = [post.views for post in posts if post.views]
    return float(np.median(views)) / followers if len(views) >= MIN_POSTS and followers > 0 else None


def band(peers: Sequence[float]) -> tuple[float, float] | None:
    """Between which figures ordinary peers lie, from theirs (above 0); None below 20."""
    return _band(tuple(peers))


@lru_cache(maxsize=64)
def _band(peers: tuple[float, ...]) -> tuple[float, float] | None:
    """Kept, as all of a server's accounts of one platform and tier are held against the same peers."""
    logs = np.log([figure for figure in peers if figure > 0])
    if len(logs) < MIN_PEERS:
        return None
    middle = np.median(logs)
    # 1.4826 times the median distance from the median is a normal distribution's standard deviation.
    width = ROBUST_DEVIATIONS * max(1.4826 * float(np.median(np.abs(logs - middle))), LEAST_DEVIATION)
    return math.exp(middle - width), math.exp(middle + width)


def _growth(evidence: Evidence) -> Flag | None:
    steps = find_steps(evidence.snapshots)
    if not steps:
        return None
    readings = sum(1 for snapshot in evidence.snapshots if snapshot.followers)
    return Flag(FlagReason.GROWTH_IN_STEPS, steps[0].rise, None, LEAST_RISE, readings, steps=tuple(steps))


def _constant_likes(evidence: Evidence) -> Flag | None:
    likes = [post.likes for post in visible(evidence.posts) if post.likes]
    if len(likes) < MIN_POSTS_PATTERN:
        return None
    variation = float(np.std(np.log(likes), ddof=1))
    if variation >= LEAST_VARIATION:
        return None
    return Flag(FlagReason.CONSTANT_LIKES, variation, LEAST_VARIATION, None, len(likes))


def _rate(evidence: Evidence) -> Flag | None:
    posts = len(visible(evidence.posts)) or evidence.account.engagement.posts or 1
    if evidence.rate is None or posts < MIN_POSTS:
        return None
    shipped = None
    if _ships(evidence.account):
        level, slope = USUAL
        usual = math.exp(level + slope * math.log(evidence.account.followers))
        shipped = usual * RATE_BAND[0], usual * RATE_BAND[1]
    reasons = FlagReason.RATE_BELOW, FlagReason.RATE_ABOVE
    return _outside(evidence.rate, evidence.peers.rates, shipped, reasons, posts)


def _comments(evidence: Evidence) -> Flag | None:
    value = comments_per_100_likes(evidence.posts)
    shipped = COMMENTS_BAND if _ships(evidence.account) else None
    reasons = FlagReason.COMMENTS_BELOW, FlagReason.COMMENTS_ABOVE
    return _outside(value, evidence.peers.comments, shipped, reasons, len(visible(evidence.posts)))


def _views(evidence: Evidence) -> Flag | None:
    followers = evidence.account.followers
    value = views_per_follower(followers, evidence.posts)
    shipped = (LEAST_VIEWS, math.inf) if followers <= LEAST_VIEWS_UP_TO else None
    sample = sum(1 for post in evidence.posts if post.views)
    return _outside(value, evidence.peers.views, shipped, (FlagReason.VIEWS_BELOW, None), sample)


def _hidden_likes(evidence: Evidence) -> Flag | None:
    # A post of which nothing is known says nothing of its likes: the file may have had no such column.
    told = [
        post
        for post in evidence.posts
        if post.kind is not PostKind.STORY and (post.likes is not None or post.comments is not None)
    ]
    if len(told) < MIN_POSTS:
        return None
    hidden = 1 - sum(1 for post in visible(told) if post.likes) / len(told)
    return Flag(FlagReason.HIDDEN_LIKES, hidden, None, HIDDEN_SHARE, len(told)) if hidden >= HIDDEN_SHARE else None


def _ships(account: Account) -> bool:
    """Whether the shipped bands hold for this account."""
    low, high = SHIPPED_SIZES
    return account.platform is Platform.INSTAGRAM and low <= account.followers <= high


def _outside(
    value: float | None,
    peers: Sequence[float],
    shipped: tuple[float, float] | None,
    reasons: tuple[FlagReason, FlagReason | None],
    sample: int,
) -> Flag | None:
    """The flag for a value below or above the peers' band, or the shipped one where there are too few peers."""
    theirs = band(peers)
    limits = theirs or shipped
    if value is None or limits is None:
        return None
    low, high = limits
    reason = reasons[0] if value < low else reasons[1] if value > high else None
    if reason is None:
        return None
    open_end = reasons[1] is None
    size = len(peers) if theirs else None
    return Flag(reason, value, low, None if open_end else high, sample, size)
