"""All that a file of posts says."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from planning.imports.problems import Problem
from planning.post_files.columns import PostColumn
from planning.post_files.moments import AmbiguousDates
from planning.posts import Post


class PostWarning(StrEnum):
    """What a person should know of a file that was read."""

    NO_LIKES = "no_likes"
    """No post has its likes: hidden, or the file has no such column."""

    LIKES_PLACEHOLDER = "likes_placeholder"
    """All posts of an account had the same 0 or 3 likes, which scrapers write for hidden ones: they are unknown."""

    EVERY_DAY = "every_day"
    """One row a day without a gap and nothing that names a post: an account's days, it seems, as exports have too."""


@dataclass(slots=True)
class ReadPosts:
    """Each post of a file once, and what was not taken.

    `posts`, `lines` (of the file, where each begins) and `owners` (whose each is, None where the file doesn't say) are
    as long as each other. rows = posts + repeated + the problems that reject a row; `repeated` counts rows that say of
    a post only what stands above. `skipped` are rows that are no post of their own: sums, and single days of posts
    whose lifetime stands beside. `accounts` counts the rows of each account that the file names, the handles
    normalised. Where there is a `question`, nothing else was read: read again with `day_first`.
    """

    columns: tuple[PostColumn, ...]
    posts: list[Post] = field(default_factory=list[Post])
    lines: list[int] = field(default_factory=list[int])
    owners: list[str | None] = field(default_factory=list[str | None])
    problems: list[Problem] = field(default_factory=list[Problem])
    rows: int = 0
    repeated: int = 0
    skipped: int = 0
    accounts: Counter[str] = field(default_factory=Counter[str])
    question: AmbiguousDates | None = None
    warnings: tuple[PostWarning, ...] = ()
