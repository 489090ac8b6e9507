"""When a cadence is due: on the wall clock, whatever the clock does."""

import struct
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.cadence.days import LAST, Daily, DayOfMonth, Monthly, Once, WeekdayOfMonth, Weekly
from planning.cadence.rules import Cadence, last_run, next_run, upcoming

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Amsterdam",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Kolkata",
        "Pacific/Apia",
        "America/Nuuk",  # its gap is 23:00 to midnight
        "Asia/Gaza",
        "Europe/Dublin",
        "UTC",
    )
]
MONDAY, TUESDAY, FRIDAY = 0, 1, 4
EVERY_THIRD = Daily().spaced(3, date(2026, 11, 24).toordinal())
EVERY_SECOND = Weekly((TUESDAY,)).spaced(2, date(2026, 12, 1).toordinal())
QUARTERS = Monthly(DayOfMonth(1)).spaced(3, date(2026, 1, 1).toordinal())


def at(hour: int, minute: int = 0) -> time:
    return time(hour, minute)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def walls(cadence: Cadence, zone: ZoneInfo, after: str, count: int) -> list[str]:
    """The next moments as the clock on the wall shows them, after a moment on that clock."""
    start = datetime.fromisoformat(after).replace(tzinfo=zone)
    return [f"{run.astimezone(zone):%Y-%m-%d %H:%M}" for run in upcoming(cadence, zone, start, count)]


@st.composite
def rhythms(draw: st.DrawFn) -> Daily | Weekly | Monthly:
    every = draw(st.integers(1, 12))
    phase = draw(st.integers(0, every - 1))
    on = st.builds(DayOfMonth, st.integers(1, 31)) | st.builds(
        WeekdayOfMonth, st.sampled_from((1, 2, 3, 4, LAST)), st.integers(0, 6)
    )
    weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
    return draw(
        st.just(Daily(every, phase))
        | st.builds(Weekly, weekdays, st.just(every), st.just(phase))
        | st.builds(Monthly, on, st.just(every), st.just(phase))
    )


times = st.times().map(lambda clock: time(clock.hour, clock.minute))
onces = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(Once)
cadences = st.builds(Cadence, rhythms() | onces, times)
repeating = st.builds(Cadence, rhythms(), times)
zones = st.sampled_from(ZONES)
moments = st.integers(0, 30 * 365 * 86_400).map(lambda seconds: utc("2005-01-01") + timedelta(seconds=seconds))


@given(cadences)
def test_a_cadence_is_stored_as_text(cadence: Cadence):
    assert Cadence.from_text(cadence.to_text()) == cadence


@pytest.mark.parametrize("text", ["", "{}", '{"at": "09:00"}', '{"at": "25:00", "once": "2026-01-01"}'])
def test_what_is_no_cadence_is_not_read_as_one(text: str):
    with pytest.raises((ValueError, KeyError)):
        Cadence.from_text(text)


