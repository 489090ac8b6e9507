"""Rows of the table that is printed, and the figures in them."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

HEADER = ("what", "at", "ours", "rival", "ratio", "limit", "")
WIDTHS = (52, 20, 26, 48, 14, 15, 6)


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: `ours` against `rival`, in words; `ratio` and `limit` too. `met` None: nothing is promised."""

    what: str
    at: str
    ours: str
    rival: str = ""
    ratio: str = ""
    limit: str = ""
    met: bool | None = None


def print_header() -> None:
    """The names of the columns."""
    _print_cells(HEADER)
    _print_cells(["-" * width for width in WIDTHS])


def print_row(row: Row) -> None:
    """One row, as soon as it is known."""
    verdict = "" if row.met is None else "ok" if row.met else "MISSED"
    _print_cells((row.what, row.at, row.ours, row.rival, row.ratio, row.limit, verdict))


def _print_cells(cells: Sequence[str]) -> None:
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip(), flush=True)


def note(text: str) -> None:
    """Tell what takes long, beside the table."""
    print(text, file=sys.stderr, flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def spread(seconds: Sequence[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    return f"p50 {milliseconds(percentile(seconds, 0.5))}, p95 {milliseconds(percentile(seconds, 0.95))}"


def milliseconds(seconds: float) -> str:
    """A time with three digits or so."""
    value = seconds * 1000
    return f"{value:.3f} ms" if value < 1 else f"{value:.2f} ms" if value < 10 else f"{value:,.0f} ms"
