"""A cadence in words: as a person would say it, and such that it can be typed again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.kit.cadences import cadence_words
from cogs.kit.language import Language, Languages
from cogs.kit.problems import problem_text
from cogs.kit.unclear import EXAMPLES, UNCLEAR
from planning.cadence.days import LAST, Daily, DayOfMonth, Monthly, Once, WeekdayOfMonth, Weekly
from planning.cadence.phrases import When, parse
from planning.cadence.rules import Cadence
from planning.cadence.unclear import Unclear
from planning.errors import UnclearCadence

LANGUAGES = Languages.load()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def words(phrase: str, code: str) -> str:
    when = parse(phrase, now=NOW, zone=AMSTERDAM)
    return cadence_words(when.cadence, when.zone_name, LANGUAGES.get(code))


@pytest.mark.parametrize(
    ("phrase", "english", "dutch"),
    [
        ("mon 9 Amsterdam", "every Monday at 9:00 (Europe/Amsterdam)", "elke maandag om 9:00 (Europe/Amsterdam)"),
        ("daily 9:05", "every day at 9:05", "elke dag om 9:05"),
        ("every other day 9", "every 2 days at 9:00", "elke 2 dagen om 9:00"),
        ("weekdays 8:30", "every weekday at 8:30", "elke werkdag om 8:30"),
        ("weekend 10", "every weekend at 10:00", "elk weekend om 10:00"),
        ("ma, wo, vr 9", "every Monday, Wednesday, and Friday at 9:00", "elke maandag, woensdag en vrijdag om 9:00"),
        ("om de week di 10", "every 2 weeks on Tuesday at 10:00", "elke 2 weken op dinsdag om 10:00"),
        ("every 1st 9", "on the 1st of each month at 9:00", "op de 1e van elke maand om 9:00"),
        ("every 22nd 9", "on the 22nd of each month at 9:00", "op de 22e van elke maand om 9:00"),
        ("every 13th 9", "on the 13th of each month at 9:00", "op de 13e van elke maand om 9:00"),
        ("every 31st 9", "on the last day of each month at 9:00", "op de laatste dag van elke maand om 9:00"),
        (
            "first friday of the month 14:00",
            "on the first Friday of each month at 14:00",
            "op de eerste vrijdag van elke maand om 14:00",
        ),
        ("quarterly on the 1st 9", "every quarter on the 1st at 9:00", "elk kwartaal op de 1e om 9:00"),
        ("every 3 months on the 1st 9", "every 3 months on the 1st at 9:00", "elke 3 maanden op de 1e om 9:00"),
        ("tomorrow 15:00", "once, on November 25, 2026 at 15:00", "eenmalig, op 25 november 2026 om 15:00"),
    ],
)
def test_the_words(phrase: str, english: str, dutch: str):
    assert (words(phrase, "en"), words(phrase, "nl")) == (english, dutch)


times = st.times().map(lambda at: time(at.hour, at.minute))
every = st.integers(1, 12)
weekdays = st.sets(st.integers(0, 6), min_size=1, max_size=6).map(lambda days: tuple(sorted(days)))
on = st.builds(DayOfMonth, st.integers(1, 31)) | st.builds(
    WeekdayOfMonth, st.sampled_from((1, 2, 3, 4, LAST)), st.integers(0, 6)
)
phrases = st.one_of(
    st.builds(Daily, every),
    st.builds(Weekly, weekdays, every),
    st.builds(Monthly, on, every),
    st.dates(date(2026, 11, 25), date(2036, 12, 31)).map(Once),
)


@given(st.builds(Cadence, phrases, times), st.sampled_from((None, "Asia/Tokyo")), st.sampled_from(LANGUAGES.codes))
def test_the_words_can_be_typed_again(cadence: Cadence, zone_name: str | None, code: str):
    """Words of the first cadence give one in step with now; its own words give the very same."""
    t = LANGUAGES.get(code)
    read = again(cadence_words(cadence, zone_name, t))
    assert again(cadence_words(read.cadence, read.zone_name, t)) == read
    assert read.zone_name == zone_name
    assert unphased(read.cadence) == unphased(cadence)


def again(phrase: str) -> When:
    return parse(phrase, now=NOW, zone=AMSTERDAM)


def unphased(cadence: Cadence) -> Cadence:
    days = cadence.days
    return cadence if isinstance(days, Once) else replace(cadence, days=replace(days, phase=0))


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_every_example_can_be_typed(code: str):
    for example in EXAMPLES.values():
        again(LANGUAGES.get(code)(example))


@pytest.mark.parametrize("code", LANGUAGES.codes)
@pytest.mark.parametrize("reason", Unclear)
def test_every_question_has_its_words(reason: Unclear, code: str):
    text = problem_text(LANGUAGES.get(code), UnclearCadence(reason, "9:5", (NOW.date(), time(9))))
    assert reason in UNCLEAR
    assert text.endswith((".", "?"))
    assert "{" not in text


@pytest.mark.parametrize(
    ("phrase", "english"),
    [
        ("every Monday", "At what time? Add one to what you wrote, such as 9:00."),
        (
            "monday half 10",
            "`half 10` can be read in two ways: `9:30` or `10:30`. Write the one you mean like that.",
        ),
        (
            "1/12 9:00",
            """`1/12` can be read in two ways: `December 1, 2026` or `January 12, 2027`.
            Write the one you mean like that.""",
        ),
        (
            "evry monday 9:00",
            """`evry` can't be read as part of a time. Write it like `every Monday at 9:00` or
            `on the 15th of each month at 9:00`. Did you mean `every`?""",
        ),
        (
            "monday 1 december 9:00",
            "`December 1, 2026` is a Tuesday. Leave the weekday out, or change the date.",
        ),
        (
            "today 8:00",
            "November 24, 2026 8:00 is over. Choose a later moment, or name the year if you mean another one.",
        ),
        (
            "monday 9 IST",
            """`ist` stands for several time zones. Write the one you mean:
            `Asia/Kolkata`, `Europe/Dublin`, or `Asia/Jerusalem`.""",
        ),
    ],
)
def test_a_question_says_what_to_type(phrase: str, english: str):
    assert question(phrase, LANGUAGES.get("en")) == " ".join(english.split())


def test_what_was_typed_cannot_act_in_the_answer():
    assert question("a`@everyone` 9:00", LANGUAGES.get("en")).startswith("`a'@everyone`")


def question(phrase: str, t: Language) -> str:
    with pytest.raises(UnclearCadence) as caught:
        again(phrase)
    return problem_text(t, caught.value)
