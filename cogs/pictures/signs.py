"""The signs in a picture: a post, a mean, an estimate. Each fills a legend's box where it is given no place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cogs.pictures.canvas import ACCENT, DPI, ESTIMATE, PAPER, PEERS, POST, SPONSORED, TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CENTRE = (0.5,)
STEPS = ((60, 15), (300, 10))
"""Up to so many posts have dots of so many pixels."""
FINEST = 6


def draw_dot(
    axes: "Axes",
    times: Sequence[float] = CENTRE,
    rates: Sequence[float] = CENTRE,
    *,
    sponsored: bool = False,
    many: int = 1,
) -> None:
    """Posts: round and blue, the sponsored ones amber diamonds; small where there are many of both."""
    size = next((size for most, size in STEPS if many <= most), FINEST)
    axes.plot(
        times,
        rates,
        linestyle="",
        marker="D" if sponsored else "o",
        color=SPONSORED if sponsored else POST,
        markersize=size * 72 / DPI,
        markeredgecolor=PAPER,
        markeredgewidth=1 if size > FINEST else 0,
        zorder=5 if sponsored else 4,
        clip_on=False,
    )


def draw_dashes(axes: "Axes", left: float = 0, right: float = 1, at: float = 0.5) -> None:
    """A mean as it was measured."""
    axes.hlines(at, left, right, color=TEXT, linewidth=2.5, linestyle=(0, (3, 1.5)), zorder=2)


def draw_estimate(axes: "Axes") -> None:
    """An estimate in its interval, as a block."""
    axes.axhspan(0, 1, color=ACCENT, linewidth=0)
    axes.axhline(0.5, color=ESTIMATE, linewidth=5)


def draw_shade(axes: "Axes", low: float = 0, high: float = 1) -> None:
    """The interval that others are held against."""
    axes.axvspan(low, high, color=ACCENT, alpha=0.45, linewidth=0, zorder=1)


def draw_strokes(axes: "Axes", rates: Sequence[float] = (0.1, 0.3, 0.5, 0.7, 0.9)) -> None:
    """Posts on a line, a stroke each."""
    axes.vlines(rates, 0.08, 0.92, color=POST, linewidth=2, alpha=0.45, zorder=2)


def draw_bar(axes: "Axes", low: float = 0, rate: float = 0.5, high: float = 1) -> None:
    """An estimate in its interval, as a dot on a bar."""
    axes.hlines(0.5, low, high, color=ESTIMATE, linewidth=9, zorder=4, clip_on=False)
    axes.plot(
        rate,
        0.5,
        marker="o",
        markersize=14,
        color=TEXT,
        markeredgecolor=PAPER,
        markeredgewidth=3,
        zorder=5,
        clip_on=False,
    )


def draw_total(axes: "Axes", total: float = 1, *, ours: bool = False) -> None:
    """A sum, as a bar from zero; that of the plan itself stands out."""
    axes.barh(0.5, total, 0.86, color=ACCENT if ours else PEERS, linewidth=0, zorder=2)


def draw_whisker(axes: "Axes", low: float = 0.08, high: float = 0.92) -> None:
    """The interval of a sum."""
    axes.hlines(0.5, low, high, color=ESTIMATE, linewidth=5, zorder=4, clip_on=False)
    axes.vlines((low, high), 0.2, 0.8, color=ESTIMATE, linewidth=5, zorder=4, clip_on=False)
