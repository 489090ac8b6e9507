"""What a shortlist tells anew: how it differs from the one that was posted last, and why who is gone is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from planning.accounts import Account
from planning.arguments import OLD
from planning.list_changes import Kept, differences
from planning.ranking import numbers_at
from planning.shortlists import Pick, ShortlistQuery
from planning.tiers import Ladder


class WhyGone(Enum):
    """Why a pick of the last post is not on this one."""

    LEFT_ROSTER = auto()
    NICHE = auto()
    """It carries none of the niche's tags any more."""
    TIER = auto()
    PLATFORM = auto()
    COUNTRY = auto()
    LANGUAGE = auto()
    PRICE = auto()
    """It is dearer now than asked for, or has no price in that currency any more."""
    OUTRANKED = auto()
    """Others rank higher now."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A pick that is gone: as it was, as its account is today (None: off the roster), and why."""

    then: Pick
    today: Account | None
    why: WhyGone


@dataclass(frozen=True, slots=True)
class ShortlistChanges:
    """What is new since the last post, at `since`. `stale` are picks whose numbers have become old in between."""

    since: datetime
    new: tuple[Pick, ...]
    gone: tuple[Gone, ...]
    tiers: tuple[Kept, ...]
    rates: tuple[Kept, ...]
    """Those whose rate moved beyond its range."""
    prices: tuple[Kept, ...]
    stale: tuple[Account, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return any((self.new, self.gone, self.tiers, self.rates, self.prices, self.stale))


def shortlist_changes(
    before: Sequence[Pick],
    now_picked: Sequence[Pick],
    today: Mapping[int, Account],
    query: ShortlistQuery,
    ladder: Ladder,
    *,
    since: datetime,
    now: datetime,
) -> ShortlistChanges:
    """How today's picks differ from those of the last post; `today` holds the accounts of those as they are, by id."""
    found = differences(before, now_picked, ladder)
    kept = found.kept
    return ShortlistChanges(
        since,
        tuple(found.new),
        tuple(_gone(pick, today.get(pick.account.id), query) for pick in found.gone),
        tuple(one for one in kept if one.changes.tier),
        tuple(one for one in kept if one.changes.rate_moved),
        tuple(one for one in kept if one.changes.price),
        tuple(one.now.account for one in kept if _became_stale(one.now.account, since, now)),
    )


def why_gone(today: Account | None, query: ShortlistQuery) -> WhyGone:
    """Which filter an account fails now, in the order of `planning.shortlists.Filter`; none: it is outranked."""
    if today is None:
        return WhyGone.LEFT_ROSTER
    low, high = query.followers
    if not {tag.name for tag in query.tags} & set(today.niches):
        return WhyGone.NICHE
    if today.followers < low or (high is not None and today.followers >= high):
        return WhyGone.TIER
    if query.platform not in (None, today.platform):
        return WhyGone.PLATFORM
    if query.country not in (None, today.country):
        return WhyGone.COUNTRY
    if query.language not in (None, today.language):
        return WhyGone.LANGUAGE
    price, most = today.price, query.max_price_minor
    if most is not None and (price is None or price.currency != query.currency or price.minor > most):
        return WhyGone.PRICE
    return WhyGone.OUTRANKED


def _gone(pick: Pick, today: Account | None, query: ShortlistQuery) -> Gone:
    return Gone(pick, today, why_gone(today, query))


def _became_stale(account: Account, since: datetime, now: datetime) -> bool:
    read = numbers_at(account)
    return now - read > OLD and since - read <= OLD
