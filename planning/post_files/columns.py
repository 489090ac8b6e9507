"""Which column of a post file is what, by its header alone; a header that is not known is ignored, never guessed at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from planning.errors import UnreadableFile
from planning.files import Table
from planning.platform import Platform
from planning.post_files.headers import (
    CONTENT,
    DATA_COMMENTS,
    DAYS,
    FIGURES,
    HEADERS,
    IMPRESSIONS,
    QUALIFIERS,
    VIDEO_HEADERS,
    PostField,
)
from planning.tables import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 80
_ABOVE = 5
"""Rows of titles that may stand above the header."""

_SHOWN_AS_VIEWS = {Platform.X, Platform.LINKEDIN, Platform.PINTEREST}


@dataclass(frozen=True, slots=True)
class PostColumn:
    """What became of a column: `field` is what it is read as, None where it is not used. `index` counts from 0."""

    index: int
    header: str
    field: PostField | None


def find_header(table: Table, platform: Platform | None) -> tuple[Table, tuple[PostColumn, ...]]:
    """The table from its header on, and its columns: the first row, or the first below it that is a header.

    Raises `UnreadableFile("post_columns")` where no row names a date and a figure.
    """
    columns = understand_columns(table.header, platform)
    if columns is not None:
        return table, columns
    for place, row in enumerate(table.rows[:_ABOVE]):
        columns = understand_columns(row, platform)
        if columns is not None:
            below = slice(place + 1, None)
            return replace(table, header=row, rows=table.rows[below], line_numbers=table.line_numbers[below]), columns
    detail = ", ".join(text.strip()[:40] for text in table.header if text.strip())[:300]
    raise UnreadableFile("post_columns", detail)


def understand_columns(header: Sequence[str], platform: Platform | None) -> tuple[PostColumn, ...] | None:
    """Each column's use; None where the row is no header: it names no date, or no figure.

    Of each field one column is taken: the one with the better header, then the one further left.
    """
    words = [_words(text) for text in header]
    videos = not VIDEO_HEADERS.isdisjoint(words)
    found = [_find(text, platform, videos=videos) for text in words]
    chosen: dict[PostField, int] = {}
    for index, (field, worth) in enumerate(found):
        if field is not None and (field not in chosen or worth < found[chosen[field]][1]):
            chosen[field] = index
    if PostField.POSTED_AT not in chosen or chosen.keys().isdisjoint(FIGURES):
        return None
    if videos or not DATA_COMMENTS.isdisjoint(words):
        for index, text in enumerate(words):
            if text in DAYS and index != chosen[PostField.POSTED_AT]:
                chosen[PostField.DAY] = index
    fields = {index: field for field, index in chosen.items()}
    return tuple(PostColumn(i, text.strip()[:_LONGEST], fields.get(i)) for i, text in enumerate(header))


def whole_column(table: Table, column: PostColumn | None) -> list[str]:
    """The column's cells in the whole table, those that there are; none where there is no such column."""
    return [] if column is None else [row[column.index] for row in table.rows if len(row) > column.index]


def _words(text: str) -> str:
    return fold(_CAMEL.sub(" ", text.strip()[:_LONGEST]).replace("%", " percent "))


def _find(words: str, platform: Platform | None, *, videos: bool) -> tuple[PostField | None, int]:
    """The field that the header names and the header's place among that field's: the lower, the better."""
    known = _known_headers()
    if words in known:
        return known[words]
    if videos and words in CONTENT:
        return PostField.ID, len(HEADERS[PostField.ID])
    if platform in _SHOWN_AS_VIEWS and words in IMPRESSIONS:
        return PostField.VIEWS, len(HEADERS[PostField.VIEWS])
    field, worth = known.get(" ".join(word for word in words.split() if word not in QUALIFIERS), (None, 0))
    return (field, worth) if field in FIGURES else (None, 0)


@cache
def _known_headers() -> dict[str, tuple[PostField, int]]:
    return {name: (field, worth) for field, names in HEADERS.items() for worth, name in enumerate(names)}
