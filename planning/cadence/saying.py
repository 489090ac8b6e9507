"""What a phrase has said so far: each thing once, or it is unclear."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from planning.cadence.days import DayOfMonth, WeekdayOfMonth
from planning.cadence.unclear import Unclear
from planning.cadence.words import Part, Unit
from planning.errors import UnclearCadence

MOST = {Unit.DAY: 365, Unit.WEEK: 52, Unit.MONTH: 12}
"""The longest rhythm of each unit: a year."""

RECENT = timedelta(days=60)
"""A date without a year that is past for less than this is refused as past, not taken for next year's."""

_LEAP = 8
"""Years within which every date comes back: 29 February skips 2100."""

_HOURS: dict[Part, dict[int, int]] = {
    Part.AM: {**{hour: hour for hour in range(1, 12)}, 12: 0},
    Part.PM: {**{hour: hour % 12 + 12 for hour in range(1, 13)}, **{hour: hour for hour in range(13, 24)}},
    Part.MORNING: {hour: hour for hour in range(12)},
    Part.AFTERNOON: {**{hour: hour + 12 for hour in range(1, 7)}, **{hour: hour for hour in range(12, 19)}},
    Part.EVENING: {**{hour: hour + 12 for hour in range(5, 12)}, **{hour: hour for hour in range(17, 24)}},
    Part.NIGHT: {**{hour: hour for hour in range(6)}, 10: 22, 11: 23, 12: 0, 22: 22, 23: 23},
}
"""The hour that a spoken one is, in each part of the day."""


@dataclass(slots=True)
class Said:
    """`now` is on the wall clock of the zone meant. What was not said is None, empty or False."""

    now: datetime
    dutch: bool
    """Whether some of the words are Dutch, and none are English only."""
    minutes: int | None = None
    parts: set[Part] = field(default_factory=set[Part])
    on: date | None = None
    moment: datetime | None = None
    weekdays: set[int] = field(default_factory=set[int])
    of_month: DayOfMonth | WeekdayOfMonth | None = None
    rhythm: tuple[int, Unit] | None = None
    quarters: bool = False
    """Whether the rhythm is the calendar's quarters, which begin in January."""
    month: bool = False
    """Whether it is said that a day is one of the month."""
    every: bool = False
    once: bool = False

    @property
    def today(self) -> date:
        """The date where the phrase is meant."""
        return self.now.date()

    def say_minutes(self, minutes: int) -> None:
        """A time, in minutes of the day."""
        if self.minutes not in {None, minutes}:
            raise UnclearCadence(Unclear.TWO_TIMES)
        self.minutes = minutes

    def say_on(self, day: date) -> None:
        """One date."""
        if self.on not in {None, day}:
            raise UnclearCadence(Unclear.TWO_DAYS)
        self.on = day

    def say_in(self, span: timedelta) -> None:
        """So long from now."""
        if self.moment is not None:
            raise UnclearCadence(Unclear.TWO_TIMES)
        self.moment = self.now.astimezone(UTC) + span

    def say_rhythm(self, every: int, unit: Unit) -> None:
        """Every so many units, of a day or longer."""
        if unit is Unit.FORTNIGHT:
            every, unit = 2 * every, Unit.WEEK
        elif unit is Unit.QUARTER:
            self.quarters = self.quarters or every == 1
            every, unit = 3 * every, Unit.MONTH
        if not 1 <= every <= MOST[unit]:
            raise UnclearCadence(Unclear.INTERVAL, str(every))
        # “Weekly, every Tuesday of every second week” names the unit twice; the longer rhythm is the one meant.
        if self.rhythm is not None and self.rhythm != (every, unit):
            if self.rhythm[1] is not unit or 1 not in {every, self.rhythm[0]}:
                raise UnclearCadence(Unclear.TWO_DAYS)
            every = max(every, self.rhythm[0])
        self.rhythm = every, unit
        self.every = True

    def say_nth(self, nth: int, weekday: int) -> None:
        """The first to fourth or last of a weekday in the month."""
        if nth == 5:
            raise UnclearCadence(Unclear.NO_FIFTH)
        if nth > 5:
            raise UnclearCadence(Unclear.DATE_IMPOSSIBLE, str(nth))
        self._say_of_month(WeekdayOfMonth(nth, weekday))

    def say_month_day(self, number: int) -> None:
        """A day of the month by its number."""
        if not 1 <= number <= 31:
            raise UnclearCadence(Unclear.DATE_IMPOSSIBLE, str(number))
        self._say_of_month(DayOfMonth(number))

    def _say_of_month(self, day: DayOfMonth | WeekdayOfMonth) -> None:
        if self.of_month not in {None, day}:
            raise UnclearCadence(Unclear.TWO_DAYS)
        self.of_month = day

    def time_of_day(self) -> int | None:
        """The time in minutes, in the parts of the day that were said; None where there is none."""
        if self.minutes is None or not self.parts:
            return self.minutes
        hour, minute = divmod(self.minutes, 60)
        hours = {_HOURS[part].get(hour) for part in self.parts}
        meant = hours.pop()
        if hours or meant is None:
            raise UnclearCadence(Unclear.TIME_IMPOSSIBLE, clock(self.minutes))
        return meant * 60 + minute

    def dated(self, day: int, month: int, year: int | None) -> date:
        """A date as it was said; without a year, the next one."""
        found = real_date(year, month, day) if year is not None else self._next(day, month)
        if found is None:
            raise UnclearCadence(Unclear.DATE_IMPOSSIBLE, f"{day}/{month}" if year is None else f"{day}/{month}/{year}")
        return found

    def reading(self, day: int, month: int, year: int | None) -> date:
        """One of two readings of a date that is one in both."""
        year = year or self.today.year + ((month, day) < (self.today.month, self.today.day))
        return date(year, month, day)

    def _next(self, day: int, month: int) -> date | None:
        this_year = real_date(self.today.year, month, day)
        if this_year is not None and timedelta() < self.today - this_year < RECENT:
            raise UnclearCadence(Unclear.PAST, choices=(this_year,))
        years = range(self.today.year, self.today.year + _LEAP + 1)
        dates = (real_date(year, month, day) for year in years)
        return next((found for found in dates if found is not None and found >= self.today), None)


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock(minutes: int) -> str:
    """9:05 of 545."""
    return f"{minutes // 60}:{minutes % 60:02}"
