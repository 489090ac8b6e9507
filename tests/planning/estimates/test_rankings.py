from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.estimates.rankings import kendall_tau, precision_at

pairs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=25)


@given(pairs)
def test_tau_is_what_counting_pairs_gives(values: list[tuple[int, int]]) -> None:
    first, second = (np.array(column, float) for column in zip(*values, strict=True))
    agreeing = first_untied = second_untied = 0
    for (a, b), (c, d) in combinations(values, 2):
        agreeing += int(np.sign(a - c) * np.sign(b - d))
        first_untied += a != c
        second_untied += b != d
    expected = agreeing / (first_untied * second_untied) ** 0.5 if first_untied and second_untied else 0.0

    assert kendall_tau(first, second) == pytest.approx(expected)


def test_tau_at_its_ends() -> None:
    values = np.arange(50.0)

    assert kendall_tau(values, values**2) == pytest.approx(1)
    assert kendall_tau(values, -values) == pytest.approx(-1)
    assert kendall_tau(values, np.ones(50)) == 0


def test_precision() -> None:
    truth = np.arange(100.0)

    assert precision_at(20, truth, truth) == 1
    assert precision_at(20, -truth, truth) == 0
    assert precision_at(20, np.where(truth < 90, truth, -truth), truth) == 0.5
    assert precision_at(20, -truth[:7], truth[:7]) == 1
