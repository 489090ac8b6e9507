"""A workbook's cells as the text that a person reads in them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = int | float | str | bool | time | date | datetime | timedelta
Merged = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range, each its row and column from 0."""

LONGEST_SHORT = 12
MAX_REPEATED = 200_000
"""Cells that merged ranges may fill, all together."""


class Texts:
    """Turns rows of cells into rows of text: figures without an empty fraction, dates as ISO 8601, shares as per cent.

    What stands in a merged range stands in each of its cells where it is text: a platform over several columns, a
    country beside several rows. A figure is not repeated: one count of followers is not that of several accounts.
    """

    def __init__(self, merged: Sequence[Merged], percents: Collection[int], left: int) -> None:
        """`percents` are columns whose figures are shown as per cent; rows begin with the column `left`."""
        self._left = left
        self._percents = [place - left for place in percents]
        self._ranges: dict[int, list[Merged]] = {}
        filled = 0
        for first, last in merged:
            filled += (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
            if filled > MAX_REPEATED:
                break
            for row in range(first[0], last[0] + 1):
                self._ranges.setdefault(row, []).append((first, last))
        self._above: dict[tuple[int, int], str] = {}

    def row(self, number: int, cells: Sequence[Cell]) -> list[str]:
        """The text of the row with this number, from 0."""
        texts = [cell if type(cell) is str else _text(cell) for cell in cells]
        for place in self._percents:
            if place < len(cells) and isinstance(value := cells[place], float):
                texts[place] = f"{value * 100:.10g}%"
        for first, last in self._ranges.get(number, ()):
            self._fill(number, cells, texts, first, last)
        return texts

    def _fill(
        self, number: int, cells: Sequence[Cell], texts: list[str], first: tuple[int, int], last: tuple[int, int]
    ) -> None:
        begins = first[1] - self._left
        if number == first[0] and 0 <= begins < len(cells) and isinstance(cells[begins], str):
            self._above[first] = texts[begins]
        if first in self._above:
            for place in range(begins, min(last[1] + 1 - self._left, len(texts))):
                texts[place] = self._above[first]


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else _plain(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _plain(value: float) -> str:
    """The figure without an exponent: the noise behind the fifteenth digit of a short one is the computer's."""
    short = f"{value:.15g}"
    exact = short if len(short) <= LONGEST_SHORT else repr(value)
    return f"{Decimal(exact):f}" if "e" in exact else exact