@pytest.mark.parametrize(
    ("days", "after", "expected"),
    [
        (Daily(), "2026-11-24 08:00", ["2026-11-24", "2026-11-25", "2026-11-26"]),
        (Daily(), "2026-11-24 09:00", ["2026-11-25", "2026-11-26", "2026-11-27"]),
        (EVERY_THIRD, "2026-11-24 09:00", ["2026-11-27", "2026-11-30", "2026-12-03"]),
        (Weekly((MONDAY,)), "2026-11-24 09:00", ["2026-11-30", "2026-12-07", "2026-12-14"]),
        (Weekly((MONDAY, FRIDAY)), "2026-11-24 09:00", ["2026-11-27", "2026-11-30", "2026-12-04"]),
        (EVERY_SECOND, "2026-11-20 09:00", ["2026-12-01", "2026-12-15", "2026-12-29"]),
        (Monthly(DayOfMonth(1)), "2026-11-24 09:00", ["2026-12-01", "2027-01-01", "2027-02-01"]),
        (Monthly(DayOfMonth(31)), "2028-01-01 09:00", ["2028-01-31", "2028-02-29", "2028-03-31"]),
        (Monthly(DayOfMonth(30)), "2027-01-30 09:00", ["2027-02-28", "2027-03-30", "2027-04-30"]),
        (Monthly(WeekdayOfMonth(1, FRIDAY)), "2026-11-24 09:00", ["2026-12-04", "2027-01-01", "2027-02-05"]),
        (Monthly(WeekdayOfMonth(4, TUESDAY)), "2026-11-24 08:59", ["2026-11-24", "2026-12-22", "2027-01-26"]),
        (Monthly(WeekdayOfMonth(LAST, FRIDAY)), "2026-11-24 09:00", ["2026-11-27", "2026-12-25", "2027-01-29"]),
        (QUARTERS, "2026-11-24 09:00", ["2027-01-01", "2027-04-01", "2027-07-01"]),
        (Once(date(2028, 2, 29)), "2026-11-24 09:00", ["2028-02-29"]),
        (Once(date(2026, 11, 24)), "2026-11-24 09:00", []),
    ],
)  # fmt: skip
def test_the_days(days: Daily | Weekly | Monthly | Once, after: str, expected: list[str]):
    assert walls(Cadence(days, at(9)), AMSTERDAM, after, 3) == [f"{day} 09:00" for day in expected]


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "after", "expected"),
    [
        # Spring: 02:00 becomes 03:00 at 01:00 UTC.
        ("Europe/Amsterdam", 2, 30, "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:30"]),
        ("Europe/Amsterdam", 2, 0, "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T00:00"]),
        ("Europe/Amsterdam", 3, 0, "2026-03-28T12:00", ["2026-03-29T01:00", "2026-03-30T01:00"]),
        ("Europe/Amsterdam", 9, 0, "2026-03-28T07:30", ["2026-03-28T08:00", "2026-03-29T07:00"]),
        # Autumn: 03:00 becomes 02:00 at 01:00 UTC; 02:30 is at 00:30 and again at 01:30.
        ("Europe/Amsterdam", 2, 30, "2026-10-24T12:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        ("Europe/Amsterdam", 2, 30, "2026-10-25T00:30", ["2026-10-26T01:30", "2026-10-27T01:30"]),
        ("Europe/Amsterdam", 2, 30, "2026-10-25T01:15", ["2026-10-26T01:30", "2026-10-27T01:30"]),
        ("America/New_York", 2, 30, "2026-03-07T12:00", ["2026-03-08T07:00", "2026-03-09T06:30"]),
        ("America/New_York", 1, 30, "2026-10-31T12:00", ["2026-11-01T05:30", "2026-11-02T06:30"]),
        # Half an hour: 02:00 becomes 02:30 on 4 October, and 02:00 becomes 01:30 on 5 April.
        ("Australia/Lord_Howe", 2, 15, "2026-10-03T00:00", ["2026-10-03T15:30", "2026-10-04T15:15"]),
        ("Australia/Lord_Howe", 1, 45, "2026-04-04T00:00", ["2026-04-04T14:45", "2026-04-05T15:15"]),
        # Morocco goes back for Ramadan, from 03:00 to 02:00 on 15 February, and forward again on 22 March.
        ("Africa/Casablanca", 2, 30, "2026-02-14T12:00", ["2026-02-15T01:30", "2026-02-16T02:30"]),
        ("Africa/Casablanca", 2, 30, "2026-03-21T12:00", ["2026-03-22T02:00", "2026-03-23T01:30"]),
        ("Asia/Kolkata", 9, 0, "2026-03-28T12:00", ["2026-03-29T03:30", "2026-03-30T03:30"]),
        # Samoa had no 30 December 2011: what was due then is due with the 31st.
        ("Pacific/Apia", 9, 0, "2011-12-29T12:00", ["2011-12-29T19:00", "2011-12-30T19:00"]),
        # Greenland's clock goes from 23:00 to midnight: Sunday's run stands for Saturday's, too.
        ("America/Nuuk", 23, 30, "2026-03-28T00:00", ["2026-03-28T01:30", "2026-03-30T00:30"]),
    ],
)  # fmt: skip
def test_a_skipped_time_runs_when_the_clock_goes_on_and_a_doubled_one_once(
    zone: str, hour: int, minute: int, after: str, expected: list[str]
):
    found = upcoming(Cadence(Daily(), at(hour, minute)), ZoneInfo(zone), utc(after), 2)
    assert [f"{run:%Y-%m-%dT%H:%M}" for run in found] == expected


def test_a_weekly_run_on_a_day_that_never_was_is_not_lost():
    friday = Cadence(Weekly((FRIDAY,)), at(9))
    apia = ZoneInfo("Pacific/Apia")
    assert walls(friday, apia, "2011-12-24 09:00", 2) == ["2011-12-31 00:00", "2012-01-06 09:00"]
    assert last_run(friday, apia, utc("2012-01-01T00:00")) == utc("2011-12-30T10:00")
    assert next_run(Cadence(Once(date(2011, 12, 30)), at(9)), apia, utc("2011-12-01T00:00")) == utc("2011-12-30T10:00")


def test_the_wall_clock_holds_when_a_zones_rules_change():
    """The same cadence under the rules of today, and under those of a country that gives up its summer time."""
    summers = ZoneInfo.from_file(BytesIO(tzif("CET-1CEST,M3.5.0,M10.5.0/3")), key="Europe/Amsterdam")
    none = ZoneInfo.from_file(BytesIO(tzif("CET-1")), key="Europe/Amsterdam")
    cadence = Cadence.from_text(Cadence(Weekly((MONDAY,)), at(9)).to_text())
    after = utc("2030-07-01T12:00")
    assert next_run(cadence, summers, after) == utc("2030-07-08T07:00")
    assert next_run(cadence, none, after) == utc("2030-07-08T08:00")


def tzif(rule: str) -> bytes:
    """A time zone file of version 2 that holds nothing but this rule."""
    kind = struct.pack(">lbb", 3600, 0, 0) + b"CET\0"
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    return header + kind + header + kind + b"\n" + rule.encode() + b"\n"


