"""Figures to make pictures of."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cogs.kit.language import Languages
from cogs.pictures.figures import ComparedFigures, Expected, Peers, PostRate, ReportFigures

LANGUAGES = Languages.load()
ENGLISH, DUTCH = LANGUAGES.get("en"), LANGUAGES.get("nl")
NEWEST = datetime(2026, 6, 20, 14, 30, tzinfo=UTC)
DEFINITION = "(likes + comments) ÷ followers"
EXPECTED = Expected(0.041, 0.032, 0.052)
LONGEST = "m" * 64
HANDLES = ("maya.bakes", LONGEST, "😀", "中文日本語", "أحمد_שלום", "$x_{2}$ \\frac %s {0}", "𝓶𝓪𝔂𝓪", "\n\t\0\u202e", "")


def posts(rates: Sequence[float], *, every: timedelta = timedelta(days=7), sponsored: int = 3) -> list[PostRate]:
    """Posts with these rates, the last one the newest; each so many-th is sponsored."""
    return [
        PostRate(NEWEST - every * (len(rates) - 1 - i), rate, i % sponsored == 0 if sponsored else False)
        for i, rate in enumerate(rates)
    ]


def spread(count: int, middle: float = 0.03, seed: int = 1) -> list[float]:
    """Rates as accounts have them: in factors around a middle."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    return [draw.lognormvariate(0, 0.6) * middle for _ in range(count)]


def peers(count: int = 84, *, below: float | None = 0.71, tier: str = "micro") -> Peers:
    return Peers("Instagram", tier, spread(count), below)


def report(**changes: object) -> ReportFigures:
    """An account like many."""
    figures: dict[str, object] = {
        "handle": "maya.bakes",
        "definition": DEFINITION,
        "posts": posts([0.021, 0.038, 0.052, 0.041, 0.079, 0.044]),
        "mean": 0.0392,
        "expected": EXPECTED,
        "peers": peers(),
    }
    return ReportFigures(**(figures | changes))  # pyright: ignore[reportArgumentType] - any field


def compared(handle: str, rate: float, count: int = 12) -> ComparedFigures:
    return ComparedFigures(handle, Expected(rate, rate / 1.3, rate * 1.3), spread(count, rate))
