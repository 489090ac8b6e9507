"""A post of an account with its own numbers."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class PostKind(IntEnum):
    """What kind of post it is; the number is what the database keeps."""

    POST = 1
    REEL = 2
    STORY = 3
    VIDEO = 4
    SHORT = 5
    STREAM = 6


@dataclass(frozen=True, slots=True)
class Post:
    """One post; None is unknown, never 0.

    `posted_at` is aware UTC, in whole seconds. `dated_only`: the file gave the day alone, and the time is midnight.
    `reference` is the platform's own id or address of the post, where the file had one.
    """

    posted_at: datetime
    kind: PostKind | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    views: int | None = None
    reach: int | None = None
    sponsored: bool | None = None
    reference: str | None = None
    dated_only: bool = False
