"""Rates as they were measured on an account's posts: mean and median, by every definition that the posts allow."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from planning.accounts import Engagement, Reach
from planning.engagement import Definition
from planning.posts import Post

MEASURED_POSTS = 50
"""The newest so many posts are measured: enough for a steady figure, few enough to tell of the account as it is."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A rate over posts, as a share: its mean says what to expect in total, its median what a typical post does.

    `posts` is how many posts allow this definition; they were posted from `first_at` to `last_at`.
    """

    definition: Definition
    mean: float
    median: float
    posts: int
    first_at: datetime
    last_at: datetime


def newest(posts: Sequence[Post]) -> list[Post]:
    """The posts that are measured, of posts whose likes can be seen: the newest ones, newest first."""
    return sorted(posts, key=lambda post: post.posted_at, reverse=True)[:MEASURED_POSTS]


def post_rates(posts: Sequence[Post], followers: int) -> list[tuple[Post, float]]:
    """Each post's (likes + comments) / followers, likes alone where no post has comments; none without followers."""
    if followers <= 0:
        return []
    count = _likes_comments if any(post.comments is not None for post in posts) else _likes
    return [(post, total / followers) for post in posts if (total := count(post)) is not None]


def measure(posts: Sequence[Post], followers: int) -> list[Measured]:
    """The rates of the newest posts (of those whose likes can be seen) by each definition that any allows.

    Likes alone stand in where no post has comments; all interactions stand beside likes + comments where shares or
    saves are known.
    """
    chosen = newest(posts)
    comments = any(post.comments is not None for post in chosen)
    wanted = [*_WITH_COMMENTS, *_WITH_ALL] if comments else list(_WITHOUT_COMMENTS)
    found = (_measure(definition, chosen, followers) for definition in wanted)
    return [measured for measured in found if measured is not None]


def averages(posts: Sequence[Post]) -> Engagement:
    """Averages per post over the newest posts, as they are kept beside those that people type."""
    chosen = newest(posts)
    return Engagement(
        likes=_mean([post.likes for post in chosen]),
        comments=_mean([post.comments for post in chosen]),
        views=_mean([post.views for post in chosen]),
        posts=len(chosen) or None,
    )


def average_reach(posts: Sequence[Post]) -> Reach | None:
    """The average reach of the newest posts whose reach is known; None where that of none is."""
    known = [post.reach for post in newest([post for post in posts if post.reach is not None])]
    mean = _mean(known)
    return Reach(mean, len(known)) if mean else None


Count = Callable[[Post], int | None]


def _likes(post: Post) -> int | None:
    return post.likes


def _likes_comments(post: Post) -> int | None:
    return None if post.likes is None or post.comments is None else post.likes + post.comments


def _all(post: Post) -> int | None:
    """Likes and comments, and those of shares and saves that are known; None where neither is."""
    base = _likes_comments(post)
    if base is None or (post.shares is None and post.saves is None):
        return None
    return base + (post.shares or 0) + (post.saves or 0)


_WITHOUT_COMMENTS: dict[Definition, tuple[Count, str]] = {
    Definition.LIKES_BY_FOLLOWERS: (_likes, "followers"),
    Definition.LIKES_BY_REACH: (_likes, "reach"),
    Definition.LIKES_BY_VIEWS: (_likes, "views"),
}
_WITH_COMMENTS: dict[Definition, tuple[Count, str]] = {
    Definition.LIKES_COMMENTS_BY_FOLLOWERS: (_likes_comments, "followers"),
    Definition.LIKES_COMMENTS_BY_REACH: (_likes_comments, "reach"),
    Definition.LIKES_COMMENTS_BY_VIEWS: (_likes_comments, "views"),
}
_WITH_ALL: dict[Definition, tuple[Count, str]] = {
    Definition.LIKES_COMMENTS_SHARES_SAVES_BY_FOLLOWERS: (_all, "followers"),
    Definition.LIKES_COMMENTS_SHARES_SAVES_BY_REACH: (_all, "reach"),
    Definition.LIKES_COMMENTS_SHARES_SAVES_BY_VIEWS: (_all, "views"),
}
_RATES = _WITHOUT_COMMENTS | _WITH_COMMENTS | _WITH_ALL


def _measure(definition: Definition, posts: Sequence[Post], followers: int) -> Measured | None:
    count, base = _RATES[definition]
    rates: list[float] = []
    times: list[datetime] = []
    for post in posts:
        total = count(post)
        below = followers if base == "followers" else post.reach if base == "reach" else post.views
        if total is not None and below:
            rates.append(total / below)
            times.append(post.posted_at)
    if not rates:
        return None
    return Measured(definition, statistics.fmean(rates), statistics.median(rates), len(rates), min(times), max(times))


def _mean(values: Sequence[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.fmean(known) if known else None
