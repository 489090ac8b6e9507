"""The exact choice: which items bring the most for the money, at least and at most so many of them.

A knapsack with a bounded number of items, in whole numbers:

    maximise    sum of worth * taken
    subject to  sum of cost * taken <= budget,   fewest <= sum of taken <= most,   0 <= taken <= alike

Its linear relaxation prices money and places (lambda and mu). By weak duality no choice is worth more than

    bound = lambda * budget + mu * (most, or fewest where mu < 0) + sum of alike * max(0, score)
    score = worth - lambda * cost - mu

and every item that a choice takes against the sign of its score costs it |score|. So it is decided over the items near
the line alone, the core (Balas and Zemel, Operations Research, 1980), and where no item outside could make up for what
is missing to the bound, that choice is the best of all.
"""

import math
from dataclasses import dataclass

import numpy as np

from planning.budget.highs import Floats, Ints, Items, relax
from planning.budget.stopping import Stop
from planning.budget.whole import ROUNDING, Found, decide

CORE = 32
"""How many items are decided over first."""
WIDER = 4
"""How many times as many next, where that proved nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How many of each item are taken, and what no choice is worth more than."""

    taken: Ints
    bound: int


def choose(items: Items, stop: Stop) -> Choice:
    """The best choice; the best one found where time runs out. Raises `Cancelled`.

    Some choice must keep to the constraints, and every item alone to the budget.
    """
    best = greedy(items)
    score, bound = _bound(items, *relax(items))
    nearest = np.argsort(np.abs(score), kind="stable")
    base = np.where(score > 0, items.alike, 0)
    core = CORE
    while (missing := bound - total(items.worth, best)) >= 1:
        needed = int((np.abs(score) <= missing - 1).sum())
        places = nearest[: min(core, needed)]
        found = _decide(items, base, places, total(items.worth, best), stop)
        if found.taken is not None:
            best = found.taken
        if not found.proven:
            return Choice(best, math.floor(bound))
        if len(places) == needed:
            break
        core *= WIDER
    return Choice(best, total(items.worth, best))


def total(values: Ints, taken: Ints) -> int:
    """The sum over what is taken."""
    return int(values @ taken)


def greedy(items: Items) -> Ints:
    """The cheapest `fewest`, and then what has the most worth for its cost, as long as there is money and room."""
    taken = np.zeros(len(items.worth), np.int64)
    for place in np.argsort(items.cost, kind="stable"):
        taken[place] = min(int(items.alike[place]), items.fewest - int(taken.sum()))
    money, room = items.budget - total(items.cost, taken), items.most - int(taken.sum())
    for place in np.lexsort((items.cost, -items.worth / np.maximum(items.cost, 0.5))):
        cost = int(items.cost[place])
        more = min(int(items.alike[place] - taken[place]), room, money // cost if cost else room)
        taken[place] += more
        money, room = money - more * cost, room - more
    return taken


def _bound(items: Items, money: float, place: float) -> tuple[Floats, float]:
    score = items.worth - money * items.cost - place
    bound = money * items.budget + place * (items.most if place > 0 else items.fewest)
    bound += float(items.alike @ np.maximum(score, 0))
    return score, bound * (1 + ROUNDING)


def _decide(items: Items, base: Ints, places: Ints, least: int, stop: Stop) -> Found:
    """The best choice worth more than `least` among those that are as `base` everywhere but in these places."""
    outside = base.copy()
    outside[places] = 0
    settled = int(outside.sum())
    inside = Items(
        items.worth[places],
        items.cost[places],
        items.alike[places],
        items.budget - total(items.cost, outside),
        max(0, items.fewest - settled),
        items.most - settled,
    )
    if not len(places) or inside.budget < 0 or inside.most < 0:
        return Found(None, proven=True)
    found = decide(inside, least - total(items.worth, outside), stop)
    if found.taken is None:
        return found
    outside[places] = found.taken
    return Found(outside, found.proven)
