"""The figures that a picture is made from. Rates are shares: 0.041 is 4.1 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from planning.budget.values import Goal
from planning.money import Money


class PostRate(NamedTuple):
    """One post; `posted_at` is aware UTC."""

    posted_at: datetime
    rate: float
    sponsored: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """The rate that the next posts will have on average: with 90 % certainty between `low` and `high`."""

    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Peers:
    """The estimated rates of the accounts to compare with: those of one platform and tier, as the reader names them.

    `below` is the share of them whose rate is lower than the account's own; None where it has none.
    """

    platform: str
    tier: str
    rates: Sequence[float]
    below: float | None


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """One account: its posts, oldest first, with their mean as measured, its estimate and its peers.

    `definition` says what the rates are made of, in the reader's language.
    """

    handle: str
    definition: str
    posts: Sequence[PostRate] = ()
    mean: float | None = None
    expected: Expected | None = None
    peers: Peers | None = None


@dataclass(frozen=True, slots=True)
class ComparedFigures:
    """One of the accounts that are compared: its estimate, None where no rate is computable, and its posts' rates."""

    handle: str
    expected: Expected | None
    rates: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class PlannedFigures:
    """What money buys: so many creators, who bring `total` in all, with 90 % certainty from `low` to `high`.

    `left` is what is not spent.
    """

    creators: int
    left: Money
    total: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BudgetFigures:
    """A budget's plan, what `share` more of it would buy, and each tier alone, as the reader names it.

    A tier's figures are None where it has no plan.
    """

    goal: Goal
    budget: Money
    plan: PlannedFigures
    more: PlannedFigures | None
    share: float
    tiers: Sequence[tuple[str, PlannedFigures | None]]
