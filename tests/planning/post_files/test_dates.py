"""Dates: read one way as a whole, or asked about."""

from datetime import UTC, date, datetime

import pytest

from planning.post_files.dates import parse_written
from planning.post_files.found import ReadPosts
from planning.post_files.moments import AmbiguousDates
from planning.reasons import Reason
from tests.planning.post_files.tables import read, rows


def of(*dates: str, day_first: bool | None = None, timezone: str = "UTC") -> ReadPosts:
    lines = [f'"{text}",{likes}' for likes, text in enumerate(dates, 5)]
    return read(rows("date,likes", lines), day_first=day_first, timezone=timezone)


def moments(found: ReadPosts) -> list[str]:
    assert found.question is None
    assert not found.problems
    return [post.posted_at.strftime("%Y-%m-%d" if post.dated_only else "%Y-%m-%d %H:%M:%S") for post in found.posts]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-09-20 14:05", "2026-09-20T14:05:00", "2026-09-20T16:05:00+02:00", "2026-09-20T14:05:00.000Z"),
        *("2026/09/20 14:05", "2026-09-20 14:05 UTC", "2026-09-20 16:05:00 +0200"),
        *("1789913100", "1789913100.0", "1789913100000", "1789913100123", "1789913100000000"),
        *("09/20/2026 14:05", "9/20/2026 2:05 PM", "9/20/26, 2:05\u202fPM", "09/20/2026, 02:05 p.m."),
        *("20/09/2026 14:05", "20-09-2026 14:05", "20.09.2026, 14:05 Uhr", "20.9.26 14.05", "20/09/2026 à 14h05"),
        *("Sep 20, 2026, 2:05 PM", "September 20, 2026 at 14:05", "Sun, 20 Sep 2026 14:05:00 GMT"),
        *("20 september 2026 14:05", "zo 20 sep. 2026 om 14:05", "20. September 2026 um 14:05 Uhr"),
        *("20 septembre 2026 à 14:05", "dim. 20 sept. 2026 14:05", "20 de septiembre de 2026, 14:05"),
        *("20 de set. de 2026 14:05", "20 de setembro de 2026 às 14:05", "20-Sep-2026 14:05"),
    ],
)
def test_times_as_they_are_written(text: str) -> None:
    assert moments(of(text)) == ["2026-09-20 14:05:00"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("20260920", "2026-09-20"), ("2026-9-2", "2026-09-02"), ("20-Sep-26", "2026-09-20")),
        *(("3 maart 2026", "2026-03-03"), ("3. März 2026", "2026-03-03"), ("3 mars 2026", "2026-03-03")),
        *(("3 de marzo de 2026", "2026-03-03"), ("3 de março de 2026", "2026-03-03"), ("3 mrt 2026", "2026-03-03")),
        *(("1er août 2026", "2026-08-01"), ("1 févr. 2026", "2026-02-01"), ("1 ene 2026", "2026-01-01")),
        *(("2. Mai 2026", "2026-05-02"), ("2 mei 2026", "2026-05-02"), ("2 out. 2025", "2025-10-02")),
        *(("31 dez 2025", "2025-12-31"), ("31 dic 2025", "2025-12-31"), ("31 déc. 2025", "2025-12-31")),
        *(("mar. 3 févr. 2026", "2026-02-03"), ("Mar 3, 2026", "2026-03-03"), ("2026 Sep 20", "2026-09-20")),
        *(("2026-09-20 00:00:00", "2026-09-20"), ("20/09/2026 12:00 AM", "2026-09-20")),
    ],
)
def test_days_as_they_are_written(text: str, day: str) -> None:
    assert moments(of(text, timezone="America/New_York")) == [day]


@pytest.mark.parametrize(
    "text",
    [
        *("yesterday", "2026-13-01", "20/20/2026", "26-09-20", "Septober 20, 2026", "2026-09-20 25:00", "0", "1"),
        *("2026-09-20 14:05 PST", "09/20/2026 13:05 PM", "Sep Oct 2026", "20 2026", "2026-W38-1T", "45920", "٢٠٢٦"),
        *("0001-01-01", "9999-12-31T23:59:59-05:00", "99999999999999999999999", "Feb 30, 2026", "x" * 100_000),
    ],
)
def test_what_is_no_date_is_told(text: str) -> None:
    (told,) = of(text).problems
    assert (told.reason, told.rejects_row) in {(Reason.NOT_A_DATE, True), (Reason.DATE_IN_FUTURE, True)}


def test_a_date_without_a_year_is_not_guessed_at() -> None:
    (told,) = of("September 20").problems
    assert told.reason is Reason.DATE_WITHOUT_YEAR


