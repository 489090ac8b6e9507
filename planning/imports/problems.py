"""What in a file was not taken, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from planning.reasons import Reason

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell, or one row, that was not taken.

    `row` is the line of the file on which the row begins (the header is on line 1), `column` the header's text, `value`
    the cell's, shortened. `rejects_row`: nothing of the row was stored; otherwise only this cell was left out. `detail`
    is the earlier row's number for DUPLICATE_DIFFERS and STANDS_OTHERWISE.
    """

    row: int
    column: str
    value: str
    reason: Reason
    detail: str = ""
    rejects_row: bool = True


def problem(
    row: int, column: str, value: str, reason: Reason, detail: str = "", *, rejects_row: bool = True
) -> Problem:
    """A problem with its value shortened to what can be shown."""
    shown = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
    return Problem(row, column, shown, reason, detail, rejects_row)


def count_reasons(problems: Iterable[Problem]) -> Counter[Reason]:
    """How often each reason stands in the list."""
    return Counter(found.reason for found in problems)
