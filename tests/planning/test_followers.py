"""How followers changed: over a quarter, or what there is of it."""

from datetime import UTC, datetime, timedelta

import pytest

from planning.accounts import Engagement, Snapshot, Source
from planning.followers import follower_change

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def reading(days_ago: int, followers: int | None) -> Snapshot:
    return Snapshot(NOW - timedelta(days=days_ago), Source.TYPED, followers)


def test_over_a_quarter_where_there_are_readings_that_old():
    change = follower_change([reading(300, 500), reading(95, 1_000), reading(60, 1_100), reading(0, 1_250)])
    assert change is not None
    assert (change.days, change.before, change.after, change.share) == (95, 1_000, 1_250, 0.25)


def test_over_less_where_there_are_not():
    change = follower_change([reading(0, 900), reading(20, 1_000)])
    assert change is not None
    assert (change.days, change.share) == (20, pytest.approx(-0.1))


def test_the_nearest_reading_to_the_quarter_is_taken():
    change = follower_change([reading(200, 500), reading(70, 1_000), reading(10, 1_100), reading(0, 1_100)])
    assert change is not None
    assert change.days == 70


def test_too_little_says_nothing():
    assert follower_change([]) is None
    assert follower_change([reading(0, 900)]) is None
    assert follower_change([reading(0, 900), reading(6, 800)]) is None
    averages = Snapshot(NOW - timedelta(days=90), Source.TYPED, None, Engagement(likes=5))
    assert follower_change([reading(0, 900), averages, reading(90, 0)]) is None
    assert follower_change([reading(0, 0), reading(20, 900), reading(90, 800)]) is None, "nobody is left"
