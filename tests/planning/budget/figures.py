"""Candidates to plan with."""

import random
from collections.abc import Sequence
from itertools import combinations

from planning.budget.planner import step
from planning.budget.values import Candidate, Constraints, Expected

TIERS = ("nano", "micro", "macro")


def candidate(
    account_id: int, cost: int, middle: float, *, tier: str | None = "micro", factor: float = 1.5
) -> Candidate:
    return Candidate(account_id, tier, cost, Expected(middle, middle / factor, middle * factor))


def roster(count: int, *, seed: int = 1) -> list[Candidate]:
    """Creators as a team has them: larger ones engage less, and prices follow the followers, roughly."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    found: list[Candidate] = []
    for account_id in range(1, count + 1):
        followers = round(500 * 400 ** draw.random())
        rate = 0.165 * (followers / 1_000) ** -0.5 * draw.lognormvariate(0, 0.45)
        cost = round(40 * followers**0.8 * draw.lognormvariate(0, 0.5))
        tier = TIERS[(followers >= 1_000) + (followers >= 10_000)]
        found.append(candidate(account_id, cost, rate * followers, tier=tier))
    return found


def worth(candidates: Sequence[Candidate], among: Sequence[Candidate]) -> int:
    """What is maximised, in its whole steps."""
    return sum(round(one.expected.middle / step(among)) for one in candidates)


def keeps(picks: Sequence[Candidate], constraints: Constraints) -> bool:
    """Whether these picks keep to all constraints."""
    ids = {pick.account_id for pick in picks}
    return (
        len(ids) == len(picks)
        and sum(pick.cost for pick in picks) <= constraints.budget
        and constraints.fewest <= len(picks) <= (len(picks) if constraints.most is None else constraints.most)
        and constraints.must <= ids
        and not constraints.exclude & ids
    )


def brute_force(candidates: Sequence[Candidate], constraints: Constraints) -> int | None:
    """The most worth of any choice that keeps to the constraints; None where there is none."""
    found = [
        worth(picks, candidates)
        for count in range(len(candidates) + 1)
        for picks in combinations(candidates, count)
        if keeps(picks, constraints)
    ]
    return max(found, default=None)
