"""The plan: exact, within its constraints, the same for the same candidates, and honest where there is none."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.budget.highs import Items
from planning.budget.optimiser import greedy
from planning.budget.planner import solve
from planning.budget.stopping import Stop
from planning.budget.values import Candidate, Constraints, Infeasible, Obstacle, Plan
from tests.planning.budget.figures import brute_force, candidate, keeps, roster, worth

near = st.builds(int.__add__, st.sampled_from([10**7, 10**10, 10**13]), st.integers(-3, 3))
costs = st.one_of(st.integers(0, 20), st.integers(0, 10**6), st.integers(0, 10**13), near)
middles = st.one_of(st.integers(0, 12).map(float), st.floats(0.01, 10**7))


@st.composite
def questions(draw: st.DrawFn, most_candidates: int = 12) -> tuple[list[Candidate], Constraints]:
    size = draw(st.integers(0, most_candidates))
    pairs = draw(st.lists(st.tuples(costs, middles), min_size=size, max_size=size))
    candidates = [candidate(place, cost, middle) for place, (cost, middle) in enumerate(pairs)]
    ids = st.frozensets(st.integers(0, size), max_size=2)
    constraints = Constraints(
        budget=draw(st.one_of(costs, st.just(sum(cost for cost, _ in pairs) // 2))),
        fewest=draw(st.integers(0, 4)),
        most=draw(st.one_of(st.none(), st.integers(0, 6))),
        must=draw(ids),
        exclude=draw(ids),
    )
    return candidates, constraints


@settings(max_examples=300, deadline=None)
@given(questions())
def test_a_plan_is_the_best_of_all_choices(question: tuple[list[Candidate], Constraints]):
    candidates, constraints = question
    plan, best = solve(candidates, constraints), brute_force(candidates, constraints)
    if isinstance(plan, Infeasible):
        assert best is None
    else:
        assert keeps(plan.picks, constraints)
        assert worth(plan.picks, candidates) == best
        assert plan.gap == 0
        assert plan.spend + plan.left == constraints.budget


@settings(max_examples=300, deadline=None)
@given(questions())
def test_with_the_nearest_budget_there_is_a_plan_and_with_less_there_is_none(
    question: tuple[list[Candidate], Constraints],
):
    candidates, constraints = question
    found = solve(candidates, constraints)
    if not isinstance(found, Infeasible):
        return
    if found.nearest is None:
        assert isinstance(solve(candidates, replace(constraints, budget=10**15)), Infeasible)
    else:
        assert found.nearest > constraints.budget
        assert isinstance(solve(candidates, replace(constraints, budget=found.nearest)), Plan)
        assert isinstance(solve(candidates, replace(constraints, budget=found.nearest - 1)), Infeasible)


@settings(max_examples=60, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_changes_nothing(
    question: tuple[list[Candidate], Constraints], chance: random.Random
):
    candidates, constraints = question
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert solve(shuffled, constraints) == solve(candidates, constraints)


@settings(max_examples=60, deadline=None)
@given(questions(), costs)
def test_more_budget_is_never_worse(question: tuple[list[Candidate], Constraints], more: int):
    candidates, constraints = question
    plan = solve(candidates, constraints)
    if isinstance(plan, Plan):
        richer = solve(candidates, replace(constraints, budget=constraints.budget + more))
        assert isinstance(richer, Plan)
        assert worth(richer.picks, candidates) >= worth(plan.picks, candidates)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("budget", "fewest", "most"), [(100_000, 1, None), (2_000_000, 5, 12), (9_000_000, 40, 60)])
def test_no_plan_of_a_large_roster_is_worse_than_the_greedy_one(seed: int, budget: int, fewest: int, most: int | None):
    candidates = roster(800, seed=seed)
    constraints = Constraints(budget, fewest, most)
    plan = solve(candidates, constraints)
    assert isinstance(plan, Plan)
    assert keeps(plan.picks, constraints)
    assert plan.gap == 0
    within = [one for one in candidates if one.cost <= budget]
    items = Items(
        np.array([worth([one], candidates) for one in within]),
        np.array([one.cost for one in within]),
        np.ones(len(within), np.int64),
        budget,
        fewest,
        most or len(within),
    )
    assert worth(plan.picks, candidates) >= int(items.worth @ greedy(items))
    assert solve(candidates[::-1], constraints) == plan


def test_of_equal_creators_the_cheaper_and_then_the_first_are_taken():
    candidates = [candidate(n, 100, 50) for n in range(1, 9)] + [candidate(9, 60, 50), candidate(10, 100, 60)]
    plan = solve(candidates, Constraints(400))
    assert isinstance(plan, Plan)
    assert [pick.account_id for pick in plan.picks] == [10, 1, 2, 9]


def test_5000_equal_candidates_are_taken_by_age():
    plan = solve([candidate(n, 1_000, 77) for n in range(5_000, 0, -1)], Constraints(123_456))
    assert isinstance(plan, Plan)
    assert [pick.account_id for pick in plan.picks] == list(range(1, 124))
    assert (plan.gap, plan.left) == (0, 456)


def test_a_budget_of_nothing_buys_those_who_ask_for_nothing():
    plan = solve([candidate(1, 0, 5), candidate(2, 0, 0), candidate(3, 1, 500)], Constraints(0))
    assert isinstance(plan, Plan)
    assert [pick.account_id for pick in plan.picks] == [1]
    assert solve([candidate(3, 1, 500)], Constraints(0)) == Infeasible(Obstacle.FEWEST_ABOVE_BUDGET, (), 1, 1)


def test_a_budget_beyond_all_prices_buys_everyone():
    candidates = roster(500)
    plan = solve(candidates, Constraints(10**12))
    assert isinstance(plan, Plan)
    assert len(plan.picks) == 500
    assert plan.gap == 0


def test_must_haves_are_in_it_even_where_they_bring_nothing():
    candidates = [candidate(1, 100, 0), candidate(2, 100, 90), candidate(3, 100, 80)]
    plan = solve(candidates, Constraints(200, must=frozenset({1})))
    assert isinstance(plan, Plan)
    assert [pick.account_id for pick in plan.picks] == [2, 1]


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        (Constraints(900, fewest=4, most=3), Infeasible(Obstacle.FEWEST_ABOVE_MOST, (), 3)),
        (Constraints(900, must=frozenset({1}), exclude=frozenset({1, 2})), Infeasible(Obstacle.MUST_EXCLUDED, (1,), 1)),
        (Constraints(900, must=frozenset({1, 8, 7})), Infeasible(Obstacle.MUST_UNAVAILABLE, (7, 8), 3)),
        (Constraints(900, most=1, must=frozenset({1, 2})), Infeasible(Obstacle.MUST_ABOVE_MOST, (1, 2), 3)),
        (Constraints(900, exclude=frozenset({1, 2, 3})), Infeasible(Obstacle.NOBODY)),
        (Constraints(900, fewest=3, exclude=frozenset({2})), Infeasible(Obstacle.TOO_FEW, (), 2)),
        (Constraints(299, must=frozenset({3})), Infeasible(Obstacle.MUST_ABOVE_BUDGET, (3,), 3, 300)),
        (Constraints(299, fewest=2, must=frozenset({3})), Infeasible(Obstacle.MUST_ABOVE_BUDGET, (3,), 3, 400)),
        (Constraints(350, fewest=2, must=frozenset({3})), Infeasible(Obstacle.FEWEST_ABOVE_BUDGET, (), 3, 400)),
        (Constraints(299, fewest=2), Infeasible(Obstacle.FEWEST_ABOVE_BUDGET, (), 3, 300)),
    ],
)
def test_what_stands_against_a_plan_is_named(constraints: Constraints, expected: Infeasible):
    assert solve([candidate(1, 100, 50), candidate(2, 200, 60), candidate(3, 300, 70)], constraints) == expected


def test_an_empty_roster_has_nobody():
    assert solve([], Constraints(10**6)) == Infeasible(Obstacle.NOBODY)


def test_out_of_time_the_best_found_says_by_how_much_it_may_be_beaten():
    candidates = roster(500)
    hurried, best = (solve(candidates, Constraints(300_000), Stop(seconds)) for seconds in (0, 10))
    assert isinstance(hurried, Plan)
    assert isinstance(best, Plan)
    assert keeps(hurried.picks, Constraints(300_000))
    ours, most = worth(hurried.picks, candidates), worth(best.picks, candidates)
    assert hurried.gap > 0
    assert ours * (1 + hurried.gap) >= most - 0.001
