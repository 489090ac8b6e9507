"""How an account's followers changed, from the readings that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from planning.accounts import Snapshot

WINDOW = timedelta(days=90)
"""Growth is told over a quarter where there are readings that old, over less where there aren't."""
LEAST = timedelta(days=7)
"""Readings closer together than a week say more of the days between than of the account."""


@dataclass(frozen=True, slots=True)
class FollowerChange:
    """From `before` followers at `since` to `after` followers at `until`."""

    since: datetime
    until: datetime
    before: int
    after: int

    @property
    def share(self) -> float:
        """By which share the followers changed: 0.042 is 4.2 % more, below 0 fewer."""
        return self.after / self.before - 1

    @property
    def days(self) -> int:
        """Over how many days."""
        return round((self.until - self.since) / timedelta(days=1))


def follower_change(snapshots: Sequence[Snapshot]) -> FollowerChange | None:
    """The change up to the newest reading over the last 90 days, or what there is of them; None below a week.

    It begins at the reading that lies nearest to 90 days before the newest one.
    """
    known = sorted((reading.taken_at, reading.followers) for reading in snapshots if reading.followers is not None)
    if not known or not known[-1][1]:
        return None
    known = [reading for reading in known if reading[1]]
    until, after = known[-1]
    since, before = min(known, key=lambda reading: (abs((until - reading[0]) - WINDOW), reading[0]))
    return FollowerChange(since, until, before, after) if until - since >= LEAST else None
