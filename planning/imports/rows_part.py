"""Some thousand rows while they are read: their cells by column, and what went wrong so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.imports.columns import ColumnUse
from planning.imports.problems import Problem, problem
from planning.reasons import Reason


@dataclass(slots=True)
class RowsPart:
    """Some thousand rows: their lines, their cells by column, and what went wrong so far, by place in the part."""

    lines: Sequence[int]
    cells: Sequence[Sequence[str]]
    rejected: dict[int, Problem]
    left_out: list[tuple[int, Problem]]

    def column(self, use: ColumnUse | None) -> Sequence[str]:
        """The column's cells; empty ones where the file has no such column."""
        return [""] * len(self.lines) if use is None else self.cells[use.index]

    def reject(self, place: int, column: str, value: str, reason: Reason) -> None:
        """Reject a row; the first reason found is the one that is told."""
        if place not in self.rejected:
            self.rejected[place] = problem(self.lines[place], column, value, reason)

    def cut_off(self) -> None:
        """Reject the last row, whatever can be read of it: its figures may have lost their ends."""
        last = len(self.lines) - 1
        self.rejected[last] = problem(self.lines[last], "", "", Reason.CUT_OFF)

    def leave_out(self, place: int, column: str, value: str, reason: Reason) -> None:
        """Leave a cell out of a row that is kept."""
        told = problem(self.lines[place], column, value, reason, rejects_row=False)
        self.left_out.append((place, told))
