"""The days that a rule names, as calendar arithmetic: no clock, no zone.

Days are ordinals (`date.toordinal`; 1 was a Monday). A rhythm of `every` days, weeks or months is kept by its `phase`:
the number of the day, week or month, modulo `every`. So two rules that name the same days are equal.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

WEEK = 7
MONTHS = 12
LAST = -1
"""As `nth`: the last one of the month."""


@dataclass(frozen=True, slots=True)
class Once:
    """One day."""

    day: date

    def first(self, earliest: int) -> int | None:
        """The first of the days from `earliest` on."""
        day = self.day.toordinal()
        return day if day >= earliest else None

    def last(self, latest: int) -> int | None:
        """The last of the days until `latest`."""
        day = self.day.toordinal()
        return day if day <= latest else None


@dataclass(frozen=True, slots=True)
class Daily:
    """Every so many days."""

    every: int = 1
    phase: int = 0

    def first(self, earliest: int) -> int | None:
        """The first of the days from `earliest` on."""
        return earliest + (self.phase - earliest) % self.every

    def last(self, latest: int) -> int | None:
        """The last of the days until `latest`."""
        return latest - (latest - self.phase) % self.every

    def spaced(self, every: int, anchor: int) -> Self:
        """Every so many days, of which `anchor` is one."""
        return replace(self, every=every, phase=anchor % every)


@dataclass(frozen=True, slots=True)
class Weekly:
    """On these weekdays (0 is Monday, in order), every so many weeks."""

    weekdays: tuple[int, ...]
    every: int = 1
    phase: int = 0

    def first(self, earliest: int) -> int | None:
        """The first of the days from `earliest` on."""
        week, weekday = divmod(earliest - 1, WEEK)
        if week % self.every == self.phase:
            for day in self.weekdays:
                if day >= weekday:
                    return week * WEEK + day + 1
        week += 1
        week += (self.phase - week) % self.every
        return week * WEEK + self.weekdays[0] + 1

    def last(self, latest: int) -> int | None:
        """The last of the days until `latest`."""
        week, weekday = divmod(latest - 1, WEEK)
        if week % self.every == self.phase:
            for day in reversed(self.weekdays):
                if day <= weekday:
                    return week * WEEK + day + 1
        week -= 1
        week -= (week - self.phase) % self.every
        return week * WEEK + self.weekdays[-1] + 1

    def spaced(self, every: int, anchor: int) -> Self:
        """Every so many weeks, of which that of `anchor` is one."""
        return replace(self, every=every, phase=(anchor - 1) // WEEK % every)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day by its number; in a month that is too short for it, the last day. So 31 is the last day of every month."""

    number: int

    def within(self, year: int, month: int) -> int:
        """The day of this month."""
        number = self.number
        if number > 28:
            number = min(number, monthrange(year, month)[1])
        return date(year, month, number).toordinal()


@dataclass(frozen=True, slots=True)
class WeekdayOfMonth:
    """The first (1) to fourth (4) or last (`LAST`) of a weekday (0 is Monday) in the month."""

    nth: int
    weekday: int

    def within(self, year: int, month: int) -> int:
        """The day of this month."""
        first = date(year, month, 1).toordinal()
        offset = (self.weekday + 1 - first) % WEEK
        if self.nth != LAST:
            return first + offset + (self.nth - 1) * WEEK
        length = monthrange(year, month)[1]
        return first + offset + (length - 1 - offset) // WEEK * WEEK


@dataclass(frozen=True, slots=True)
class Monthly:
    """On one day of the month, every so many months."""

    on: DayOfMonth | WeekdayOfMonth
    every: int = 1
    phase: int = 0

    def first(self, earliest: int) -> int | None:
        """The first of the days from `earliest` on."""
        month = _month(earliest)
        if month % self.every == self.phase:
            day = self._within(month)
            if day >= earliest:
                return day
        month += 1
        return self._within(month + (self.phase - month) % self.every)

    def last(self, latest: int) -> int | None:
        """The last of the days until `latest`."""
        month = _month(latest)
        if month % self.every == self.phase:
            day = self._within(month)
            if day <= latest:
                return day
        month -= 1
        return self._within(month - (month - self.phase) % self.every)

    def spaced(self, every: int, anchor: int) -> Self:
        """Every so many months, of which that of `anchor` is one."""
        return replace(self, every=every, phase=_month(anchor) % every)

    def _within(self, month: int) -> int:
        year, number = divmod(month, MONTHS)
        return self.on.within(year, number + 1)


Days = Once | Daily | Weekly | Monthly


def _month(day: int) -> int:
    on = date.fromordinal(day)
    return on.year * MONTHS + on.month - 1
