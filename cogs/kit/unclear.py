"""The words for a phrase that says no time to post at: what is unclear, and what to type instead."""

from datetime import date, time

from cogs.kit.cadences import time_words
from cogs.kit.language import Language, mark
from cogs.kit.safe import code
from planning.cadence.phrases import LONGEST, YEARS_AHEAD
from planning.cadence.saying import MOST
from planning.cadence.unclear import Unclear
from planning.cadence.words import Unit
from planning.errors import UnclearCadence

UNCLEAR: dict[Unclear, str] = {
    Unclear.TOO_LONG: mark("That is too long. Write at most {most} characters, like {weekly}."),
    Unclear.UNREADABLE: mark("{said} can't be read as part of a time. Write it like {weekly} or {monthly}."),
    Unclear.NO_TIME: mark("At what time? Add one to what you wrote, such as 9:00."),
    Unclear.NO_DAY: mark("On which day? Write a day and a time, like {weekly}, {monthly} or {tomorrow}."),
    Unclear.NO_MONTH: mark(
        "Of which month? Write {monthly}, or a date with its month. For every second week, write {fortnightly}."
    ),
    Unclear.TIME_IMPOSSIBLE: mark("There is no such time: {said}. Times go from 0:00 to 23:59."),
    Unclear.DATE_IMPOSSIBLE: mark("There is no such date: {said}. Write another one, like {date}."),
    Unclear.TWO_READINGS: mark("{said} can be read in two ways: {choices}. Write the one you mean like that."),
    Unclear.TWO_TIMES: mark("Give one time, such as 9:00. For a second time, make a second one of these."),
    Unclear.TWO_DAYS: mark(
        "These days don't go together. Give one date, or one day that comes back, like {date} or {weekly}."
    ),
    Unclear.TWO_ZONES: mark("These are two time zones. Give one."),
    Unclear.OTHER_WEEKDAY: mark("{choices} is a {weekday}. Leave the weekday out, or change the date."),
    Unclear.PAST: mark("{choices} is over. Choose a later moment, or name the year if you mean another one."),
    Unclear.TOO_FAR: mark("{choices} is more than {years} years ahead. Check the year."),
    Unclear.NO_FIFTH: mark("Not every month has a fifth one. Write first, second, third, fourth or last."),
    Unclear.INTERVAL: mark(
        "Write every 1 to {days} days, 1 to {weeks} weeks or 1 to {months} months, like {fortnightly}."
    ),
    Unclear.TOO_OFTEN: mark("Once a day is the most. Write it like {daily}."),
    Unclear.UNKNOWN_ZONE: mark(
        "{said} is no time zone we know. Write a city such as Amsterdam, or a name such as Europe/Amsterdam."
    ),
    Unclear.AMBIGUOUS_ZONE: mark("{said} stands for several time zones. Write the one you mean: {choices}."),
}

EXAMPLES = {
    "daily": mark("every day at 9:00"),
    "weekly": mark("every Monday at 9:00"),
    "fortnightly": mark("every 2 weeks on Tuesday at 9:00"),
    "monthly": mark("on the 15th of each month at 9:00"),
    "tomorrow": mark("tomorrow at 15:00"),
    "date": mark("1 December at 15:00"),
}

_NEAREST = {Unclear.UNREADABLE, Unclear.UNKNOWN_ZONE}
"""Where the choices are what is spelled nearly so."""


def unclear_text(t: Language, error: UnclearCadence) -> str:
    """What is unclear about a time to post at, and what to type instead."""
    text = t(
        UNCLEAR[error.reason],
        said=code(error.said),
        choices=_choices(t, error),
        weekday=next((t.weekday(day.weekday()) for day in error.choices if isinstance(day, date)), ""),
        most=LONGEST,
        years=YEARS_AHEAD,
        days=MOST[Unit.DAY],
        weeks=MOST[Unit.WEEK],
        months=MOST[Unit.MONTH],
        **{name: code(t(example)) for name, example in EXAMPLES.items()},
    )
    if error.reason in _NEAREST and error.choices:
        return t("{problem} Did you mean {choices}?", problem=text, choices=_choices(t, error))
    return text


def _choices(t: Language, error: UnclearCadence) -> str:
    if error.reason is Unclear.PAST:
        return " ".join(_choice(t, choice) for choice in error.choices)
    return t.any_of([code(_choice(t, choice)) for choice in error.choices])


def _choice(t: Language, choice: str | date | time) -> str:
    if isinstance(choice, date):
        return t.long_date(choice)
    return time_words(choice) if isinstance(choice, time) else choice
