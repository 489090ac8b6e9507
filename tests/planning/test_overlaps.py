from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from planning.estimates.values import Estimate, ModelVersion
from planning.money import Money
from planning.overlaps import not_told_apart
from planning.ranking import RankingGoal
from planning.shortlists import Pick, ShortlistQuery, Tag
from tests.planning.test_ranking import MOSS

QUERY = ShortlistQuery("food", tags=(Tag("food"),))


def pick(rate: float | None, spread: float = 1.2, usual: float = 0.04, **fields: object) -> Pick:
    estimate = None if rate is None else Estimate(rate, rate / spread, rate * spread, ModelVersion(2, 0), usual)
    return Pick(replace(MOSS, estimate=estimate, **fields), 0, 0, "food")  # type: ignore[arg-type]


def test_neighbours_overlap_widely_where_each_middle_lies_in_the_others_range():
    assert not_told_apart([pick(0.05), pick(0.045), pick(0.02)], QUERY) == [(0, 1)]
    assert not_told_apart([pick(0.05, 1.01), pick(0.045, 3.0)], QUERY) == [], "one is sure of itself"


def test_a_run_ends_where_its_first_can_be_told_from_the_next():
    assert not_told_apart([pick(0.05), pick(0.045), pick(0.04), pick(0.038)], QUERY) == [(0, 1), (1, 3)]


def test_rates_are_compared_against_what_is_usual_at_their_size():
    assert not_told_apart([pick(0.05), pick(0.05, usual=0.01)], QUERY) == []


def test_for_value_the_price_counts():
    value = replace(QUERY, goal=RankingGoal.VALUE)
    cheap, dear = pick(0.05, price=Money(1_000, "EUR")), pick(0.05, price=Money(9_000, "EUR"))
    assert not_told_apart([cheap, cheap], value) == [(0, 1)]
    assert not_told_apart([cheap, dear], value) == []
    dollars = pick(0.05, price=Money(9_000, "USD"))
    assert not_told_apart([dear, dollars], value) == []
    assert not_told_apart([dear, dollars], replace(value, worths=(("USD", 1.0),))) == [(0, 1)]


def test_what_has_no_range_is_not_compared():
    assert not_told_apart([pick(None), pick(None)], QUERY) == []
    assert not_told_apart([pick(0.05), pick(0.05)], replace(QUERY, goal=RankingGoal.VIEWS)) == []


@given(st.lists(st.floats(0.001, 0.9), max_size=12), st.floats(1.0, 5.0))
def test_runs_are_whole_and_none_lies_in_another(rates: list[float], spread: float):
    runs = not_told_apart([pick(rate, spread) for rate in rates], QUERY)
    for first, last in runs:
        assert first < last < len(rates)
        run = rates[first : last + 1]
        assert max(run) / spread * 0.999 <= min(run)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(runs))