@given(repeating, zones, moments)
def test_moments_rise_and_each_is_the_next_after_the_one_before(cadence: Cadence, zone: ZoneInfo, after: datetime):
    runs = upcoming(cadence, zone, after, 5)
    assert len(runs) == 5
    assert all(first < second for first, second in pairwise([after, *runs]))
    assert runs == [next_run(cadence, zone, moment) for moment in (after, *runs[:-1])]
    assert all(run.tzinfo is UTC for run in runs)


@given(repeating, zones, moments)
def test_the_clock_shows_the_time_that_was_asked_for_unless_it_skips_it(
    cadence: Cadence, zone: ZoneInfo, after: datetime
):
    for run in upcoming(cadence, zone, after, 4):
        wall = run.astimezone(zone)
        assert wall.fold == 0
        if wall.time() == cadence.at:
            assert cadence.days.first(wall.toordinal()) == wall.toordinal()
        else:
            before = (run - timedelta(seconds=1)).astimezone(zone)
            assert before.utcoffset() != wall.utcoffset()
            assert (before.date(), before.time()) < (cadence_day(cadence, wall), cadence.at)


def cadence_day(cadence: Cadence, wall: datetime) -> date:
    """The day whose time was skipped: at or before the one on which the run landed."""
    day = cadence.days.last(wall.toordinal())
    assert day is not None
    return date.fromordinal(day)


@given(repeating, zones, moments)
def test_no_date_has_two_runs(cadence: Cadence, zone: ZoneInfo, after: datetime):
    dates = [run.astimezone(zone).date() for run in upcoming(cadence, zone, after, 40)]
    assert len(set(dates)) == len(dates)


@given(st.builds(Cadence, st.just(Daily()), times), zones, st.integers(2005, 2035))
def test_a_daily_run_is_missing_only_where_the_clock_skips_past_midnight(cadence: Cadence, zone: ZoneInfo, year: int):
    runs = upcoming(cadence, zone, datetime(year, 1, 1, tzinfo=zone) - timedelta(seconds=1), 370)
    dates = {run.astimezone(zone).date() for run in runs if run.astimezone(zone).year == year}
    missing = 365 + (monthrange(year, 2)[1] == 29) - len(dates)
    assert missing <= (zone.key == "America/Nuuk" and cadence.at.hour == 23) + (zone.key == "Pacific/Apia")


@given(cadences, zones, moments)
def test_the_last_run_is_the_one_after_which_nothing_was_due(cadence: Cadence, zone: ZoneInfo, until: datetime):
    last = last_run(cadence, zone, until)
    following = next_run(cadence, zone, until)
    if last is None:
        assert isinstance(cadence.days, Once)
        return
    assert last <= until
    assert next_run(cadence, zone, last) == following
    assert last_run(cadence, zone, last) == last
    if following is not None:
        assert last_run(cadence, zone, following - timedelta(microseconds=1)) == last


def test_many_missed_runs_are_one():
    daily = Cadence(Daily(), at(9))
    assert last_run(daily, AMSTERDAM, utc("2046-11-24T12:00")) == utc("2046-11-24T08:00")
    assert last_run(Cadence(Once(date(2026, 11, 24)), at(9)), AMSTERDAM, utc("2026-11-24T07:59")) is None


@given(rhythms(), st.integers(date(1990, 1, 1).toordinal(), date(2090, 1, 1).toordinal()))
def test_days_are_those_of_the_calendar(days: Daily | Weekly | Monthly, start: int):
    """Against a walk through every day."""
    walked = [day for day in range(start, start + 800) if named(days, day)]
    found, day = [], days.first(start)
    while day is not None and day < start + 800:
        found.append(day)
        day = days.first(day + 1)
    assert found == walked
    assert days.last(start + 799) == next((day for day in reversed(walked)), days.last(start - 1))


def named(days: Daily | Weekly | Monthly, ordinal: int) -> bool:
    day = date.fromordinal(ordinal)
    match days:
        case Daily():
            return ordinal % days.every == days.phase
        case Weekly():
            return day.weekday() in days.weekdays and (ordinal - 1) // 7 % days.every == days.phase
        case Monthly():
            length = monthrange(day.year, day.month)[1]
            if (day.year * 12 + day.month - 1) % days.every != days.phase:
                return False
            if isinstance(days.on, DayOfMonth):
                return day.day == min(days.on.number, length)
            if day.weekday() != days.on.weekday:
                return False
            return day.day + 7 > length if days.on.nth == LAST else (day.day - 1) // 7 + 1 == days.on.nth


@given(rhythms(), st.integers(1, 12), st.integers(date(1990, 1, 1).toordinal(), date(2090, 1, 1).toordinal()))
def test_a_rhythm_keeps_step_with_its_anchor(days: Daily | Weekly | Monthly, every: int, start: int):
    anchor = days.spaced(1, start).first(start)
    assert anchor is not None
    spaced = days.spaced(every, anchor)
    assert spaced.first(anchor) == anchor
    assert spaced == spaced.spaced(every, anchor)
