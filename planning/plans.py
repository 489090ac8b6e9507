"""A plan for a budget: what is asked for, in words that a button can bring back."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from planning.budget.values import Goal
from planning.money import Money
from planning.platform import Platform


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """The creators who bring the most for a budget; None is any.

    `followers` is a half-open range [low, high), high None: no end. `must` and `exclude` are account ids, rising.
    """

    budget: Money
    goal: Goal = Goal.ENGAGEMENT
    niche: str | None = None
    followers: tuple[int, int | None] | None = None
    platform: Platform | None = None
    country: str | None = None
    fewest: int = 1
    most: int | None = None
    must: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    price_others: bool = False

    def encode(self) -> str:
        """As JSON: the same query is the same text."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @classmethod
    def decode(cls, text: str) -> Self:
        """The query again."""
        values: dict[str, Any] = json.loads(text)
        band, platform = values["followers"], values["platform"]
        return cls(
            budget=Money(**values["budget"]),
            goal=Goal(values["goal"]),
            niche=values["niche"],
            followers=None if band is None else (band[0], band[1]),
            platform=None if platform is None else Platform(platform),
            country=values["country"],
            fewest=values["fewest"],
            most=values["most"],
            must=tuple(values["must"]),
            exclude=tuple(values["exclude"]),
            price_others=values["price_others"],
        )

    @property
    def token(self) -> str:
        """What stands for the query in a button: the same for the same query, so that asking again keeps no more."""
        return hashlib.sha256(self.encode().encode()).hexdigest()[:24]