def test_a_column_that_can_be_read_two_ways_asks() -> None:
    dates = ("03/04/2026 14:05", "05/05/2026 10:00", "02/06/2026 11:00")
    asked = of(*dates)
    assert asked.question == AmbiguousDates("03/04/2026 14:05", date(2026, 4, 3), date(2026, 3, 4))
    assert asked.posts == []
    assert moments(of(*dates, day_first=True))[0] == "2026-04-03 14:05:00"
    assert moments(of(*dates, day_first=False))[0] == "2026-03-04 14:05:00"


def test_one_date_decides_for_its_column() -> None:
    assert moments(of("03/04/2026", "03/14/2026")) == ["2026-03-04", "2026-03-14"]
    assert moments(of("03/04/2026", "14/03/2026")) == ["2026-04-03", "2026-03-14"]
    assert moments(of("05/05/2026")) == ["2026-05-05"]


def test_posts_are_not_from_the_future() -> None:
    # Read day first, 1 December 2026 lies ahead of 24 November.
    assert moments(of("01/12/2026", "02/03/2026")) == ["2026-01-12", "2026-02-03"]


def test_points_stand_behind_the_day() -> None:
    assert moments(of("03.04.2026")) == ["2026-04-03"]
    assert moments(of("03.04.2026", "03.14.2026")) == ["2026-03-04", "2026-03-14"]
    assert moments(of("03.04.2026", day_first=False)) == ["2026-03-04"]


def test_many_dates_in_order_decide() -> None:
    days = [f"{month:02}/{day:02}/2026" for month in (3, 4, 5) for day in (2, 7, 11)]
    assert moments(of(*days))[0] == "2026-03-02"
    assert moments(of(*reversed(days)))[0] == "2026-05-11"
    assert of(*days[:7]).question is not None
    assert of(*days[::2], *days[1::2]).question is not None
    assert of(*(f"04/{day:02}/2026" for day in range(1, 12))).question is not None


def test_a_column_that_contradicts_itself_asks_or_reads_what_is_plain() -> None:
    assert of("14/03/2026", "03/14/2026", "03/04/2026").question is not None
    answered = of("14/03/2026", "03/14/2026", "03/04/2026", day_first=True)
    assert [post.posted_at.strftime("%m-%d") for post in answered.posts] == ["03-14", "04-03"]
    assert [problem.reason for problem in answered.problems] == [Reason.NOT_A_DATE]
    assert moments(of("14/03/2026", "03/15/2026")) == ["2026-03-14", "2026-03-15"]


def test_times_without_a_zone_are_of_the_place_that_is_named() -> None:
    assert moments(of("2026-07-20 14:05", "07/21/2026 14:05", timezone="Europe/Amsterdam")) == [
        "2026-07-20 12:05:00",
        "2026-07-21 12:05:00",
    ]
    assert moments(of("2026-01-20 14:05", "2026-01-20 14:05Z", timezone="Europe/Amsterdam")) == [
        "2026-01-20 13:05:00",
        "2026-01-20 14:05:00",
    ]
    # The clock skips 2:30 on this night, and shows it twice on the other: the first.
    assert moments(of("2026-03-29 02:30", timezone="Europe/Amsterdam")) == ["2026-03-29 01:30:00"]
    assert moments(of("2026-10-25 02:30", timezone="Europe/Amsterdam")) == ["2026-10-25 00:30:00"]


def test_midnight_in_every_row_is_no_time_of_day() -> None:
    assert moments(of("2026-09-20 00:00:00", "2026-09-21 00:00:00")) == ["2026-09-20", "2026-09-21"]
    assert moments(of("2026-09-20 00:00:00", "2026-09-21 09:00:00")) == ["2026-09-20 00:00:00", "2026-09-21 09:00:00"]


def test_a_clock_may_be_a_day_ahead_of_ours() -> None:
    assert moments(of("2026-11-25")) == ["2026-11-25"]
    (told,) = of("2026-11-26").problems
    assert told.reason is Reason.DATE_IN_FUTURE


def test_what_is_written_is_kept_apart_from_what_it_means() -> None:
    written = parse_written("03/04/2026 2:05 PM +01:00")
    assert written is not None
    assert (written.month, written.day, written.swappable, written.dotted) == (3, 4, True, False)
    assert (written.clock, written.offset) == ((14, 5, 0), 60)


def test_seconds_are_whole() -> None:
    (post,) = of("2026-09-20T14:05:11.987Z").posts
    assert post.posted_at == datetime(2026, 9, 20, 14, 5, 11, tzinfo=UTC)
