"""What people type about when to post, in both languages, and what is asked back where it is unclear."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.cadence.days import Once, Weekly
from planning.cadence.dutch import DUTCH
from planning.cadence.english import ENGLISH
from planning.cadence.phrases import LONGEST, When, parse
from planning.cadence.rules import Cadence, next_run
from planning.cadence.tokens import VOCABULARY
from planning.cadence.unclear import Unclear
from planning.errors import UnclearCadence

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""A Tuesday, 9:00 in Amsterdam."""

MONDAYS = Weekly((0,))


def read(phrase: str, now: datetime = NOW) -> When:
    return parse(phrase, now=now, zone=AMSTERDAM)


def refused(phrase: str, now: datetime = NOW) -> UnclearCadence:
    with pytest.raises(UnclearCadence) as caught:
        read(phrase, now)
    return caught.value


def table(name: str) -> list[tuple[str, str]]:
    """The phrases of a file, each with the line that it stands under."""
    rows: list[tuple[str, str]] = []
    heading = ""
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            rows.append((line.strip(), heading))
        elif not line.startswith("#"):
            heading = line
    return rows


@pytest.mark.parametrize(("phrase", "cadence"), table("understood.txt"))
def test_what_people_type(phrase: str, cadence: str):
    assert read(phrase) == When(Cadence.from_text(cadence), None)


@pytest.mark.parametrize(
    ("phrase", "zone"),
    [
        ("monday 9:00 Europe/Amsterdam", "Europe/Amsterdam"),
        ("maandag 9:00 europe/amsterdam", "Europe/Amsterdam"),
        ("maandag 9:00 Amsterdam", "Europe/Amsterdam"),
        ("Amsterdam time, monday 9:00", "Europe/Amsterdam"),
        ("monday 9:00 (America/Argentina/Buenos_Aires)", "America/Argentina/Buenos_Aires"),
        ("monday 9:00 Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("monday 9:00 New York time", "America/New_York"),
        ("monday 9:00 ET", "America/New_York"),
        ("maandag 9:00 Nederlandse tijd", "Europe/Amsterdam"),
        ("maandag 9:00 in Den Haag", "Europe/Amsterdam"),
        ("monday 9:00 The Hague", "Europe/Amsterdam"),
        ("monday 9:00 UTC", "UTC"),
        ("monday 9:00 GMT", "UTC"),
        ("monday 9:00 CET", "Europe/Brussels"),
        ("monday 9:00 São Paulo", "America/Sao_Paulo"),
        ("monday 9:00 America/Port-au-Prince", "America/Port-au-Prince"),
        ("monday 9:00 Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_a_zone_can_be_named(phrase: str, zone: str):
    assert read(phrase) == When(Cadence(MONDAYS, time(9)), zone)


def test_today_is_that_of_the_zone_that_is_named():
    late = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    assert read("tomorrow 9:00 Tokyo", late).cadence.days == Once(date(2026, 11, 26))
    assert read("tomorrow 9:00", late).cadence.days == Once(date(2026, 11, 25))
    assert read("in 2 hours Tokyo", late).cadence == Cadence(Once(date(2026, 11, 25)), time(9))


def test_so_long_from_now_is_told_to_the_minute_and_passes_by_what_the_clock_shows_again():
    before = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 1:30; at 3:00 the clock goes back to 2:00
    assert read("in 1 hour", before).cadence.at == time(2, 30)
    assert read("in 2 hours", before).cadence.at == time(3, 0)
    assert read("in 3 hours", before).cadence.at == time(3, 30)
    assert read("in 1 minute", NOW.replace(second=59)).cadence.at == time(9, 1)


@pytest.mark.parametrize(("phrase", "reason"), table("unclear.txt"))
def test_what_is_unclear_is_asked_about(phrase: str, reason: str):
    assert refused(phrase).reason == reason


@pytest.mark.parametrize("phrase", ["", "  ", "\u202e", "the", ", ,", "?"])
def test_nothing_is_no_day(phrase: str):
    assert refused(phrase).reason in {Unclear.NO_DAY, Unclear.UNREADABLE}


def test_no_novel_is_read():
    assert read("monday 9:00".ljust(LONGEST)).cadence.days == MONDAYS
    assert refused("monday 9:00".ljust(LONGEST + 1)).reason is Unclear.TOO_LONG


@pytest.mark.parametrize(
    ("phrase", "said", "choices"),
    [
        ("1/12 9:00", "1/12", (date(2026, 12, 1), date(2027, 1, 12))),
        ("monday half 10", "half 10", ("9:30", "10:30")),
        ("evry monday 9:00", "evry", ("every",)),
        ("maandga om 9 uur", "maandga", ("maandag",)),
        ("mnoday xyzzy 9:00", "mnoday xyzzy", ("monday",)),
        ("monday 9:00 Amstredam", "amstredam", ("amsterdam",)),
        ("monday 9:00 IST", "ist", ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem")),
        ("Monday 1 December 9:00", "", (date(2026, 12, 1),)),
        ("today 8:00", "", (date(2026, 11, 24), time(8))),
        ("monday 25:00", "25:00", ()),
        ("every 5 minutes", "every 5 minutes", ()),
    ],
)
def test_the_question_names_what_is_meant(phrase: str, said: str, choices: tuple[object, ...]):
    unclear = refused(phrase)
    assert (unclear.said, tuple(unclear.choices)) == (said, choices)


def test_a_misspelt_zone_is_met_with_the_nearest():
    assert refused("monday 9:00 Europe/Amstredam").choices[0] == "Europe/Amsterdam"


WORDS = st.sampled_from(
    [*VOCABULARY, "9:00", "25", "1/12", "15th", "2026-12-01", "amsterdam", "est", "2030", "'s", "-", "9pm"]
)


@given(st.text(max_size=120) | st.lists(WORDS, max_size=9).map(" ".join))
def test_whatever_is_typed_is_read_or_asked_about(phrase: str):
    try:
        when = read(phrase)
    except UnclearCadence:
        return
    assert next_run(when.cadence, ZoneInfo(when.zone_name or "Europe/Amsterdam"), NOW) is not None
    assert Cadence.from_text(when.cadence.to_text()) == when.cadence


@given(st.lists(st.sampled_from([*VOCABULARY]), min_size=1, max_size=3))
def test_case_spaces_and_commas_say_nothing(words: list[str]):
    shouted = " ,  ".join(words).upper()
    assert outcome(shouted) == outcome(" ".join(words))


def outcome(phrase: str) -> When | Unclear:
    try:
        return read(phrase)
    except UnclearCadence as unclear:
        return unclear.reason


def test_no_word_means_two_things_that_a_phrase_could_not_tell_apart():
    """A word of both languages may be of two kinds, but has one value of each."""
    for kind, value in ((word, kinds) for word, kinds in VOCABULARY.items()):
        for language in (ENGLISH, DUTCH):
            for word, its_kind, its_value in language:
                if word == kind:
                    assert value[its_kind] == its_value, word
