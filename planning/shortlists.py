"""A shortlist: what is asked for, what was picked, and what fell to which filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self

from planning.accounts import Account
from planning.platform import Platform
from planning.ranking import RankingGoal


@dataclass(frozen=True, slots=True)
class Tag:
    """One of the server's niches that a query means; `weight`, 0 to 1, is how well it fits the query."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ShortlistQuery:
    """The best accounts for a niche as someone said it, over the `tags` that it means; None is any.

    `followers` is a half-open range [low, high), high None: no end. `max_price_minor` is in `currency`; with it, an
    account without a price, or priced in another currency, is left out.
    """

    niche: str
    followers: tuple[int, int | None] = (0, None)
    platform: Platform | None = None
    country: str | None = None
    language: str | None = None
    max_price_minor: int | None = None
    currency: str = "EUR"
    offset: int = 0
    limit: int = 10
    flipped: tuple[str, ...] = ()
    """Marks of tags that are to be switched over: matched ones off, related ones on (`planning.services.meanings`)."""
    tags: tuple[Tag, ...] = ()
    goal: RankingGoal = RankingGoal.ENGAGEMENT
    worths: tuple[tuple[str, float], ...] = ()
    """For the value goal: other currencies that can be compared, with what one of each is worth in `currency`."""

    @classmethod
    def from_values(cls, kept: Mapping[str, Any]) -> Self:
        """A query from its fields as JSON has them."""
        read: dict[str, Any] = {
            "followers": tuple(kept["followers"]),
            "platform": Platform(kept["platform"]) if kept["platform"] else None,
            "flipped": tuple(kept["flipped"]),
            "tags": tuple(Tag(**tag) for tag in kept["tags"]),
            "goal": RankingGoal(kept["goal"]),
            "worths": tuple(tuple(worth) for worth in kept["worths"]),
        }
        return cls(**{**kept, **read})

    @property
    def comparable(self) -> tuple[tuple[str, float], ...]:
        """Every currency that can be compared, with what one of it is worth in `currency`."""
        return ((self.currency, 1.0), *self.worths)


@dataclass(frozen=True, slots=True)
class Pick:
    """An account on a shortlist by one of its tags: `position` is that niche's among its own.

    `score` is for the query's goal, as `planning.ranking` has it; of several tags, with the weight of this one.
    """

    account: Account
    score: int
    position: int
    tag: str = ""


class Filter(IntEnum):
    """The filters in the order in which an account is said to have failed them."""

    TIER = 1
    PLATFORM = 2
    COUNTRY = 3
    LANGUAGE = 4
    NO_PRICE = 5
    PRICE = 6
    NO_FIGURE = 7
    """The figure that the goal ranks by is not known, so the account has no rank at all."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An account that would have been a pick, were it not for the filter that it fails."""

    pick: Pick
    filter: Filter


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many accounts fell to a filter."""

    filter: Filter
    accounts: int
