"""What a budget is spent on, under which conditions, and what comes of it. Money is in minor units of one currency."""

import math
from dataclasses import dataclass
from enum import StrEnum

NORMAL_90 = 1.6449
"""How many standard deviations from its middle the 90 % interval of a normal distribution ends."""


class Goal(StrEnum):
    """What is to be had for the money, of one post of each creator."""

    ENGAGEMENT = "engagement"
    REACH = "reach"
    VIEWS = "views"


@dataclass(frozen=True, slots=True)
class Expected:
    """A count that is expected, and with 90 % certainty lies between `low` and `high`."""

    middle: float
    low: float
    high: float

    @property
    def deviation(self) -> float:
        """The standard deviation of its logarithm; 0 of nothing."""
        return math.log(self.high / self.low) / (2 * NORMAL_90) if self.low > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A creator who can be paid `cost` for one post, and what it is expected to bring.

    `modelled` where the cost is not the creator's own (`planning.budget.prices`); `tier` None is below the ladder.
    """

    account_id: int
    tier: str | None
    cost: int
    expected: Expected
    modelled: bool = False


@dataclass(frozen=True, slots=True)
class Constraints:
    """At most `budget`, from `fewest` to `most` creators (None: any number), all of `must` and none of `exclude`."""

    budget: int
    fewest: int = 1
    most: int | None = None
    must: frozenset[int] = frozenset()
    exclude: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is picked, most expected first, and what they cost and bring in all.

    `gap` is the share by which another choice could at most bring more: 0 where it is proven that none does.
    """

    picks: tuple[Candidate, ...]
    budget: int
    spend: int
    total: Expected
    gap: float

    @property
    def left(self) -> int:
        """What of the budget is not spent."""
        return self.budget - self.spend


class Obstacle(StrEnum):
    """What stands against every plan, in the order in which it is looked for."""

    FEWEST_ABOVE_MOST = "fewest above most"
    MUST_EXCLUDED = "must excluded"
    MUST_UNAVAILABLE = "must unavailable"
    MUST_ABOVE_MOST = "must above most"
    NOBODY = "nobody"
    TOO_FEW = "too few"
    MUST_ABOVE_BUDGET = "must above budget"
    FEWEST_ABOVE_BUDGET = "fewest above budget"


@dataclass(frozen=True, slots=True)
class Infeasible:
    """Why there is no plan.

    `accounts` are those it is about: must-haves that are excluded, that are no candidates, or whose cost is above the
    budget. `available` is how many candidates there are. `nearest` is the smallest budget with which there is a plan,
    None where no budget helps.
    """

    obstacle: Obstacle
    accounts: tuple[int, ...] = ()
    available: int = 0
    nearest: int | None = None
