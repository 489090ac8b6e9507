"""A cadence in words, which can themselves be typed."""

from datetime import time

from babel import Locale

from cogs.kit.language import ENGLISH, Language, mark
from planning.cadence.days import LAST, Daily, DayOfMonth, Monthly, Once, WeekdayOfMonth, Weekly
from planning.cadence.rules import Cadence

_LAST_DAY = 31
_QUARTER = 3
_WORKDAYS, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)

NTHS = {
    1: mark("the first {weekday}"),
    2: mark("the second {weekday}"),
    3: mark("the third {weekday}"),
    4: mark("the fourth {weekday}"),
    LAST: mark("the last {weekday}"),
}

ORDINALS = {"one": mark("the {n}st"), "two": mark("the {n}nd"), "few": mark("the {n}rd"), "other": mark("the {n}th")}
"""Days of the month, by the form that English gives their number."""

_ENGLISH = Locale(ENGLISH)


def cadence_words(cadence: Cadence, zone_name: str | None, t: Language) -> str:
    """Every Monday at 9:00 (Europe/Amsterdam); without the zone where none is given."""
    words = _words(cadence, t)
    return f"{words} ({zone_name})" if zone_name else words


def time_words(at: time) -> str:
    """9:05, as both languages write it."""
    return f"{at.hour}:{at.minute:02}"


def _words(cadence: Cadence, t: Language) -> str:
    at = time_words(cadence.at)
    match cadence.days:
        case Once(day=day):
            return t("once, on {date} at {time}", date=t.long_date(day), time=at)
        case Daily(every=1):
            return t("every day at {time}", time=at)
        case Daily(every=every):
            return t.many("every {n} day at {time}", "every {n} days at {time}", every, time=at)
        case Weekly():
            return _weekly(cadence.days, at, t)
        case Monthly():
            return _monthly(cadence.days, at, t)


def _weekly(days: Weekly, at: str, t: Language) -> str:
    names = t.all_of([t.weekday(weekday) for weekday in days.weekdays])
    if days.every > 1:
        return t.many(
            "every {n} week on {days} at {time}", "every {n} weeks on {days} at {time}", days.every, days=names, time=at
        )
    if days.weekdays == _WORKDAYS:
        return t("every weekday at {time}", time=at)
    if days.weekdays == _WEEKEND:
        return t("every weekend at {time}", time=at)
    return t("every {days} at {time}", days=names, time=at)


def _monthly(days: Monthly, at: str, t: Language) -> str:
    day = _day_of_month(days.on, t)
    if days.every == 1:
        return t("on {day} of each month at {time}", day=day, time=at)
    if days.every == _QUARTER and days.phase == 0:
        return t("every quarter on {day} at {time}", day=day, time=at)

    return t.many(
        "every {n} month on {day} at {time}", "every {n} months on {day} at {time}", days.every, day=day, time=at
    )


def _day_of_month(on: DayOfMonth | WeekdayOfMonth, t: Language) -> str:
    if isinstance(on, WeekdayOfMonth):
        return t(NTHS[on.nth], weekday=t.weekday(on.weekday))
    if on.number == _LAST_DAY:
        return t("the last day")
    return t(ORDINALS[_ENGLISH.ordinal_form(on.number)], n=on.number)
