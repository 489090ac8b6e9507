"""Phrases that are put together from what they mean are read as just that, in both languages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from planning.cadence.days import LAST, Daily, DayOfMonth, Days, Monthly, Once, WeekdayOfMonth, Weekly
from planning.cadence.phrases import When, parse
from planning.cadence.rules import Cadence, next_run

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EARLY = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, midnight in Amsterdam: every time of the day is to come, or now."""
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Tongue:
    """How a language says it; `{d}` is a weekday, `{n}` a number, `{o}` an ordinal."""

    weekdays: tuple[str, ...]
    short: tuple[str, ...]
    months: tuple[str, ...]
    ordinals: dict[int, str]
    numbers: tuple[str, ...]
    weekly: tuple[str, ...]
    spaced_weekly: tuple[str, ...]
    daily: tuple[str, ...]
    spaced_daily: tuple[str, ...]
    monthly: tuple[str, ...]
    spaced_monthly: tuple[str, ...]
    dates: tuple[str, ...]
    at: tuple[str, ...]
    times: tuple[str, ...]
    hours: tuple[str, ...]
    ending: str
    last_day: str
    the: str
    both: str


ENGLISH = Tongue(
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"},
    ("two", "three", "four", "five", "six"),
    ("every {d}", "{d}", "on {d}", "every week on {d}", "weekly on {d}", "each {d}"),
    ("every {n} weeks on {d}", "{d}, every {n} weeks", "on {d} every {n} weeks"),
    ("every day", "daily", "each day"),
    ("every {n} days",),
    ("on {x} of every month", "{x} of the month", "every month on {x}", "monthly on {x}", "on {x} of each month"),
    ("every {n} months on {x}", "on {x} every {n} months"),
    (
        "{day} {month} {year}",
        "on {day} {month}, {year}",
        "{month} {day} {year}",
        "{iso}",
        "once, on {day} {month} {year}",
    ),
    ("at ", "", "@ "),
    ("{h}:{m:02}", "{h:02}:{m:02}", "{h}.{m:02}", "{h}h{m:02}", "{p}:{m:02}{half}", "{p}:{m:02} {half}"),
    ("{h}", "{h} o'clock", "{p}{half}", "{p} {half}", "{h}h"),
    "th",
    "the last day",
    "the ",
    "and",
)
DUTCH = Tongue(
    ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    ("ma", "di", "wo", "do", "vr", "za", "zo"),
    (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", LAST: "laatste"},
    ("twee", "drie", "vier", "vijf", "zes"),
    ("elke {d}", "{d}", "op {d}", "elke week op {d}", "wekelijks op {d}", "iedere {d}"),
    ("elke {n} weken op {d}", "om de {n} weken op {d}", "{d}, om de {n} weken"),
    ("elke dag", "dagelijks", "iedere dag"),
    ("elke {n} dagen", "om de {n} dagen"),
    ("op {x} van elke maand", "{x} van de maand", "elke maand op {x}", "maandelijks op {x}", "per maand op {x}"),
    ("elke {n} maanden op {x}", "om de {n} maanden op {x}"),
    ("{day} {month} {year}", "op {day} {month} {year}", "{iso}", "eenmalig op {day} {month} {year}"),
    ("om ", "", "op "),
    ("{h}:{m:02}", "{h:02}:{m:02}", "{h}.{m:02}", "{h}u{m:02}", "{h}:{m:02} uur", "{h} uur {m}"),
    ("{h}", "{h} uur", "{h}u", "{h}:00 uur"),
    "e",
    "de laatste dag",
    "de ",
    "en",
)


@st.composite
def spoken(draw: st.DrawFn) -> tuple[str, When]:
    """A phrase and what it means."""
    tongue = draw(st.sampled_from((ENGLISH, DUTCH)))
    said, days = draw(spoken_days(tongue))
    hour, minute = draw(st.integers(0, 23)), draw(st.just(0) | st.integers(1, 59))
    pattern = draw(st.sampled_from(tongue.times if minute else (*tongue.times[:-1], *tongue.hours)))
    clock = draw(st.sampled_from(tongue.at)) + pattern.format(
        h=hour, m=minute, p=(hour - 1) % 12 + 1, half="am" if hour < 12 else "pm"
    )
    zone = draw(st.sampled_from((None, None, "Europe/Amsterdam", "Asia/Kolkata")))
    parts = [said, clock] if draw(st.booleans()) or not clock[0].isalpha() else [clock + ", ", said]
    if zone is not None:
        parts.append(draw(st.sampled_from((zone, zone.upper(), f"({zone})", zone.rpartition("/")[2]))))
    phrase = draw(st.sampled_from((" ", "  "))).join(parts)
    phrase = draw(st.sampled_from((phrase, phrase.lower(), phrase.upper())))
    return phrase, When(Cadence(days, time(hour, minute)), zone)


@st.composite
def spoken_days(draw: st.DrawFn, tongue: Tongue) -> tuple[str, Days]:
    every = draw(st.integers(2, 12))
    number = draw(st.just(str(every)) | st.sampled_from(tongue.numbers[every - 2 : every - 1] or (str(every),)))
    kind = draw(st.sampled_from(("daily", "weekly", "monthly", "once")))
    if kind == "daily":
        if draw(st.booleans()):
            return draw(st.sampled_from(tongue.daily)), Daily()
        return draw(st.sampled_from(tongue.spaced_daily)).format(n=number), Daily(every)
    if kind == "weekly":
        weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=4))))
        said = listed(draw, tongue, weekdays)
        if draw(st.booleans()):
            return draw(st.sampled_from(tongue.weekly)).format(d=said), Weekly(weekdays)
        return draw(st.sampled_from(tongue.spaced_weekly)).format(d=said, n=number), Weekly(weekdays, every)
    if kind == "monthly":
        said, on = draw(spoken_day_of_month(tongue))
        if draw(st.booleans()):
            return draw(st.sampled_from(tongue.monthly)).format(x=said), Monthly(on)
        return draw(st.sampled_from(tongue.spaced_monthly)).format(x=said, n=number), Monthly(on, every)
    day = draw(st.dates(TODAY + timedelta(days=1), date(2036, 12, 31)))
    names = {"day": day.day, "month": tongue.months[day.month - 1], "year": day.year, "iso": day.isoformat()}
    return draw(st.sampled_from(tongue.dates)).format(**names), Once(day)


