"""What an estimate is made from, and what it says."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class ModelVersion(NamedTuple):
    """Which model made an estimate: the formula's number, and which fit of it (0 is the shipped one)."""

    formula: int
    fit: int

    def __str__(self) -> str:
        return f"{self.formula}.{self.fit}"


@dataclass(frozen=True, slots=True)
class Sample:
    """An account's posts, summed up for the estimate: those that count, with interactions = likes + comments.

    `mean` is the weighted mean of log(interactions + 0.5), older posts raised by what accounts grow
    (`planning.estimates.sample`), `weight` the sum of the posts' weights, of which the newest has 1, `spread` the
    variance between posts of this account (None with fewer than two). `first_at` and `last_at` are when the posts
    were posted.
    """

    posts: int
    first_at: datetime
    last_at: datetime
    mean: float
    weight: float
    spread: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The rate by followers, (likes + comments) / followers, that the next posts will have on average.

    `rate` is the middle, and with 90 % certainty the mean of the next posts lies between `low` and `high`; all are
    shares (0.041 is 4.1 %). `usual` is the rate that accounts of its platform with as many followers have.
    """

    rate: float
    low: float
    high: float
    model: ModelVersion
    usual: float
