"""What an alert tells of: accounts that changed tier, whose followers jumped, or whose numbers became old."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from planning.accounts import Account
from planning.ranking import numbers_at
from planning.tiers import Ladder, Tier


class FollowersChange(NamedTuple):
    """A change of an account's followers that the trail tells of."""

    account_id: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An account with other followers than at the last look: `tiers` as they were and are, None where they are the
    same; `jump` the share by which the followers changed (0.2: 20 % more), None where that is less than asked for."""

    account: Account
    before: int
    tiers: tuple[Tier | None, Tier | None] | None
    jump: float | None


@dataclass(frozen=True, slots=True)
class Alerts:
    """What there is to tell since the last look. `old` are accounts whose numbers became old in between."""

    moved: tuple[Moved, ...]
    old: tuple[Account, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.moved or self.old)


def first_followers(changes: Iterable[FollowersChange]) -> dict[int, int]:
    """Each account's followers before the first of these changes, which come in their order."""
    found: dict[int, int] = {}
    for change in changes:
        found.setdefault(change.account_id, change.before)
    return found


def moved(account: Account, before: int, ladder: Ladder, jump: float) -> Moved | None:
    """What there is to tell of an account that had this many followers at the last look; None: nothing."""
    tiers = ladder.tier(before), ladder.tier(account.followers)
    change = account.followers / before - 1 if before else None
    # Rounded, as 2,400 after 2,000 would else be a little less than 20 % more.
    jumped = change if change is not None and round(abs(change), 9) >= jump else None
    if tiers[0] == tiers[1] and jumped is None:
        return None
    return Moved(account, before, tiers if tiers[0] != tiers[1] else None, jumped)


def in_order(changed: Sequence[Moved], old: Sequence[Account]) -> Alerts:
    """New tiers first, then the largest changes; the old ones by their size."""
    return Alerts(
        tuple(sorted(changed, key=lambda one: (one.tiers is None, -abs(one.account.followers - one.before)))),
        tuple(sorted(old, key=lambda one: -one.followers)),
    )


def became_old(
    accounts: Sequence[Account], older_than: timedelta, since: datetime | None, now: datetime
) -> list[Account]:
    """Those whose numbers are older than this now, and were not at the last look (None: whose are at all)."""
    found = [account for account in accounts if now - numbers_at(account) > older_than]
    if since is None:
        return found
    return [account for account in found if since - numbers_at(account) <= older_than]