def listed(draw: st.DrawFn, tongue: Tongue, weekdays: tuple[int, ...]) -> str:
    names = [draw(st.sampled_from((tongue.weekdays, tongue.short)))[weekday] for weekday in weekdays]
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1 and draw(st.booleans()):
        return draw(st.sampled_from((f"{names[0]}-{names[-1]}", f"{names[0]} - {names[-1]}")))
    return ", ".join(names[:-1]) + (f" {tongue.both} " if names[:-1] else "") + names[-1]


@st.composite
def spoken_day_of_month(draw: st.DrawFn, tongue: Tongue) -> tuple[str, DayOfMonth | WeekdayOfMonth]:
    if draw(st.booleans()):
        nth, weekday = draw(st.sampled_from(list(tongue.ordinals))), draw(st.integers(0, 6))
        return f"{tongue.the}{tongue.ordinals[nth]} {tongue.weekdays[weekday]}", WeekdayOfMonth(nth, weekday)
    if draw(st.integers(0, 9)) == 0:
        return tongue.last_day, DayOfMonth(31)
    number = draw(st.integers(1, 31))
    return f"{tongue.the}{number}{tongue.ending}", DayOfMonth(number)


@given(spoken())
def test_a_phrase_means_what_it_was_made_from(case: tuple[str, When]):
    phrase, meant = case
    assert in_step(parse(phrase, now=EARLY, zone=AMSTERDAM)) == in_step(meant), phrase


def in_step(when: When) -> When:
    """The same with its rhythm from today on: which week a rhythm begins with is tested elsewhere."""
    days = when.cadence.days
    if isinstance(days, Once):
        return when
    return When(Cadence(days.spaced(days.every, TODAY.toordinal()), when.cadence.at), when.zone_name)


@given(spoken())
def test_a_rhythm_begins_with_the_first_day_to_come(case: tuple[str, When]):
    phrase, meant = case
    days = meant.cadence.days
    if isinstance(days, Once):
        return
    found = parse(phrase, now=EARLY, zone=AMSTERDAM)
    zone = ZoneInfo(found.zone_name or "Europe/Amsterdam")
    plain = Cadence(days.spaced(1, TODAY.toordinal()), meant.cadence.at)
    assert next_run(found.cadence, zone, EARLY) == next_run(plain, zone, EARLY)
