"""What makes one doubt a file as a whole: likes that were never counted, and days in the place of posts."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from planning.post_files.found import PostWarning, ReadPosts

_PLACEHOLDERS = (0, 3)
_ALIKE = 2
"""Posts that must be alike before the figure is taken for a placeholder: one post may well have 3 likes."""

_DAYS = 14
"""Days on end, one row each, before they are taken for a list of days: a week of daily posts is nothing unusual."""


def note_doubts(found: ReadPosts) -> None:
    """Make likes unknown where all posts of an account have the same 0 or 3, and note the file's warnings."""
    doubts = {
        PostWarning.NO_LIKES: bool(found.posts) and all(post.likes is None for post in found.posts),
        PostWarning.LIKES_PLACEHOLDER: _forget_placeholders(found),
        PostWarning.EVERY_DAY: _is_every_day(found),
    }
    found.warnings = tuple(warning for warning, holds in doubts.items() if holds)


def _forget_placeholders(found: ReadPosts) -> bool:
    posts = Counter(found.owners)
    owned = zip(found.owners, found.posts, strict=True)
    alike = Counter((owner, post.likes) for owner, post in owned if post.likes in _PLACEHOLDERS)
    spoilt = {owner for (owner, _), count in alike.items() if count == posts[owner] >= _ALIKE}
    for place, owner in enumerate(found.owners):
        if owner in spoilt:
            found.posts[place] = replace(found.posts[place], likes=None)
    return bool(spoilt)


def _is_every_day(found: ReadPosts) -> bool:
    if len(found.posts) < _DAYS or any(post.reference or post.kind or not post.dated_only for post in found.posts):
        return False
    days = {post.posted_at for post in found.posts}
    return len(days) == len(found.posts) and max(days) - min(days) == timedelta(days=len(days) - 1)
