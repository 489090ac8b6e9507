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

Runs = list[tuple[int, int]]
"""First and last place of each run, from 0 on."""


class _Range(NamedTuple):
    low: float
    middle: float
    high: float


def not_told_apart(picks: Sequence[Pick], query: ShortlistQuery) -> Runs:
    """Runs of neighbours of whom every two overlap widely; the longest ones only."""
    if query.goal not in {RankingGoal.ENGAGEMENT, RankingGoal.VALUE}:
        return []
    ranges = [_range(pick.account, query) for pick in picks]
    runs: Runs = []
    for first in range(len(ranges)):
        last = _end_of_run(ranges, first)
        if last > first and (not runs or last > runs[-1][1]):
            runs.append((first, last))
    return runs


def _end_of_run(ranges: Sequence[_Range | None], first: int) -> int:
    """The last place up to which every two overlap widely: each middle lies in what all the ranges share."""
    last = first
    shared = ranges[first]
    least = most = shared.middle if shared else 0.0
    for place in range(first + 1, len(ranges)):
        one = ranges[place]
        if one is None or shared is None:
            break
        shared = _Range(max(shared.low, one.low), one.middle, min(shared.high, one.high))
        least, most = min(least, one.middle), max(most, one.middle)
        if least < shared.low or most > shared.high:
            break
        last = place
    return last


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
