"""Likes that a platform hid, and what scrapers write in their place."""

from collections import Counter
from dataclasses import replace

from planning.post_files.found import PostWarning, ReadPosts

_PLACEHOLDERS = (0, 3)
_ALIKE = 2
"""Posts that must be alike before the figure is taken for a placeholder: one post may well have 3 likes."""


def forget_placeholders(found: ReadPosts) -> None:
    """Make likes unknown where all posts of an account have the same 0 or 3, and warn of that and of no likes."""
    posts = Counter(found.owners)
    alike = Counter(
        (owner, post.likes)
        for owner, post in zip(found.owners, found.posts, strict=True)
        if post.likes in _PLACEHOLDERS
    )
    spoilt = {owner for (owner, _), count in alike.items() if count == posts[owner] >= _ALIKE}
    warnings: list[PostWarning] = []
    if spoilt:
        warnings.append(PostWarning.LIKES_PLACEHOLDER)
        for place, owner in enumerate(found.owners):
            if owner in spoilt:
                found.posts[place] = replace(found.posts[place], likes=None)
    elif found.posts and all(post.likes is None for post in found.posts):
        warnings.append(PostWarning.NO_LIKES)
    found.warnings = tuple(warnings)
