"""The whole answer: the plan, what a little more would buy, and each tier alone; cancelled, it ends."""

import asyncio
import threading
import time

import numpy as np
import pytest

from planning.budget import planner
from planning.budget.highs import Items
from planning.budget.optimiser import choose
from planning.budget.planner import answer_budget, plan_budget, solve
from planning.budget.stopping import Cancelled, Stop
from planning.budget.values import Candidate, Constraints, Infeasible, Obstacle, Plan
from planning.budget.whole import decide
from tests.planning.budget.figures import TIERS, candidate, roster, worth


def plan_of(found: Plan | Infeasible | None) -> Plan:
    assert isinstance(found, Plan)
    return found


async def test_the_answer_holds_the_plan_and_what_stands_beside_it():
    candidates = roster(400)
    answer = await plan_budget(candidates, Constraints(1_000_000, 3, 12), TIERS)
    plan = plan_of(answer.plan)
    more = plan_of(answer.more)
    assert more.budget == 1_100_000
    assert worth(more.picks, candidates) >= worth(plan.picks, candidates)
    assert [alone.tier for alone in answer.tiers] == list(TIERS)
    for alone in answer.tiers:
        there = plan_of(alone.plan)
        assert {pick.tier for pick in there.picks} == {alone.tier}
        assert worth(there.picks, candidates) <= worth(plan.picks, candidates)
        assert len(there.picks) <= 12
        assert there.left == 1_000_000 - there.spend >= 0


async def test_answers_made_at_once_are_those_made_one_by_one():
    rosters = [roster(300, seed=seed) for seed in range(6)]
    constraints = Constraints(700_000, 2, 15)
    at_once = await asyncio.gather(*(plan_budget(candidates, constraints, TIERS) for candidates in rosters))
    assert at_once == [answer_budget(candidates, constraints, TIERS, Stop(10)) for candidates in rosters]


def test_a_tier_alone_knows_no_must_haves_and_no_fewest():
    candidates = [candidate(1, 100, 50, tier="micro"), candidate(2, 300, 90, tier="macro"), candidate(3, 1, 1)]
    answer = answer_budget(candidates, Constraints(250, 2, must=frozenset({1})), ("nano", "micro", "macro"), Stop(5))
    assert [type(alone.plan) for alone in answer.tiers] == [Infeasible, Plan, Infeasible]
    assert answer.tiers[0].plan == Infeasible(Obstacle.NOBODY)
    assert answer.tiers[2].plan == Infeasible(Obstacle.FEWEST_ABOVE_BUDGET, (), 1, 300)


def test_where_there_is_no_plan_there_is_nothing_beside_it():
    answer = answer_budget([], Constraints(250), TIERS, Stop(5))
    assert (answer.plan, answer.more, answer.tiers) == (Infeasible(Obstacle.NOBODY), None, ())


def test_a_cancelled_choice_ends():
    stop = Stop(60)
    stop.cancel()
    with pytest.raises(Cancelled):
        solve(roster(300), Constraints(400_000), stop)


def hard(count: int = 400) -> Items:
    """Worth and cost nearly alike: there are more choices than can be followed."""
    cost = np.random.default_rng(1).integers(10**6, 10**7, count)
    return Items(cost + 1_000, cost, np.ones(count, np.int64), int(cost.sum() // 50), 0, count)


def test_a_choice_is_stopped_in_the_middle():
    stop = Stop(60)
    timer = threading.Timer(0.3, stop.cancel)
    timer.start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        decide(hard(), 0, stop)
    assert time.monotonic() - began < 20


def test_a_choice_ends_in_time_and_says_that_there_may_be_a_better_one():
    items = hard()
    assert not decide(items, 0, Stop(0.3)).proven
    choice = choose(items, Stop(60))
    assert items.cost @ choice.taken <= items.budget
    assert 0 <= choice.bound - items.worth @ choice.taken < 1_000  # of 45 million


async def test_cancelling_the_task_stops_the_thread(monkeypatch: pytest.MonkeyPatch):
    ended = threading.Event()

    def endless(_candidates: list[Candidate], _constraints: Constraints, _tiers: tuple[str, ...], stop: Stop) -> None:
        while not stop.is_cancelled:
            time.sleep(0.001)
        ended.set()

    monkeypatch.setattr(planner, "answer_budget", endless)
    task = asyncio.create_task(plan_budget([], Constraints(1), ()))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(ended.wait, 5)
