"""The reference of a run, and the waits between tries."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planning.scheduling.runs import (
    FIRST_WAIT,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    REFERENCE_LENGTH,
    reference_of,
    wait_before,
)
from planning.scheduling.schedules import Run

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
runs = st.builds(
    Run,
    st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001 - made aware below
        lambda at: at.replace(microsecond=0, tzinfo=UTC)
    ),
    st.booleans(),
)
ids = st.integers(1, 2**63 - 1)


def test_a_reference_is_the_same_for_ever():
    """It is in messages that are posted already: another one would not find them."""
    assert reference_of(1_100_000_000_000_000_001, 12, Run(AT)) == "atxyjhbnfy3v"


@given(ids, ids, runs)
def test_a_reference_fits_a_nonce_and_a_button(guild: int, schedule: int, run: Run):
    reference = reference_of(guild, schedule, run)
    assert len(reference) == REFERENCE_LENGTH <= 25, "Discord's limit for a nonce"
    assert reference.isalnum()
    assert reference.isascii()
    assert reference == reference_of(guild, schedule, Run(run.at, run.manual))


@given(st.sets(st.tuples(ids, ids, runs), min_size=2, max_size=40))
def test_no_two_runs_share_a_reference(several: set[tuple[int, int, Run]]):
    assert len({reference_of(*one) for one in several}) == len(several)


def test_neighbours_differ():
    near = [(1, 2, Run(AT)), (1, 3, Run(AT)), (2, 2, Run(AT)), (1, 2, Run(AT, manual=True))]
    near += [(1, 2, Run(AT + timedelta(seconds=1))), (12, 2, Run(AT)), (1, 22, Run(AT)), (11, 2, Run(AT))]
    assert len({reference_of(*one) for one in near}) == len(near)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_wait_is_bounded(attempts: int, chance: float):
    assert FIRST_WAIT / 2 <= wait_before(attempts, chance) <= LONGEST_WAIT * 1.5


@given(st.integers(1, 100), st.floats(0, 1))
def test_waits_are_doubled_until_they_are_the_longest(attempts: int, chance: float):
    now, after = wait_before(attempts, chance), wait_before(attempts + 1, chance)
    longest = wait_before(10_000, chance)
    assert abs(after - min(2 * now, longest)) < timedelta(milliseconds=1)


@given(st.integers(1, 100), st.floats(0, 1), st.floats(0, 1))
def test_chance_spreads_a_wait_over_as_much_as_it_is(attempts: int, one: float, other: float):
    middle = wait_before(attempts, 0.5)
    apart = wait_before(attempts, one) - wait_before(attempts, other)
    assert abs(apart - middle * (one - other)) < timedelta(milliseconds=1)


def test_a_poison_schedule_is_given_up_in_about_three_quarters_of_an_hour():
    waits = sum((wait_before(n, 0.5) for n in range(1, MOST_ATTEMPTS)), timedelta())
    assert timedelta(minutes=40) < waits < timedelta(minutes=50)
