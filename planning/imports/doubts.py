"""Columns that can't be what their headers say, as another column shows."""

from collections.abc import Sequence

from planning.errors import InvalidValue
from planning.imports.columns import By, ColumnUse, Ignored
from planning.imports.headers import Field
from planning.numbers import parse_average

FEWEST = 10
"""Rows that it takes to doubt the headers of likes and comments."""
NEARLY_ALL = 0.8
"""The share of rows that it takes."""


def without_doubtful(uses: tuple[ColumnUse, ...], sample: Sequence[Sequence[str]]) -> tuple[ColumnUse, ...]:
    """Without likes and comments where nearly every post would have more comments than likes: the headers stand over
    other columns than their own."""
    places = {use.field: use.index for use in uses if use.account in (None, 0)}
    likes, comments = places.get(Field.LIKES), places.get(Field.COMMENTS)
    if likes is None or comments is None or By.CHOSEN in (uses[likes].by, uses[comments].by):
        return uses
    reaching = [row for row in sample if len(row) > max(likes, comments)]
    pairs = [(_figure(row[likes]), _figure(row[comments])) for row in reaching]
    known = [(one, other) for one, other in pairs if one is not None and other is not None and one != other]
    if len(known) < FEWEST or sum(one < other for one, other in known) < NEARLY_ALL * len(known):
        return uses
    doubted = {likes, comments}
    return tuple(
        ColumnUse(use.index, use.header, None, Ignored.CONTENT, use.platform) if use.index in doubted else use
        for use in uses
    )


def _figure(cell: str) -> float | None:
    try:
        return parse_average(cell, column="")
    except InvalidValue:
        return None
