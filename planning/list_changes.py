"""What changed about a pick since it was made, and between two lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.accounts import Account
from planning.estimates.values import Estimate
from planning.money import Money
from planning.platform import Platform
from planning.shortlists import Pick
from planning.tiers import Ladder, Tier


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs, as it was and as it is; None where it does not.

    `rate_moved`: the rate's new middle lies outside its old range, or the other way round: more than chance would do.
    """

    followers: tuple[int, int] | None = None
    tier: tuple[Tier | None, Tier | None] | None = None
    rate: tuple[Estimate | None, Estimate | None] | None = None
    rate_moved: bool = False
    price: tuple[Money | None, Money | None] | None = None

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return any((self.followers, self.tier, self.rate, self.price))


@dataclass(frozen=True, slots=True)
class Kept:
    """An account on both of two lists: its places there, from 1 on, and what changed between its two snapshots."""

    then: Pick
    now: Pick
    places: tuple[int, int]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Differences:
    """Who is on one of two lists only, and who on both, each in its list's order."""

    gone: list[Pick]
    new: list[Pick]
    kept: list[Kept]


def changes_of(then: Account, now: Account, ladder: Ladder) -> Changes:
    """What changed about an account."""
    tiers = ladder.tier(then.followers), ladder.tier(now.followers)
    before, after = then.estimate, now.estimate
    same_rate = before == after or (before and after and before.rate == after.rate)
    return Changes(
        followers=(then.followers, now.followers) if then.followers != now.followers else None,
        tier=tiers if tiers[0] != tiers[1] else None,
        rate=None if same_rate else (before, after),
        rate_moved=before is not None and after is not None and not _alike(before, after),
        price=(then.price, now.price) if then.price != now.price else None,
    )


def differences(first: Sequence[Pick], second: Sequence[Pick], ladder: Ladder) -> Differences:
    """How the second list differs from the first."""
    places = {_key(pick): place for place, pick in enumerate(second, start=1)}
    later = {_key(pick): pick for pick in second}
    known = {_key(pick) for pick in first}
    kept = [
        Kept(
            pick,
            later[_key(pick)],
            (place, places[_key(pick)]),
            changes_of(pick.account, later[_key(pick)].account, ladder),
        )
        for place, pick in enumerate(first, start=1)
        if _key(pick) in later
    ]
    return Differences(
        [pick for pick in first if _key(pick) not in later], [pick for pick in second if _key(pick) not in known], kept
    )


def _key(pick: Pick) -> tuple[Platform, str]:
    return pick.account.key


def _alike(one: Estimate, other: Estimate) -> bool:
    return other.low <= one.rate <= other.high and one.low <= other.rate <= one.high
