"""A workbook's cells as the text that a person reads in them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sheets.remarks import PERCENT, Remarks

Cell = int | float | str | bool | time | date | datetime | timedelta
Merged = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range, each its row and column from 0."""

LONGEST_SHORT = 12
MAX_REPEATED = 200_000
"""Cells that merged ranges may fill, all together."""


class Texts:
    """Turns rows of cells into rows of text: figures without an empty fraction and with the unit that they are shown
    in, dates as ISO 8601, errors by their names.

    What stands in a merged range stands in each of its cells where it is text: a platform over several columns, a
    country beside several rows. A figure is not repeated: one count of followers is not that of several accounts.
    """

    def __init__(self, merged: Sequence[Merged], remarks: Remarks, left: int) -> None:
        """Rows begin with the column `left`, and are asked for downwards."""
        self._left = left
        self._remarks = remarks
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
        for _, column, error, unit in self._remarks.of(number):
            place = column - self._left
            if 0 <= place < len(cells):
                texts[place] = error or _with_unit(cells[place], unit) or texts[place]
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


def _with_unit(cell: Cell, unit: str) -> str:
    """The figure as it is shown; nothing where the cell holds none."""
    if not unit or not isinstance(cell, float):
        return ""
    return f"{cell * 100:.10g}%" if unit == PERCENT else f"{_text(cell)} {unit}"


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
