"""Published engagement rates: what others measured, each with whom, how and when. Sources are never mixed.

Every figure in `tables/published_rates.csv` was read on a public page, of the publisher or of one that quotes it
(`address`). Sources differ because they count differently; so a row says with which of our rates it can be compared.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from planning.engagement import Definition
from planning.platform import Platform


class Base(StrEnum):
    """What interactions were divided by. Impressions count every time a post was shown, reach every person once."""

    FOLLOWERS = "followers"
    REACH = "reach"
    VIEWS = "views"
    IMPRESSIONS = "impressions"


class Interaction(StrEnum):
    """What was counted. On X, replies are comments, and reposts and quotes are shares."""

    LIKES = "likes"
    COMMENTS = "comments"
    SHARES = "shares"
    SAVES = "saves"
    UNNAMED = "unnamed"
    """And others that the publisher did not name ("likes, comments etc.")."""


class Statistic(StrEnum):
    """What the figure is of the accounts that were measured."""

    MEAN = "mean"
    MEDIAN = "median"
    AVERAGE = "average"
    """Called an average or an engagement rate; whether the mean or the median is not said."""
    USUAL_RANGE = "usual_range"
    """The range that the publisher calls average for the band; where it is cut is not said."""


class Comparability(StrEnum):
    """Whether a published figure and one of our rates answer the same question."""

    SAME = "same"
    OTHER_INTERACTIONS = "other_interactions"
    """Divided by the same, but other interactions were counted: a rough comparison, to be said so."""
    OTHER_BASE = "other_base"
    """Divided by something else: not to be compared."""


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """One published figure: a share (0.0338 is 3.38 %) from `rate_low` to `rate_high`, the same where it is one number.

    For accounts with followers in [low, high); high None has no end. `year` is that of the data or else of the
    publication, None where the page bears none. `population` is who was measured, in English, as the source says it.
    """

    platform: Platform
    low: int
    high: int | None
    base: Base
    interactions: frozenset[Interaction]
    statistic: Statistic
    rate_low: float
    rate_high: float
    year: int | None
    population: str
    title: str
    publisher: str
    address: str

    def __contains__(self, followers: int) -> bool:
        return self.low <= followers and (self.high is None or followers < self.high)

    def comparable_with(self, definition: Definition) -> Comparability:
        """Whether a rate by our definition may stand beside this figure."""
        counted, _, base = definition.value.partition("_by_")
        if base != self.base:
            return Comparability.OTHER_BASE
        same = self.interactions == frozenset(Interaction(part) for part in counted.split("_"))
        return Comparability.SAME if same else Comparability.OTHER_INTERACTIONS


def find_published(platform: Platform, followers: int) -> list[PublishedRate]:
    """The rows for an account of this size, the narrowest band first; at most one of a source and a definition."""
    rows = [row for row in load_published() if row.platform is platform and followers in row]
    return sorted(rows, key=lambda row: (row.high is None, row.high and row.high - row.low, -(row.year or 0)))


@cache
def load_published() -> tuple[PublishedRate, ...]:
    """Every row of the table, in its order."""
    lines = files("planning.tables").joinpath("published_rates.csv").read_text(encoding="utf-8").splitlines()
    return tuple(_row(row) for row in csv.DictReader(lines))


def _share(percent: str) -> float:
    """A share from per cent, through decimals: 4.42 is 0.0442."""
    return float(Decimal(percent) / 100)


def _row(row: dict[str, str]) -> PublishedRate:
    return PublishedRate(
        platform=Platform(row["platform"]),
        low=int(row["low"]),
        high=int(row["high"]) if row["high"] else None,
        base=Base(row["base"]),
        interactions=frozenset(Interaction(part) for part in row["interactions"].split("+")),
        statistic=Statistic(row["statistic"]),
        rate_low=_share(row["percent_low"]),
        rate_high=_share(row["percent_high"]),
        year=int(row["year"]) if row["year"] else None,
        population=row["population"],
        title=row["title"],
        publisher=row["publisher"],
        address=row["address"],
    )
