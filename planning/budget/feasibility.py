"""Whether there is any plan at all, and if not, what stands against it and which budget would be enough."""

from collections.abc import Sequence

from planning.budget.values import Candidate, Constraints, Infeasible, Obstacle


def find_obstacle(candidates: Sequence[Candidate], constraints: Constraints) -> Infeasible | None:
    """The first of the obstacles that holds; None where there is a plan."""
    must, fewest, most = constraints.must, constraints.fewest, constraints.most
    open_to = [candidate for candidate in candidates if candidate.account_id not in constraints.exclude]
    available = len(open_to)
    excluded = tuple(sorted(must & constraints.exclude))
    missing = tuple(sorted(must - {candidate.account_id for candidate in open_to}))
    if most is not None and fewest > most:
        return Infeasible(Obstacle.FEWEST_ABOVE_MOST, available=available)
    if excluded:
        return Infeasible(Obstacle.MUST_EXCLUDED, excluded, available)
    if missing:
        return Infeasible(Obstacle.MUST_UNAVAILABLE, missing, available)
    if most is not None and len(must) > most:
        return Infeasible(Obstacle.MUST_ABOVE_MOST, tuple(sorted(must)), available)
    if fewest and not open_to:
        return Infeasible(Obstacle.NOBODY)
    if available < fewest:
        return Infeasible(Obstacle.TOO_FEW, available=available)
    return _above_budget(open_to, constraints)


def _above_budget(candidates: Sequence[Candidate], constraints: Constraints) -> Infeasible | None:
    """The cheapest choice that keeps to all else: the must-haves, and the cheapest others up to `fewest`."""
    must = [candidate for candidate in candidates if candidate.account_id in constraints.must]
    others = sorted(candidate.cost for candidate in candidates if candidate.account_id not in constraints.must)
    wanted = sum(candidate.cost for candidate in must)
    nearest = wanted + sum(others[: max(0, constraints.fewest - len(must))])
    if nearest <= constraints.budget:
        return None
    if wanted > constraints.budget:
        named = tuple(sorted(candidate.account_id for candidate in must))
        return Infeasible(Obstacle.MUST_ABOVE_BUDGET, named, len(candidates), nearest)
    return Infeasible(Obstacle.FEWEST_ABOVE_BUDGET, available=len(candidates), nearest=nearest)
