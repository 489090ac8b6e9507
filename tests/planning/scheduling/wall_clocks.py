"""When rules are due, found the long way: every day of a year is looked at, and every quarter of an hour of a zone.

Nothing here knows of `planning.cadence`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
MARGIN = 3 * DAY
START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)
ANCHOR = date(2025, 12, 3)
"""A Wednesday from which intervals are counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`kind` and its numbers, as `holds` reads them."""

    kind: str
    numbers: tuple[int, ...] = ()
    every: int = 1

    def holds(self, day: date) -> bool:
        match self.kind:
            case "daily":
                return (day - ANCHOR).days % self.every == 0
            case "weekly":
                weeks = (_monday(day) - _monday(ANCHOR)).days // 7
                return day.weekday() in self.numbers and weeks % self.every == 0
            case "once":
                return day.timetuple().tm_yday == self.numbers[0] and day.year == START.year
        months = 12 * (day.year - ANCHOR.year) + day.month - ANCHOR.month
        if months % self.every:
            return False
        tomorrow = day + DAY
        if self.kind == "day of month":
            return day.day == self.numbers[0] or (day.day < self.numbers[0] and tomorrow.month != day.month)
        nth, weekday = self.numbers
        if day.weekday() != weekday:
            return False
        return (day + 7 * DAY).month != day.month if nth == -1 else (day.day + 6) // 7 == nth


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


@cache
def days_of(rule: Rule) -> list[date]:
    """The days of the year that the rule names, and of a few on both sides."""
    first, last = (START - MARGIN).date(), (END + MARGIN).date()
    return [day for number in range((last - first).days) if rule.holds(day := first + number * DAY)]


@cache
def shown_first(zone: str) -> dict[datetime, datetime]:
    """When (UTC) a clock in this zone first shows each quarter of an hour of the year: those that it skips aren't
    there."""
    first: dict[datetime, datetime] = {}
    at, tz = START - 2 * MARGIN, ZoneInfo(zone)
    while at < END + 2 * MARGIN:
        first.setdefault(at.astimezone(tz).replace(tzinfo=None), at)
        at += QUARTER
    return first


@cache
def instants(rule: Rule, at: time, zone: str) -> list[datetime]:
    """When (UTC) it is due in the year: where the clock skips its time, as soon as it goes on."""
    shown = shown_first(zone)
    found: list[datetime] = []
    for day in days_of(rule):
        wall = datetime.combine(day, at)
        while wall not in shown:
            wall += QUARTER
        found.append(shown[wall])
    return [moment for moment in found if START < moment <= END]
