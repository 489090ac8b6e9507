"""A cadence, and the moments at which it is due.

A cadence is a rule on the wall clock and holds no zone: its moments are computed from the zone each time, so that
9:00 stays 9:00 whatever becomes of the zone's rules.

A time that the clock skips (spring) is due when the clock goes on: 02:30 in a gap from 02:00 to 03:00 is due at 03:00.
A time that the clock shows twice (autumn) is due the first time only. Where a gap reaches past midnight (Samoa skipped
30 December 2011 as a whole) and the rule has a run on the date after it as well, that one stands for both: a rule
never runs twice on a date.
"""

import json
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from planning.cadence.days import Daily, DayOfMonth, Days, Monthly, Once, WeekdayOfMonth, Weekly


@dataclass(frozen=True, slots=True)
class Cadence:
    """On which days, and at which time (whole minutes, no zone)."""

    days: Days
    at: time

    @property
    def once(self) -> bool:
        """Whether it is for one time only."""
        return isinstance(self.days, Once)

    def to_text(self) -> str:
        """The cadence as JSON, to be stored."""
        return json.dumps({"at": f"{self.at:%H:%M}", **_fields(self.days)})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The cadence that was stored. Raises ValueError or KeyError where the text is none."""
        fields: dict[str, Any] = json.loads(text)
        return cls(_days(fields), time.fromisoformat(fields["at"]))


def _fields(days: Days) -> dict[str, object]:
    if isinstance(days, Once):
        return {"once": days.day.isoformat()}
    rhythm = {"every": days.every, "phase": days.phase}
    match days:
        case Daily():
            return {"daily": True, **rhythm}
        case Weekly():
            return {"weekly": days.weekdays, **rhythm}
        case Monthly():
            on = days.on
            return {"monthly": on.number if isinstance(on, DayOfMonth) else [on.nth, on.weekday], **rhythm}


def _days(fields: dict[str, Any]) -> Days:
    if "once" in fields:
        return Once(date.fromisoformat(fields["once"]))
    every, phase = fields["every"], fields["phase"]
    if "daily" in fields:
        return Daily(every, phase)
    if "weekly" in fields:
        return Weekly(tuple(fields["weekly"]), every, phase)
    on = fields["monthly"]
    return Monthly(DayOfMonth(on) if isinstance(on, int) else WeekdayOfMonth(*on), every, phase)


def next_run(cadence: Cadence, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The first moment (aware UTC) strictly after an aware moment; None where the rule is over."""
    day = cadence.days.first(after.astimezone(zone).toordinal())
    while day is not None:
        run = _moment(cadence, zone, day)
        if run is not None and run > after:
            return run
        day = cadence.days.first(day + 1)
    return None


def last_run(cadence: Cadence, zone: ZoneInfo, until: datetime) -> datetime | None:
    """The latest moment (aware UTC) at or before an aware moment; None where the rule had not begun.

    So many missed runs can be made up for by one. A rhythm has no beginning: compare with when the schedule was made.
    """
    # The clock can be back on the day before one whose run was due already.
    day = cadence.days.last(until.astimezone(zone).toordinal() + 1)
    while day is not None:
        run = _moment(cadence, zone, day)
        if run is not None and run <= until:
            return run
        day = cadence.days.last(day - 1)
    return None


def upcoming(cadence: Cadence, zone: ZoneInfo, after: datetime, count: int) -> list[datetime]:
    """Up to `count` moments (aware UTC) strictly after an aware moment, in order."""
    runs: list[datetime] = []
    run = next_run(cadence, zone, after)
    while run is not None and len(runs) < count:
        runs.append(run)
        run = next_run(cadence, zone, run)
    return runs


def _moment(cadence: Cadence, zone: ZoneInfo, day: int) -> datetime | None:
    wall = datetime.combine(date.fromordinal(day), cadence.at, zone)
    run = wall.astimezone(UTC)
    if run.astimezone(zone) == wall:
        return run
    run = _end_of_gap(wall, zone)
    landed = run.astimezone(zone).toordinal()
    return run if landed == day or cadence.days.first(landed) != landed else None


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clock skips this time: the offset changes somewhere within the width of the gap."""
    before, later = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    assert before is not None
    assert later is not None
    start = wall.replace(tzinfo=UTC) - later
    seconds = range(int((later - before).total_seconds()) + 1)

    def changed(second: int) -> bool:
        return (start + timedelta(seconds=second)).astimezone(zone).utcoffset() != before

    return start + timedelta(seconds=bisect_left(seconds, 1, key=changed))
