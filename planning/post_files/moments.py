"""A column of dates into instants: read one way as a whole, or asked about where it can be read two ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.post_files.dates import Written, parse_written
from planning.post_files.links import tiktok_time
from planning.reasons import Reason

AHEAD = timedelta(days=1)
"""How far ahead of now a post may be: clocks and zones differ, posts from the future there are none."""

_MIDNIGHT = time()
_OLDEST = 2000
_LATEST = 2300
_SORTED = 8
"""Days that must stand in order under one reading only before the order decides: by chance 1 in 20,000."""

_SCHEDULED = timedelta(days=40)
"""How long after a TikTok post was made it may be published: it can be scheduled a month ahead."""


@dataclass(frozen=True, slots=True)
class AmbiguousDates:
    """The question a column of dates leaves: an example as it stands in the file, and both ways to read it."""

    example: str
    as_day_first: date
    as_month_first: date


@dataclass(frozen=True, slots=True)
class DateForm:
    """How a column's dates are read. `day_first` is None where no date leaves it open.

    `whole_days`: every time of day in the column is midnight, so that none is meant.
    """

    day_first: bool | None
    whole_days: bool


@dataclass(slots=True)
class _Evidence:
    """What a column's swappable dates say, as (first number, second number, year) in the order of the file."""

    dates: list[tuple[int, int, int]]
    example: tuple[str, date, date] | None = None
    dotted: bool = True
    day_first: bool = True
    month_first: bool = True


def understand_dates(cells: Iterable[str], now: datetime, day_first: bool | None) -> DateForm | AmbiguousDates:
    """How the column is read, or the question where nothing decides. `day_first` is the answer, where it was given.

    What decides: a number above 12; a reading that puts posts into the future is none; points are written between day
    and month in this order everywhere; days that stand in order under one reading only. Cells that are no dates say
    nothing.
    """
    evidence = _Evidence([])
    whole_days = True
    for cell in cells:
        written = None if cell.isdecimal() else parse_written(cell)
        if written is None:
            continue
        if written.clock is not None and written.clock != (0, 0, 0):
            whole_days = False
        if written.swappable:
            _note(evidence, cell, written)
    if day_first is None and evidence.example is not None:
        day_first = _decide(evidence, (now + AHEAD).date())
        if day_first is None:
            return AmbiguousDates(*evidence.example)
    return DateForm(day_first, whole_days)


def _note(evidence: _Evidence, cell: str, written: Written) -> None:
    year = written.year or 0
    as_day_first, as_month_first = _date(year, written.day, written.month), _date(year, written.month, written.day)
    if as_day_first is None and as_month_first is None:
        return
    evidence.dates.append((written.month, written.day, year))
    evidence.dotted = evidence.dotted and written.dotted
    if as_day_first is None:
        evidence.day_first = False
    elif as_month_first is None:
        evidence.month_first = False
    elif as_day_first != as_month_first and evidence.example is None:
        evidence.example = (cell.strip(), as_day_first, as_month_first)


def _decide(evidence: _Evidence, latest: date) -> bool | None:
    if evidence.day_first != evidence.month_first:
        return evidence.day_first
    if not evidence.day_first:
        return None
    day_first = [(year, second, first) for first, second, year in evidence.dates]
    month_first = [(year, first, second) for first, second, year in evidence.dates]
    limit = (latest.year, latest.month, latest.day)
    ahead = any(day > limit for day in day_first), any(day > limit for day in month_first)
    if ahead[0] != ahead[1]:
        return ahead[1]
    if evidence.dotted:
        return True
    in_order = _in_order(day_first), _in_order(month_first)
    if in_order[0] != in_order[1] and len(set(day_first)) >= _SORTED:
        return in_order[0]
    return None


def _in_order(days: list[tuple[int, int, int]]) -> bool:
    return all(a <= b for a, b in pairwise(days)) or all(a >= b for a, b in pairwise(days))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name. Raises `InvalidValue` (NOT_A_TIMEZONE)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("timezone", name, Reason.NOT_A_TIMEZONE) from None


