"""Axes hold whatever they are made for, with a handful of ticks that can be told apart."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.pictures.axes import MOST_RATE_TICKS, MOST_TIME_TICKS, drawable, rate, rate_axis, time_ticks, whole
from tests.cogs.pictures.figures import DUTCH, ENGLISH

moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - theirs


@given(st.lists(st.one_of(st.floats(0, 3), st.floats(1e-6, 0.01), st.just(0.0)), min_size=1, max_size=30))
def test_an_axis_of_rates_holds_them_all(rates: list[float]):
    axis = rate_axis(ENGLISH, rates, rates[:1])
    assert axis.low < axis.high
    assert all(axis.low <= value <= axis.high for value in drawable(axis, rates))
    places = [tick.at for tick in axis.ticks]
    assert 2 <= len(places) <= MOST_RATE_TICKS + 1
    assert places == sorted(places)
    assert axis.low * 0.999 <= places[0]
    assert places[-1] <= axis.high * 1.001
    labels = [tick.label for tick in axis.ticks]
    assert len(set(labels)) == len(labels)


@given(moments, st.integers(0, 100 * 365 * 24 * 60))
def test_an_axis_of_time_has_dates_between_its_ends(first: datetime, minutes: int):
    last = first + timedelta(minutes=minutes)
    ticks = time_ticks(ENGLISH, first, last)
    assert 1 <= len(ticks) <= MOST_TIME_TICKS
    assert all(a.at < b.at for a, b in pairwise(ticks))
    labels = [tick.label for tick in ticks]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("first", "last", "english", "dutch"),
    [
        ((2026, 3, 3), (2026, 3, 6), ["Mar 3", "Mar 4", "Mar 5", "Mar 6"], "3 mrt"),
        ((2026, 3, 3), (2026, 6, 20), ["Apr", "May", "Jun"], "apr"),
        ((2025, 5, 26), (2026, 3, 20), ["Jul 2025", "Oct 2025", "Jan 2026"], "jul 2025"),
        ((2020, 12, 28), (2026, 6, 20), ["2022", "2024", "2026"], "2022"),
    ],
)
def test_dates_are_round_and_named_in_the_language(
    first: tuple[int, int, int], last: tuple[int, int, int], english: list[str], dutch: str
):
    begin, end = (datetime(*day, tzinfo=UTC) for day in (first, last))
    assert [tick.label for tick in time_ticks(ENGLISH, begin, end)] == english
    assert time_ticks(DUTCH, begin, end)[0].label == dutch


def test_posts_within_a_day_are_told_by_that_day():
    moment = datetime(2026, 6, 20, 14, tzinfo=UTC)
    assert [tick.label for tick in time_ticks(ENGLISH, moment, moment)] == ["Jun 20"]


def test_rates_near_each_other_stand_on_an_axis_from_zero():
    axis = rate_axis(DUTCH, [0.021, 0.04, 0.079], [0.04])
    assert not axis.log
    assert [tick.label for tick in axis.ticks] == ["0%", "2%", "4%", "6%", "8%"]


def test_rates_far_apart_stand_on_an_axis_of_factors():
    axis = rate_axis(ENGLISH, [0.000001, 0.02, 0.03, 3.0], [0.02])
    assert axis.log
    assert [tick.label for tick in axis.ticks] == ["0.0001%", "0.01%", "1%", "100%"]


def test_small_rates_keep_a_digit_that_tells():
    assert rate(ENGLISH, 0.041) == "4.1%"
    assert rate(DUTCH, 0.0095) == "0,95%"
    assert rate(ENGLISH, 0.000001) == "0.0001%"
    assert rate(ENGLISH, 0) == "0.00%"
    assert whole(DUTCH, 0.714) == "71%"
