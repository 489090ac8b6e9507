"""Reads a table of many accounts' posts: account, followers, posted_at, likes, comments, a row a post.

Columns stand in any order and others are ignored. `posted_at` is unix seconds or ISO 8601 (without a zone: UTC).
Likes that are empty or negative are hidden; comments that are, are unknown and count as none.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from planning.blanks import is_blank
from planning.errors import PlanningError
from planning.estimates.histories import Histories
from planning.estimates.sample import hides_likes
from planning.files import Table

COLUMNS = ("account", "followers", "posted_at", "likes", "comments")


class ColumnsMissing(PlanningError):
    """The table lacks these columns."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__(f"no column {', '.join(columns)}")
        self.columns = columns


@dataclass(frozen=True, slots=True)
class PostTable:
    """The accounts of a table, by name: `histories` of those whose likes are known, with their names.

    `hidden` is how many accounts hide their likes, `unreadable` how many rows could not be read, `without_likes` how
    many could but have no likes, `repeated` how many stand there twice.
    """

    names: tuple[str, ...]
    histories: Histories
    hidden: int
    unreadable: int
    without_likes: int
    repeated: int


def read_posts(table: Table) -> PostTable:
    """The posts in a table, whatever the order of its rows. Raises `ColumnsMissing`.

    An account has the followers that stand in the row of its newest post. A row that repeats all the columns is one
    post.
    """
    header = [cell.strip().lower() for cell in table.header]
    missing = tuple(column for column in COLUMNS if column not in header)
    if missing:
        raise ColumnsMissing(missing)
    places = [header.index(column) for column in COLUMNS]
    posts: dict[str, set[_Row]] = defaultdict(set)
    unreadable = repeated = without_likes = 0
    for cells in table.rows:
        try:
            name, row = _read([cells[place] for place in places])
        except (ValueError, IndexError, OverflowError):
            unreadable += 1
            continue
        without_likes += row[2] < 0
        repeated += row in posts[name]
        posts[name].add(row)
    return _gather(posts, unreadable=unreadable, without_likes=without_likes, repeated=repeated)


_Row = tuple[float, int, float, int]
"""When posted (unix seconds), interactions, likes (-1: hidden), followers: sorted, the newest is last."""


def _read(cells: list[str]) -> tuple[str, _Row]:
    account, followers, posted_at, likes, comments = (cell.strip() for cell in cells)
    if not account:
        raise ValueError
    liked, said = _count(likes), _count(comments)
    row = (_time(posted_at), max(0, liked) + max(0, said), liked, _count(followers))
    return account, row


def _count(text: str) -> int:
    """A count as exports write it (12, 12.0); -1 where it is unknown. Raises ValueError."""
    if is_blank(text):
        return -1
    value = float(text)
    if not value.is_integer():
        raise ValueError
    return max(-1, int(value))


def _time(text: str) -> float:
    """Unix seconds. Raises ValueError."""
    try:
        seconds = float(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if not math.isfinite(seconds):
        raise ValueError
    return seconds


def _gather(posts: dict[str, set[_Row]], *, unreadable: int, without_likes: int, repeated: int) -> PostTable:
    names: list[str] = []
    followers: list[int] = []
    starts: list[int] = []
    times: list[float] = []
    counts: list[int] = []
    hidden = 0
    for name in sorted(posts):
        rows = sorted(posts[name])
        known = [row for row in rows if row[2] >= 0]
        if hides_likes([int(likes) for _, _, likes, _ in known]):
            hidden += 1
            continue
        names.append(name)
        followers.append(rows[-1][3])
        starts.append(len(times))
        times.extend(time for time, _, _, _ in known)
        counts.extend(count for _, count, _, _ in known)
    histories = Histories(
        np.array(followers, float), np.array(starts, np.intp), np.array(times, float), np.array(counts, float)
    )
    return PostTable(tuple(names), histories, hidden, unreadable, without_likes, repeated)
