"""A history of posts, summed up for the estimate: recent posts count for more, and none of it depends on the clock.

The newest post weighs 1. A post that has `i` newer ones and is `d` days older than the newest weighs
2 ** (-i / 8 - d / 180), and log(interactions + 0.5) + 0.35 x (d in years) is what it says: the followers were counted
now, and fewer people were there to see the older posts. The three constants were tried out on the posts that the
shipped model is fitted to (`planning.estimates.model`): half or twice as much costs less than a hundredth of the error.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from planning.accounts import Engagement
from planning.estimates.values import Sample
from planning.posts import Post, PostKind

HALF_LIFE_POSTS = 8.0
HALF_LIFE_DAYS = 180.0
_FADE = 2 ** (-1 / HALF_LIFE_POSTS)
GROWTH = 0.35
"""How much the log of interactions by present followers rises in a year, on average."""
TYPICAL_SPREAD = 0.11
"""The variance of log interactions between posts of one account, where it is not known."""
HALF = 0.5
"""Added to interactions, so that a post without any has a logarithm."""
NOTHING_SAYS = 3
"""What scrapers write into every row where the platform hides the likes."""

_BLOCK = 4_000
"""Accounts summed up at once: of a million posts, most of the time would go into making room for the arrays."""
_DAY = 86_400.0
_YEAR = 365.25 * _DAY

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of many accounts, one a place in each array; `spread` is NaN where a `Sample` says None."""

    posts: Floats
    mean: Floats
    weight: Floats
    spread: Floats


def visible(posts: Sequence[Post]) -> list[Post]:
    """The posts whose interactions are known, oldest first; none where the account hides its likes.

    Stories are left out, and posts with unknown or negative likes. Likes are hidden where those of all the rest are
    0, or where there are several and all have exactly 3.
    """
    known = [post for post in posts if post.kind is not PostKind.STORY and post.likes is not None and post.likes >= 0]
    if hides_likes([post.likes or 0 for post in known]):
        return []
    return sorted(known, key=lambda post: (post.posted_at, interactions(post)))


def hides_likes(likes: Sequence[int]) -> bool:
    """Whether these likes, of all posts of an account, are what is written where likes are hidden."""
    return not any(likes) or (len(likes) > 1 and all(each == NOTHING_SAYS for each in likes))


def interactions(post: Post) -> int:
    """Likes and, where known, comments."""
    return (post.likes or 0) + (post.comments or 0)


def sample_posts(posts: Sequence[Post]) -> Sample | None:
    """The sample of one account's posts, in any order; None where no rate can be computed (see `visible`)."""
    kept = visible(posts)
    if not kept:
        return None
    times = np.array([post.posted_at.timestamp() for post in kept])
    counts = np.array([interactions(post) for post in kept], float)
    samples = sample_many(times, counts, np.zeros(1, np.intp))
    return Sample(
        len(kept),
        kept[0].posted_at,
        kept[-1].posted_at,
        float(samples.mean[0]),
        float(samples.weight[0]),
        float(samples.spread[0]) if len(kept) > 1 else None,
    )


def sample_averages(engagement: Engagement, taken_at: datetime) -> Sample | None:
    """The sample that typed averages stand for; without a count they stand for one post. None where likes are hidden.

    The average of n posts lies above what its posts typically get: the log of a mean exceeds the mean of the logs by
    about half their variance (log-normal), times 1 - 1/n.
    """
    if not engagement.likes or engagement.likes < 0:
        return None
    posts = max(1, engagement.posts or 1)
    average = engagement.likes + max(0.0, engagement.comments or 0.0)
    mean = math.log(average + HALF) - TYPICAL_SPREAD / 2 * (1 - 1 / posts)
    at = taken_at.astimezone(UTC)
    return Sample(posts, at, at, mean, (1 - _FADE**posts) / (1 - _FADE), None)


def combine(posts: Sample | None, averages: Sample | None) -> Sample | None:
    """Posts and typed averages together; either alone is what there is.

    Averages newer than the newest post count as one more post, as they may be of the same ones. Older averages stand
    for the posts that are not known, where they are over more posts than are, and otherwise say nothing.
    """
    if posts is None or averages is None:
        return posts or averages
    passed = (averages.last_at - posts.last_at).total_seconds()
    if passed > 0:
        return _added(posts, averages, passed)
    return _under(posts, averages, -passed) if averages.posts > posts.posts else posts


def _added(posts: Sample, averages: Sample, passed: float) -> Sample:
    """The posts with averages that are so many seconds newer, as one more."""
    weight = posts.weight * 2 ** (-1 / HALF_LIFE_POSTS - passed / _DAY / HALF_LIFE_DAYS)
    before = posts.mean + GROWTH * passed / _YEAR
    total = weight + 1
    mean = (weight * before + averages.mean) / total
    squares = (posts.spread or 0.0) * (posts.posts - 1) / posts.posts * weight
    squares += weight * (before - mean) ** 2 + (averages.mean - mean) ** 2
    count = posts.posts + 1
    spread = squares / total * count / (count - 1)
    return Sample(count, posts.first_at, averages.last_at, mean, total, spread)


def _under(posts: Sample, averages: Sample, passed: float) -> Sample:
    """The posts over averages that are so many seconds older, of which those beyond their number count."""
    missing = averages.posts - posts.posts
    weight = averages.weight * missing / averages.posts
    weight *= 2 ** (-posts.posts / HALF_LIFE_POSTS - passed / _DAY / HALF_LIFE_DAYS)
    total = posts.weight + weight
    mean = (posts.weight * posts.mean + weight * (averages.mean + GROWTH * passed / _YEAR)) / total
    return Sample(averages.posts, posts.first_at, posts.last_at, mean, total, posts.spread)


def sample_many(times: Floats, counts: Floats, starts: Indices) -> Samples:
    """The samples of many accounts from flat arrays of their posts.

    `times` are unix seconds and `counts` interactions, both by account and in it oldest first; `starts` are the places
    of each account's first post. Every account has at least one post, and none of those that are hidden.
    """
    ends = np.append(starts, len(times))
    parts = [
        _sample_block(
            times[ends[first] : ends[last]], counts[ends[first] : ends[last]], starts[first:last] - starts[first]
        )
        for first, last in pairwise([*range(0, len(starts), _BLOCK), len(starts)])
    ]
    return Samples(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Samples)))


def _sample_block(times: Floats, counts: Floats, starts: Indices) -> Samples:
    posts = np.diff(starts, append=len(times))
    last = starts + posts - 1
    half_lives = np.repeat(times[last], posts)
    half_lives -= times
    half_lives /= _DAY * HALF_LIFE_DAYS
    weights = np.arange(len(times), dtype=np.float64)
    weights -= np.repeat(last.astype(np.float64), posts)
    weights /= HALF_LIFE_POSTS
    weights -= half_lives
    np.exp2(weights, out=weights)
    said = counts + HALF
    np.log(said, out=said)
    half_lives *= GROWTH * HALF_LIFE_DAYS * _DAY / _YEAR
    said += half_lives
    total = np.add.reduceat(weights, starts)
    weights *= said
    mean = np.add.reduceat(weights, starts) / total
    weights *= said
    squares = np.maximum(0.0, np.add.reduceat(weights, starts) / total - mean**2)
    spread = np.where(posts > 1, squares * posts / np.maximum(1, posts - 1), np.nan)
    return Samples(posts.astype(float), mean, total, spread)
