"""Columns of a post file's cells into columns of values."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.imports.cells import CellReader, find_marks
from planning.imports.headers import PLATFORM_WORDS, Field
from planning.post_files.headers import KINDS, NO, YES, PostField
from planning.posts import PostKind
from planning.reasons import Reason
from planning.tables import fold

Failures = list[tuple[int, InvalidValue]]
"""The cells of a column that can't be read, by their places."""

_UNKNOWN = frozenset({"-1", "-1.0", "\u22121"})
"""What scrapers write for a figure that the platform hides."""

_GROUPED = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]{1,9})?+(?:\0(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]{1,9})?+)*+")

_COUNT_REASONS = {Reason.NOT_WHOLE, Reason.NEGATIVE, Reason.TOO_LARGE}
_LONGEST_WORD = 60
_AROUND = {*PLATFORM_WORDS, "de", "do", "d", "sur"}
"""What stands around the word for a kind: IG reel, Reel de IG."""


def parse_kind(text: str) -> PostKind | None:
    """The kind of post that a platform's or a person's word means; None where the cell is blank.

    Raises `InvalidValue` (NOT_A_KIND).
    """
    if is_blank(text):
        return None
    words = fold(text[:_LONGEST_WORD])
    kind = KINDS.get(words) or KINDS.get(" ".join(word for word in words.split() if word not in _AROUND))
    if kind is None:
        raise InvalidValue("kind", text, Reason.NOT_A_KIND)
    return kind


def parse_sponsored(text: str) -> bool | None:
    """Whether a post was paid for; None where the cell is blank. Raises `InvalidValue` (NOT_YES_OR_NO)."""
    words = fold(text[:_LONGEST_WORD])
    if words in YES:
        return True
    if words in NO:
        return False
    if is_blank(text):
        return None
    raise InvalidValue("sponsored", text, Reason.NOT_YES_OR_NO)


class FigureReader:
    """Reads the columns of figures of one file, whose numbers are all written alike."""

    def __init__(self, cells: Sequence[str]) -> None:
        """`cells` are the file's figures, of all its columns: what one shows about the decimal mark tells for all."""
        marks = find_marks({Field.FOLLOWERS: cells})
        self._cells = CellReader(lambda: marks, None)
        self._commas_group = marks.plain != ","

    def read(self, field: PostField, cells: Sequence[str]) -> tuple[list[int | None], Failures]:
        """Each cell's figure, None where it is hidden, says nothing or can't be read; the last are failures too.

        Failures are NOT_A_NUMBER or NOT_A_COUNT.
        """
        if not _UNKNOWN.isdisjoint(cells):
            cells = ["" if cell in _UNKNOWN else cell for cell in cells]
        if self._commas_group:
            cells = _without_commas(cells)
        values, failures = self._cells.read(Field.FOLLOWERS, cells)
        return values, [(place, _worded(field, failure)) for place, failure in failures]


def _without_commas(cells: Sequence[str]) -> Sequence[str]:
    """The cells without the commas that group their thousands, where all are so simple; else as they are.

    One look at all the cells together instead of one at each: the same figures, several times faster.
    """
    joined = "\0".join(cells)
    if "," not in joined or not _GROUPED.fullmatch(joined):
        return cells
    bare = joined.replace(",", "").split("\0")
    return bare if len(bare) == len(cells) else cells


def _worded(field: PostField, failure: InvalidValue) -> InvalidValue:
    reason = Reason.NOT_A_COUNT if failure.reason in _COUNT_REASONS else failure.reason
    return InvalidValue(field.value, failure.value, reason)


class WordReader:
    """Reads columns of words that repeat from row to row, each word once."""

    def __init__(self, parse: Callable[[str], object]) -> None:
        self._parse = parse
        self._known: dict[str, object] = {}

    def read(self, cells: Sequence[str]) -> tuple[list[Any], Failures]:
        """Each cell's value, None where it says nothing or can't be read; the last are failures too."""
        known = self._known
        for cell in set(cells).difference(known):
            try:
                known[cell] = self._parse(cell)
            except InvalidValue as failure:
                known[cell] = failure
        values: list[Any] = [known[cell] for cell in cells]
        failures: Failures = []
        for place, value in enumerate(values):
            if isinstance(value, InvalidValue):
                failures.append((place, value))
                values[place] = None
        return values, failures