class MomentReader:
    """Reads the dates of one column. Times without a zone are those of the clock in `zone`."""

    def __init__(self, form: DateForm, zone: ZoneInfo, now: datetime) -> None:
        self._form = form
        self._zone = UTC if zone.key == "UTC" else zone
        self._latest = now + AHEAD

    def read(self, cell: str, reference: str | None) -> tuple[datetime, bool]:
        """The instant in UTC, in whole seconds, and whether only its day is known (then midnight UTC).

        `reference` is the post's id: where a date has no year, as in some of TikTok's exports, TikTok's id tells it.
        Raises `InvalidValue`: DATE_MISSING, NOT_A_DATE, DATE_WITHOUT_YEAR, DATE_IN_FUTURE.
        """
        text = cell.strip()
        try:
            moment, dated_only = self._read_fast(text) or self._read_written(text, reference)
            moment = moment if dated_only else moment.astimezone(UTC).replace(microsecond=0)
        except (OverflowError, ValueError):
            raise InvalidValue("posted_at", cell, Reason.NOT_A_DATE) from None
        if not _OLDEST <= moment.year < _LATEST:
            raise InvalidValue("posted_at", cell, Reason.NOT_A_DATE)
        if moment > self._latest:
            raise InvalidValue("posted_at", cell, Reason.DATE_IN_FUTURE)
        return moment, dated_only

    def _read_fast(self, text: str) -> tuple[datetime, bool] | None:
        """ISO 8601 and unix time, as programs write them; None where it is anything else."""
        if text[4:5] == "-" and len(text) >= 10:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                return None
            if len(text) == 10 or (self._form.whole_days and moment.time() == _MIDNIGHT):
                return moment.replace(tzinfo=UTC), True
            return (moment.replace(tzinfo=self._zone) if moment.tzinfo is None else moment), False
        digits = text.partition(".")[0]
        if digits.isdecimal() and digits.isascii() and text.replace(".", "", 1).isdecimal():
            return _read_digits(digits)
        return None

    def _read_written(self, text: str, reference: str | None) -> tuple[datetime, bool]:
        written = parse_written(text)
        if written is None:
            if is_blank(text):
                raise InvalidValue("posted_at", "", Reason.DATE_MISSING)
            raise InvalidValue("posted_at", text, Reason.NOT_A_DATE)
        month, day = written.month, written.day
        if written.swappable and (self._form.day_first or (self._form.day_first is None and month > 12)):
            month, day = day, month
        year = written.year
        if year is None:
            year = _year_of(month, day, tiktok_time(reference))
            if year is None:
                raise InvalidValue("posted_at", text, Reason.DATE_WITHOUT_YEAR)
        if written.clock is None or self._form.whole_days:
            return datetime(year, month, day, tzinfo=UTC), True
        zone = self._zone if written.offset is None else timezone(timedelta(minutes=written.offset))
        return datetime(year, month, day, *written.clock, tzinfo=zone), False


def _read_digits(digits: str) -> tuple[datetime, bool]:
    """Unix time by its length: seconds, milliseconds or microseconds; eight digits are a date (20260920)."""
    if len(digits) == 8:
        return datetime(int(digits[:4]), int(digits[4:6]), int(digits[6:]), tzinfo=UTC), True
    scale = {9: 1, 10: 1, 12: 1_000, 13: 1_000, 15: 1_000_000, 16: 1_000_000}.get(len(digits))
    if scale is None:
        raise ValueError(digits)
    return datetime.fromtimestamp(int(digits) // scale, UTC), False


def _year_of(month: int, day: int, made: datetime | None) -> int | None:
    """The year in which this day came soonest after the post was made; None where no year fits."""
    if made is None:
        return None
    for year in (made.year - 1, made.year, made.year + 1):
        found = _date(year, month, day)
        if found is not None and timedelta(days=-1) <= found - made.date() <= _SCHEDULED:
            return year
    return None
