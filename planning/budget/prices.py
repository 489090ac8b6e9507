"""What creators without a price would ask, from the prices that the team has of others on the same platform.

    ln price = level + slope * ln followers

with the least sum of absolute residuals, so that half of the known prices lie above the line and a few odd ones don't
move it (fitted by reweighted least squares: Schlossmacher, Journal of the American Statistical Association, 1973). With
followers all alike the slope is 1: the same price per follower. No price is made up for sizes that the team has paid
none of.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST_PRICES = 8
BEYOND = 2.0
"""How many times smaller or larger than those that were paid an account may be."""
ALIKE = math.log(2)
"""With followers no further apart than this (in logs), prices say nothing of a slope."""
_ROUNDS = 50
_LEAST = 1e-4
"""A residual (in logs) below this weighs no more."""


@dataclass(frozen=True, slots=True)
class PriceModel:
    """Prices on one platform, from `accounts` known ones of accounts with `least` to `most` followers.

    Half of the known prices lie within `factor` times the modelled ones, or that many times below.
    """

    level: float
    slope: float
    least: int
    most: int
    accounts: int
    factor: float

    def price(self, followers: int) -> int | None:
        """The price in minor units; None for an account much smaller or larger than those that were paid."""
        if not self.least / BEYOND <= followers <= self.most * BEYOND or followers <= 0:
            return None
        return round(math.exp(self.level + self.slope * math.log(followers)))


def fit_prices(known: Sequence[tuple[int, int]]) -> PriceModel | None:
    """The model of (followers, price in minor units), all above 0; None where they are fewer than `FEWEST_PRICES`."""
    if len(known) < FEWEST_PRICES:
        return None
    logs: Floats = np.log(np.array(known, float))
    followers, prices = logs[:, 0], logs[:, 1]
    middle = float(np.median(followers))
    design: Floats = np.stack((np.ones(len(known)), followers - middle))
    if np.ptp(followers) > ALIKE:
        start, slope = float(np.median(prices)), 0.0
        for _ in range(_ROUNDS):
            weighted: Floats = design / np.maximum(np.abs(prices - start - slope * design[1]), _LEAST)
            line = np.linalg.solve(weighted @ design.T, weighted @ prices)
            start, slope = float(line[0]), float(line[1])
    else:
        slope = 1.0
    level = float(np.median(prices - slope * followers))
    residuals = np.abs(prices - level - slope * followers)
    counts = [count for count, _ in known]
    return PriceModel(level, slope, min(counts), max(counts), len(known), float(np.exp(np.median(residuals))))
