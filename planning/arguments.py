"""What speaks for a pick and what speaks against it: facts behind its score, and what a planner should know besides.

The cuts are judgements. Everything follows from the picks and the moment alone, so that a kept list argues as it did.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from planning.accounts import Account
from planning.costs import engagement_cost
from planning.flags import FlagReason
from planning.ranking import RankingGoal, numbers_at
from planning.shortlists import Pick, ShortlistQuery

TELLING = 1.15
"""Times what is usual (of the rate), or what is typical of the picks (of costs and counts), from which it is said."""
FEW_POSTS = 4
WIDE = 2.0
"""The upper end of a rate's range over its lower end, from which the range is called wide."""
OLD = timedelta(days=90)
LOOSE = 0.77
"""Below this weight a tag is not what was asked for, only near it: what `planning.matching` calls related."""


class For(Enum):
    """What earned the pick its place."""

    RATE = auto()
    """`figure`: times the rate that is usual on its platform at its size."""
    FLOOR = auto()
    """`figure`: surely so many times the usual rate; what earned the place where nothing stands out."""
    MAIN_NICHE = auto()
    CHEAP = auto()
    """`figure`: the share by which an engagement costs less than the picks' typical one."""
    REACH = auto()
    """`figure`: average reach a post, well above the picks' typical one."""
    VIEWS = auto()
    """`figure`: average views a post, well above the picks' typical ones."""


class Against(Enum):
    """What speaks against the pick."""

    NO_RATE = auto()
    RATE = auto()
    """`figure`: times the rate that is usual on its platform at its size."""
    FEW_POSTS = auto()
    """`figure`: so many posts are behind the rate; None where nobody said."""
    WIDE = auto()
    OLD = auto()
    """`at`: when the newest numbers were read."""
    FLAG = auto()
    """`flag`: what is worth asking about."""
    SIDE_NICHE = auto()
    LOOSE_TAG = auto()
    DEAR = auto()
    """`figure`: the share by which an engagement costs more than the picks' typical one."""
    NO_PRICE = auto()


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument, with what it takes to tell it."""

    kind: For | Against
    figure: float | None = None
    at: datetime | None = None
    flag: FlagReason | None = None


@dataclass(frozen=True, slots=True)
class Arguments:
    """Those for a pick and those against it, the weightiest first."""

    pro: tuple[Argument, ...]
    con: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Typical:
    """The medians of picks that are compared: what an engagement costs by currency, reach and views a post."""

    costs: dict[str, float]
    reach: float | None
    views: float | None


def typical(picks: Sequence[Pick]) -> Typical:
    """What is typical of these picks; nothing where only one of them has a figure."""
    costs: dict[str, list[float]] = {}
    for pick in picks:
        cost = engagement_cost(pick.account)
        if cost is not None:
            costs.setdefault(cost.currency, []).append(cost.likely)
    return Typical(
        {currency: statistics.median(found) for currency, found in costs.items() if len(found) > 1},
        _median([pick.account.reach.mean for pick in picks if pick.account.reach]),
        _median([pick.account.engagement.views for pick in picks if pick.account.engagement.views]),
    )


def weigh(pick: Pick, query: ShortlistQuery, among: Typical, now: datetime) -> Arguments:
    """What speaks for a pick of this query and what against it, `among` what is typical of the picks beside it."""
    account = pick.account
    times_usual = account.estimate.rate / account.estimate.usual if account.estimate else None
    posts = posts_behind(account)
    dearer = _dearer(account, among)
    pro = (
        _reach(account, query, among),
        _views(account, query, among),
        Argument(For.RATE, times_usual) if times_usual is not None and times_usual >= TELLING else None,
        Argument(For.CHEAP, 1 - dearer) if dearer is not None and dearer <= 1 / TELLING else None,
        Argument(For.MAIN_NICHE) if pick.position == 0 and not _loose(pick, query) else None,
    )
    con = (
        Argument(Against.NO_RATE) if account.estimate is None else None,
        *(Argument(Against.FLAG, flag=flag) for flag in account.flags),
        Argument(Against.RATE, times_usual) if times_usual is not None and times_usual <= 1 / TELLING else None,
        Argument(Against.OLD, at=numbers_at(account)) if now - numbers_at(account) >= OLD else None,
        _thin(account, posts),
        Argument(Against.DEAR, dearer - 1) if dearer is not None and dearer >= TELLING else None,
        Argument(Against.NO_PRICE) if account.price is None else None,
        Argument(Against.LOOSE_TAG) if _loose(pick, query) else None,
        Argument(Against.SIDE_NICHE) if pick.position > 0 else None,
    )
    return Arguments(tuple(filter(None, pro)) or _floor(account), tuple(filter(None, con)))


def posts_behind(account: Account) -> int | None:
    """How many posts the account's rate is made from; None where nobody said."""
    found = max(account.sample.posts if account.sample else 0, account.engagement.posts or 0)
    return found or None


def _floor(account: Account) -> tuple[Argument, ...]:
    estimate = account.estimate
    return (Argument(For.FLOOR, estimate.low / estimate.usual),) if estimate else ()


def _thin(account: Account, posts: int | None) -> Argument | None:
    estimate = account.estimate
    if estimate is None:
        return None
    if posts is None or posts <= FEW_POSTS:
        return Argument(Against.FEW_POSTS, posts)
    return Argument(Against.WIDE) if estimate.high / estimate.low >= WIDE else None


def _loose(pick: Pick, query: ShortlistQuery) -> bool:
    return any(tag.name == pick.tag and tag.weight < LOOSE for tag in query.tags)


def _dearer(account: Account, among: Typical) -> float | None:
    """What an engagement costs, times the picks' typical cost in that currency."""
    cost = engagement_cost(account)
    usual = among.costs.get(cost.currency) if cost else None
    return cost.likely / usual if cost and usual else None


def _reach(account: Account, query: ShortlistQuery, among: Typical) -> Argument | None:
    if query.goal is not RankingGoal.REACH or account.reach is None:
        return None
    return _above(For.REACH, account.reach.mean, among.reach)


def _views(account: Account, query: ShortlistQuery, among: Typical) -> Argument | None:
    if query.goal is not RankingGoal.VIEWS or not account.engagement.views:
        return None
    return _above(For.VIEWS, account.engagement.views, among.views)


def _above(kind: For, figure: float, usual: float | None) -> Argument | None:
    return Argument(kind, figure) if usual and figure / usual >= TELLING else None


def _median(figures: Sequence[float]) -> float | None:
    return statistics.median(figures) if len(figures) > 1 else None
