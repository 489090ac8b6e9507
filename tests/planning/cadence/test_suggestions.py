"""What is offered while a person types: phrases that can all be read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.cadence.phrases import LONGEST, parse
from planning.cadence.suggestions import suggestions
from planning.cadence.tokens import VOCABULARY

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def offered(typed: str, *, dutch: bool = False, now: datetime = NOW) -> list[str]:
    return suggestions(typed, now=now, zone=AMSTERDAM, dutch=dutch)


@pytest.mark.parametrize(
    ("typed", "dutch", "first"),
    [
        ("", False, "every Monday at 9:00"),
        ("", True, "elke maandag om 9:00"),
        ("mon", False, "every Monday at 9:00"),
        ("Mon", False, "every Monday at 9:00"),
        ("maa", True, "elke maandag om 9:00"),
        ("vrij", True, "elke vrijdag om 9:00"),
        ("every 2", False, "every 2 weeks on Monday at 9:00"),
        ("last", False, "on the last day of each month at 9:00"),
        ("friday at 14", False, "friday at 14"),
        ("om de week dinsdag", True, "om de week dinsdag 9:00"),
        ("elke maa", False, "elke maandag om 9:00"),
        ("every mon", True, "every Monday at 9:00"),
        ("every monday 17:00", False, "every monday 17:00"),
    ],
)
def test_what_is_typed_is_completed(typed: str, dutch: bool, first: str):
    assert offered(typed, dutch=dutch)[0] == first


def test_a_time_that_is_begun_goes_on():
    assert "every Friday at 14:00" in offered("friday 14")
    assert "every Friday at 17:30" in offered("every friday at 17")
    assert all(phrase.endswith(("1:00", "1:30")) or " at 1" in phrase for phrase in offered("friday 1")[1:])


def test_a_day_without_a_time_gets_one():
    assert {"every monday 9:00", "every monday 17:00"} <= set(offered("every monday"))


def test_today_is_offered_only_before_its_time():
    assert any(phrase.startswith("today") for phrase in offered("", now=NOW.replace(hour=4)))
    assert not any(phrase.startswith("today") for phrase in offered(""))


def test_what_is_too_long_gets_no_time():
    assert offered("every monday".ljust(LONGEST - 2, "!")) == []


def test_nonsense_completes_to_nothing():
    assert offered("xyzzy") == []


@given(
    st.text(max_size=110) | st.lists(st.sampled_from([*VOCABULARY, "9", "1", "17:", "2"]), max_size=4).map(" ".join),
    st.booleans(),
)
def test_every_suggestion_can_be_read(typed: str, dutch: bool):
    found = offered(typed, dutch=dutch)
    assert len(found) <= 25
    assert len(set(found)) == len(found)
    for phrase in found:
        assert 1 <= len(phrase) <= LONGEST
        parse(phrase, now=NOW, zone=AMSTERDAM)
