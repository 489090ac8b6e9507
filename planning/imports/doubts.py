"""Columns that can't be what their headers say, as another column shows."""

from collections.abc import Sequence
from dataclasses import replace

from planning.errors import InvalidValue
from planning.imports.columns import By, Candidate, ColumnUse, Ignored
from planning.imports.contents import Contents, is_figure
from planning.imports.headers import Field
from planning.numbers import parse_average

FEWEST = 10
"""Rows that it takes to doubt the headers of likes and comments."""
NEARLY_ALL = 0.8
"""The share of rows that it takes."""
FEW = 3
"""Cells that it takes to doubt a header."""

_FIGURES = frozenset({Field.FOLLOWERS, Field.LIKES, Field.COMMENTS, Field.VIEWS, Field.POSTS, Field.PRICE})
_WORDS = frozenset({Field.PLATFORM, Field.COUNTRY, Field.LANGUAGE, Field.NICHES})


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


def without_shifted(candidates: Sequence[Candidate], contents: Sequence[Contents]) -> list[Candidate]:
    """Without the columns that stand under each other's headers, as where one cell too many pushed a table aside: from
    the first to the last of those that hold words under a header of figures, or figures under one of words."""
    words: list[int] = []
    figures: list[int] = []
    for place, candidate in enumerate(candidates):
        field, held = candidate.column.field, contents[candidate.column.index]
        if field is None or candidate.column.by is not By.HEADER or len(held.cells) < FEW:
            continue
        if field in _FIGURES and not held.fit(field):
            words.append(place)
        elif field in _WORDS and held.share(is_figure) >= NEARLY_ALL:
            figures.append(place)
    if not words or not figures:
        return list(candidates)
    shifted = range(min(words + figures), max(words + figures) + 1)
    return [
        Candidate(replace(candidate.column, field=None, ignored=Ignored.CONTENT), 0)
        if place in shifted and candidate.column.field in (_FIGURES | _WORDS) and candidate.column.by is By.HEADER
        else candidate
        for place, candidate in enumerate(candidates)
    ]


def _figure(cell: str) -> float | None:
    try:
        return parse_average(cell, column="")
    except InvalidValue:
        return None
