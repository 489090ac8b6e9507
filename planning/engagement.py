"""Engagement rates as averages give them: always with their definition.

Likes that are absent, or 0 over all posts, are hidden likes: no rate can be computed, and none is ever 0.
"""

from dataclasses import dataclass
from enum import StrEnum

from planning.accounts import Engagement


class Definition(StrEnum):
    """How a rate was computed."""

    LIKES_COMMENTS_BY_FOLLOWERS = "likes_comments_by_followers"
    LIKES_BY_FOLLOWERS = "likes_by_followers"
    LIKES_COMMENTS_BY_REACH = "likes_comments_by_reach"
    LIKES_BY_REACH = "likes_by_reach"
    LIKES_COMMENTS_BY_VIEWS = "likes_comments_by_views"
    LIKES_BY_VIEWS = "likes_by_views"
    LIKES_COMMENTS_SHARES_SAVES_BY_FOLLOWERS = "likes_comments_shares_saves_by_followers"
    LIKES_COMMENTS_SHARES_SAVES_BY_REACH = "likes_comments_shares_saves_by_reach"
    LIKES_COMMENTS_SHARES_SAVES_BY_VIEWS = "likes_comments_shares_saves_by_views"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share (0.041 is 4.1 %) with its definition; `posts` is how many posts the averages are over, None unknown."""

    value: float
    definition: Definition
    posts: int | None


def interactions(engagement: Engagement) -> float | None:
    """Likes and, where known, comments of an average post; None where likes are hidden."""
    if not engagement.likes:
        return None
    return engagement.likes + (engagement.comments or 0.0)


def rate_by_followers(followers: int, engagement: Engagement) -> Rate | None:
    """(likes + comments) / followers of an average post (ERF); likes alone where comments are unknown."""
    total = interactions(engagement)
    if total is None or followers <= 0:
        return None
    definition = (
        Definition.LIKES_BY_FOLLOWERS if engagement.comments is None else Definition.LIKES_COMMENTS_BY_FOLLOWERS
    )
    return Rate(total / followers, definition, engagement.posts)


def rate_by_views(engagement: Engagement) -> Rate | None:
    """(likes + comments) / views of an average post (ERV); likes alone where comments are unknown."""
    total = interactions(engagement)
    if total is None or not engagement.views:
        return None
    definition = Definition.LIKES_BY_VIEWS if engagement.comments is None else Definition.LIKES_COMMENTS_BY_VIEWS
    return Rate(total / engagement.views, definition, engagement.posts)
