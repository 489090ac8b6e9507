"""Plans: who is picked for the money, what a little more of it would buy, and what each tier alone would bring.

Worth is counted in whole steps (`step`), so that the best is the best exactly. Of creators of equal worth the cheaper
is taken, and of those who cost the same the one who was added first (the lower id). Where different creators come to
the same total, HiGHS decides: for the same candidates always in the same way, in whatever order they are given.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planning.budget.feasibility import find_obstacle
from planning.budget.highs import Ints, Items
from planning.budget.optimiser import choose
from planning.budget.stopping import Stop
from planning.budget.totals import add_up
from planning.budget.values import Candidate, Constraints, Infeasible, Plan

SECONDS = 10.0
"""How long a whole answer may take; past it, plans are the best found, and say by how much they may be beaten."""
FINEST = 0.1
"""The finest step in which worth is counted: a tenth of an engagement."""
STEPS = 10_000_000
"""The largest worth has at most so many steps."""


@dataclass(frozen=True, slots=True)
class TierAlone:
    """What the same budget would bring if it all went to one tier."""

    tier: str
    plan: Plan | Infeasible


@dataclass(frozen=True, slots=True)
class BudgetAnswer:
    """The plan, the one that a tenth more budget would buy, and each tier alone; only the first where there is none."""

    plan: Plan | Infeasible
    more: Plan | None = None
    tiers: tuple[TierAlone, ...] = ()


async def plan_budget(
    candidates: Sequence[Candidate], constraints: Constraints, tiers: Sequence[str], *, seconds: float = SECONDS
) -> BudgetAnswer:
    """`answer_budget` in a thread: the event loop is not held, and where this is cancelled, the thread soon ends."""
    stop = Stop(seconds)
    try:
        return await asyncio.to_thread(answer_budget, candidates, constraints, tiers, stop)
    except asyncio.CancelledError:
        stop.cancel()
        raise


def answer_budget(
    candidates: Sequence[Candidate], constraints: Constraints, tiers: Sequence[str], stop: Stop
) -> BudgetAnswer:
    """The whole answer. Raises `Cancelled`.

    A tier alone has the same budget and the same `most` and `exclude`; must-haves and `fewest` are left out, since
    another tier may hold what they ask for.
    """
    plan = solve(candidates, constraints, stop)
    if isinstance(plan, Infeasible):
        return BudgetAnswer(plan)
    more = solve(candidates, replace(constraints, budget=constraints.budget * 11 // 10), stop)
    alone = replace(constraints, fewest=1, must=frozenset())
    held = [(tier, [candidate for candidate in candidates if candidate.tier == tier]) for tier in tiers]
    return BudgetAnswer(
        plan,
        more if isinstance(more, Plan) else None,
        tuple(TierAlone(tier, solve(within, alone, stop)) for tier, within in held),
    )


def solve(candidates: Sequence[Candidate], constraints: Constraints, stop: Stop | None = None) -> Plan | Infeasible:
    """The plan that brings the most, or why there is none. Raises `Cancelled`."""
    obstacle = find_obstacle(candidates, constraints)
    if obstacle:
        return obstacle
    must = [candidate for candidate in candidates if candidate.account_id in constraints.must]
    money = constraints.budget - sum(candidate.cost for candidate in must)
    taken = constraints.must | constraints.exclude
    others = [candidate for candidate in candidates if candidate.account_id not in taken and candidate.cost <= money]
    finest = step(candidates)
    most = len(others) if constraints.most is None else min(len(others), constraints.most - len(must))
    chosen, bound = _choose(others, finest, money, max(0, constraints.fewest - len(must)), most, stop or Stop(SECONDS))
    picks = sorted([*must, *chosen], key=lambda pick: (-pick.expected.middle, pick.account_id))
    worth = sum(_worth(pick, finest) for pick in picks)
    most_worth = bound + sum(_worth(pick, finest) for pick in must)
    return Plan(
        tuple(picks),
        constraints.budget,
        sum(pick.cost for pick in picks),
        add_up([pick.expected for pick in picks]),
        most_worth / worth - 1 if worth else 0.0,
    )


def step(candidates: Sequence[Candidate]) -> float:
    """In which steps worth is counted: tenths, or the power of ten that leaves the largest `STEPS` of them."""
    largest = max((candidate.expected.middle for candidate in candidates), default=0.0)
    return max(FINEST, 10.0 ** math.ceil(math.log10(max(largest, 1.0) / STEPS)))


def _worth(candidate: Candidate, finest: float) -> int:
    return round(candidate.expected.middle / finest)


def _choose(
    candidates: Sequence[Candidate], finest: float, money: int, fewest: int, most: int, stop: Stop
) -> tuple[list[Candidate], int]:
    """The best of these creators, and what no choice of them is worth more than."""
    if not candidates or most == 0:
        return [], 0
    kinds: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda one: one.account_id):
        kinds.setdefault((_worth(candidate, finest), candidate.cost), []).append(candidate)
    ordered = sorted(kinds)
    worth, cost = np.array(ordered, np.int64).T
    alike = np.array([len(kinds[kind]) for kind in ordered], np.int64)
    choice = choose(Items(worth, cost, alike, money, fewest, most), stop)
    taken = _cheapest(worth, alike, choice.taken, fewest)
    chosen = [one for kind, count in zip(ordered, taken.tolist(), strict=True) for one in kinds[kind][:count]]
    return chosen, choice.bound


def _cheapest(worth: Ints, alike: Ints, taken: Ints, fewest: int) -> Ints:
    """As many of each worth as were taken, the cheapest of them; items stand by worth, then by cost.

    Nobody is taken for nothing, but where `fewest` asks for it.
    """
    cheapest = taken.copy()
    for value in np.unique(worth[taken > 0]):
        places = np.flatnonzero(worth == value)
        count = int(taken[places].sum())
        if value == 0:
            count = max(0, fewest - int(taken.sum()) + count)
        before = np.cumsum(alike[places]) - alike[places]
        cheapest[places] = np.clip(count - before, 0, alike[places])
    return cheapest
