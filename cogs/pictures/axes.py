"""Axes of rates and of time: where they reach from and to, and their ticks in the reader's language."""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

from babel.dates import format_interval, format_skeleton
from babel.numbers import format_percent

from cogs.kit.language import Language
from cogs.pictures.spec import Axis, Mark

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)

FEWEST_TICKS = 3
MOST_RATE_TICKS = 6
MOST_TIME_TICKS = 4

CROWDED = 8
"""Where the greatest rate is this many times the middle one, a linear axis would press all others to its foot."""

LOST = 40
"""A rate so many times smaller than the greatest can't be read on a linear axis."""

SMALLEST = 1e-7
"""The rate at the foot of an axis of factors: nothing counts as 0 there."""

ABOVE, UNDER = 0.08, 0.05
"""What an axis has beyond its values, as a share of it: above them, and below them where it doesn't begin at zero."""


def rate_axis(t: Language, rates: Iterable[float], told: Iterable[float]) -> Axis:
    """An axis on which these rates are legible: from zero where they are near each other, in factors otherwise.

    `told` are those of them that the picture is about: the estimates.
    """
    ordered = sorted(rates)
    least, middle, high = ordered[0], ordered[len(ordered) // 2], ordered[-1]
    if high <= SMALLEST or (high <= CROWDED * middle and high <= LOST * min(told, default=high)):
        top = max(high * (1 + ABOVE), SMALLEST)
        return Axis(0, top, _rate_ticks(t, _even(0, top)))
    positive = next(rate for rate in ordered if rate > SMALLEST)
    low = max(least, positive / 2)
    foot, top = low / (high / low) ** UNDER, high * (high / low) ** ABOVE
    return Axis(foot, top, _rate_ticks(t, _factors(foot, top)), log=True)


def count_axis(t: Language, highest: float) -> Axis:
    """An axis from zero on which counts up to this one are drawn, its ticks at whole numbers."""
    top = max(highest * (1 + ABOVE), 1.0)
    return Axis(0, top, tuple(Mark(place, t.compact(round(place))) for place in _even(0, top) if place == int(place)))


def drawable(axis: Axis, rates: Sequence[float]) -> tuple[float, ...]:
    """The rates as they can be drawn: none is lost below the foot of an axis of factors."""
    return tuple(max(rate, axis.low) for rate in rates)


def rate(t: Language, share: float) -> str:
    """4.1%; of a rate too small for two decimals, its first digit."""
    return t.percent(share) if share >= 0.0001 or share == 0 else _percent(t, share, _decimals(share))


def whole(t: Language, share: float) -> str:
    """71%."""
    return _percent(t, share, 0)


def between(t: Language, low: float, high: float) -> str:
    """3.2% – 5.2%."""
    return f"{rate(t, low)} – {rate(t, high)}"


def _decimals(share: float) -> int:
    """How many decimals the first digit of a percentage needs."""
    return max(0, -math.floor(math.log10(share * 100) + 1e-9))


def _percent(t: Language, share: float, decimals: int) -> str:
    digits = "0." + "0" * decimals if decimals else "0"
    pattern = t.locale.percent_formats[None].pattern.replace("#,##0", f"#,##{digits}")
    return format_percent(share, format=pattern, locale=t.locale)


def _rate_ticks(t: Language, places: Sequence[float]) -> tuple[Mark, ...]:
    finest = max((_places(place) for place in places), default=0)
    even = len(places) > 1 and math.isclose(places[1] - places[0], places[-1] - places[-2])
    return tuple(Mark(place, _percent(t, place, finest if even and place else _places(place))) for place in places)


def _places(place: float) -> int:
    """How many decimals tell this tick's percentage in full."""
    return next(n for n in range(12) if math.isclose(round(place * 100, n), place * 100, abs_tol=1e-12))


def _even(low: float, high: float) -> list[float]:
    """The finest round steps that leave room for the labels."""
    magnitude = 10.0 ** math.floor(math.log10((high - low) / MOST_RATE_TICKS))
    step = next(s * magnitude for s in (1, 2, 2.5, 5, 10) if (high - low) / (s * magnitude) < MOST_RATE_TICKS)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{n * step:.6g}") for n in range(first, last + 1)]


def _factors(low: float, high: float) -> list[float]:
    """The finest of 1-2-5, 1-3 and 1 in each power of ten, or in each few, that leaves room for the labels."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for digits in ((1, 2, 5), (1, 3), (1,)):
        places = [float(f"{digit}e{power}") for power in powers for digit in digits]
        shown = [place for place in places if low <= place <= high]
        if len(shown) <= MOST_RATE_TICKS:
            break
    else:
        shown = shown[:: math.ceil(len(shown) / MOST_RATE_TICKS)]
    return shown if len(shown) >= FEWEST_TICKS else _even(low, high)


def days(moment: datetime) -> float:
    """A moment's place on an axis of time."""
    return (moment - EPOCH) / DAY


def time_ticks(t: Language, first: datetime, last: datetime) -> tuple[Mark, ...]:
    """Round dates between the two, as many as there is room for; the first day alone where there is none."""
    for round_dates, count, skeleton in _STEPS:
        reached = (tick for tick in round_dates(first, last, count) if first <= tick <= last)
        ticks = list(islice(reached, MOST_TIME_TICKS + 1))
        if 1 <= len(ticks) <= MOST_TIME_TICKS:
            several_years = skeleton == "MMM" and first.year != last.year
            return _named(t, "yMMM" if several_years else skeleton, ticks)
    return _named(t, "MMMd", [first])


def _named(t: Language, skeleton: str, ticks: Sequence[datetime]) -> tuple[Mark, ...]:
    return tuple(Mark(days(tick), format_skeleton(skeleton, tick, locale=t.locale)) for tick in ticks)


def _round_days(first: datetime, last: datetime, count: int) -> Iterator[datetime]:
    start = first.toordinal() - first.toordinal() % -count
    return (datetime.fromordinal(day).replace(tzinfo=UTC) for day in range(start, last.toordinal() + 1, count))


def _round_months(first: datetime, last: datetime, count: int) -> Iterator[datetime]:
    begin, end = (moment.year * 12 + moment.month - 1 for moment in (first, last))
    start = begin - begin % -count
    return (datetime(n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(start, end + 1, count))


_STEPS = (
    *((_round_days, count, "MMMd") for count in (1, 2, 7, 14)),
    *((_round_months, count, "MMM") for count in (1, 2, 3, 6)),
    *((_round_months, 12 * count, "y") for count in (1, 2, 5, 10, 25, 100)),
)


def dates(t: Language, first: datetime, last: datetime) -> str:
    """3 Mar – 20 Jun 2026, as the language writes it."""
    return format_interval(first, last, skeleton="yMMMd", locale=t.locale)
