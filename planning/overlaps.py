"""Picks that can't be told apart: their rates' ranges overlap so widely that either may be the better one.

Two picks overlap widely where each one's likely rate lies within the other's 90 % range, on the scale that they are
ranked on: relative to what is usual at their size, or engagements for the money. Averages of reach and views come
without a range, so nothing is said of them.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from planning.accounts import Account
from planning.ranking import RankingGoal, units
from planning.shortlists import Pick, ShortlistQuery


class _Range(NamedTuple):
    low: float
    middle: float
    high: float


def not_told_apart(picks: Sequence[Pick], query: ShortlistQuery) -> list[tuple[int, int]]:
    """Runs of neighbours, first and last place from 0 on, of whom every two overlap widely; the longest ones only."""
    if query.goal not in {RankingGoal.ENGAGEMENT, RankingGoal.VALUE}:
        return []
    ranges = [_range(pick.account, query) for pick in picks]
    runs: list[tuple[int, int]] = []
    for first in range(len(ranges)):
        last = first
        while last + 1 < len(ranges) and all(_overlap(ranges[last + 1], ranges[i]) for i in range(first, last + 1)):
            last += 1
        if last > first and (not runs or last > runs[-1][1]):
            runs.append((first, last))
    return runs


def _range(account: Account, query: ShortlistQuery) -> _Range | None:
    """The logarithm of what the pick is ranked by, with its range."""
    estimate, price = account.estimate, account.price
    if estimate is None:
        return None
    scale = -math.log(estimate.usual)
    if query.goal is RankingGoal.VALUE:
        worth = dict(query.comparable).get(price.currency) if price else None
        if price is None or worth is None:
            return None
        scale = math.log(account.followers / (worth * max(units(price), 0.01)))
    return _Range(*(math.log(rate) + scale for rate in (estimate.low, estimate.rate, estimate.high)))


def _overlap(one: _Range | None, other: _Range | None) -> bool:
    if one is None or other is None:
        return False
    return one.low <= other.middle <= one.high and other.low <= one.middle <= other.high
