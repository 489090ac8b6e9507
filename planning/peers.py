"""Compared with accounts like it: where an account's rate stands among the server's own of its platform and tier."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planning.platform import Platform
from planning.tiers import Tier

MIN_PEERS = 20
"""Fewer accounts than this say nothing about what is usual; the published rates are shown instead."""


@dataclass(frozen=True, slots=True)
class Peers:
    """An account's place among the others of its platform and tier; rates are shares (0.041 is 4.1 %).

    `percentile` (0 to 100) is the share of the group with a lower rate, and half of those with the very same one
    (the mid-rank rule). `quartiles` are the lower quartile, the median and the upper quartile of the group, `rates` the
    group's rates in rising order. The account itself is in none of them.
    """

    platform: Platform
    tier: Tier
    percentile: float
    quartiles: tuple[float, float, float]
    rates: tuple[float, ...]

    @property
    def size(self) -> int:
        """How many accounts the group has."""
        return len(self.rates)


def compare_with_peers(
    platform: Platform, tier: Tier, account_id: int, rate: float, group: Mapping[int, float]
) -> Peers | None:
    """Where `rate` stands among the estimated rates of the group, account id to rate; None below 20 others.

    The account's own entry in the group, if it has one, is left out.
    """
    rates = sorted(other for key, other in group.items() if key != account_id)
    if len(rates) < MIN_PEERS:
        return None
    percentile = 50 * (bisect_left(rates, rate) + bisect_right(rates, rate)) / len(rates)
    lower, middle, upper = np.quantile(rates, (0.25, 0.5, 0.75))
    return Peers(platform, tier, percentile, (float(lower), float(middle), float(upper)), tuple(rates))
