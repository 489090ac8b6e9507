"""The exact choice among few items, in whole numbers.

Choices grow by one item at a time. Of two with as many items, the one that costs no less and is worth no more is given
up (dynamic programming with dominance: Nemhauser and Ullmann, Management Science, 1969), and so is one that the linear
relaxation shows to be no better than what is known already.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planning.budget.highs import Ints, Items, relax
from planning.budget.stopping import Stop

ROUNDING = 1e-9
"""What rounding may take from a bound, as a share of it."""
MOST_CHOICES = 100_000
"""How many choices are followed at once, some 200 MB of them; `python -m benchmarks budget` needs at most a third."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many of each item are taken, None where nothing was found; `proven` where there is nothing better."""

    taken: Ints | None
    proven: bool


@dataclass(frozen=True, slots=True)
class _Choices:
    """Choices among the items looked at, one a place: what each costs, is worth and counts."""

    cost: Ints
    worth: Ints
    count: Ints

    def at(self, places: Ints) -> "_Choices":
        return _Choices(self.cost[places], self.worth[places], self.count[places])

    def with_and_without(self, cost: int, worth: int) -> "_Choices":
        return _Choices(
            np.concatenate((self.cost, self.cost + cost)),
            np.concatenate((self.worth, self.worth + worth)),
            np.concatenate((self.count, self.count + 1)),
        )


def decide(items: Items, least: int, stop: Stop) -> Found:
    """The best choice that is worth more than `least`, if there is one and there is time. Raises `Cancelled`.

    Where there are too many choices, those that may become the best are followed, and nothing is proven.
    """
    money, place = relax(items)
    score = items.worth - money * items.cost - place
    kinds = np.argsort(-np.abs(score), kind="stable")
    kinds = np.repeat(kinds, np.minimum(items.alike[kinds], items.most))
    gains = np.maximum(score[kinds], 0)
    ahead = gains.sum() - np.cumsum(gains)
    choices = _Choices(*np.zeros((3, 1), np.int64))
    steps: list[tuple[NDArray[np.int32], int]] = []
    best, proven = None, True
    if items.fewest == 0 and least < 0:
        best, least = (0, 0), 0
    for looked_at, kind in enumerate(kinds.tolist(), start=1):
        stop.check()
        if not stop.left:
            proven = False
            break
        before = len(choices.cost)
        choices = choices.with_and_without(int(items.cost[kind]), int(items.worth[kind]))
        places = (items.most if place > 0 else items.fewest) - choices.count
        bound = choices.worth + money * (items.budget - choices.cost) + place * places + ahead[looked_at - 1]
        may_win = (
            (choices.cost <= items.budget)
            & (choices.count <= items.most)
            & (choices.count + len(kinds) - looked_at >= items.fewest)
            & (bound * (1 + ROUNDING) >= least + 1)
        )
        kept = _undominated(choices, np.flatnonzero(may_win))
        if len(kept) > MOST_CHOICES:
            kept, proven = kept[np.argsort(-bound[kept], kind="stable")[:MOST_CHOICES]], False
        choices = choices.at(kept)
        steps.append((kept.astype(np.int32), before))
        better = np.where(choices.count >= items.fewest, choices.worth, least)
        if better.max(initial=least) > least:
            best = (looked_at, int(np.argmax(better)))
            least = int(better.max())
    if best is None:
        return Found(None, proven)
    last, at = best
    return Found(_go_back(len(items.worth), kinds[:last], steps[:last], at), proven)


def _go_back(size: int, kinds: Ints, steps: list[tuple[NDArray[np.int32], int]], place: int) -> Ints:
    """What the choice at this place took of each of `size` items, from the places that were kept at each step."""
    taken = np.zeros(size, np.int64)
    for (kept, before), kind in zip(reversed(steps), kinds[::-1].tolist(), strict=True):
        took, place = divmod(int(kept[place]), before)
        taken[kind] += took
    return taken


def _undominated(choices: _Choices, places: Ints) -> Ints:
    """The places of those that no other one with as many items equals or beats in both cost and worth."""
    among = choices.at(places)
    order = np.lexsort((-among.worth, among.cost, among.count))
    apart = int(among.worth.max(initial=0)) + 1
    height = among.worth[order] + among.count[order] * apart
    best = np.maximum.accumulate(height)
    rises = np.append(True, best[1:] > best[:-1])[: len(order)]
    return places[order[rises]]
