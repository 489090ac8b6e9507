"""Matching by letters: what is left where the encoder can't be imported. It finds other spellings, not other words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

LETTERS_MATCH = 0.80
LETTERS_RELATED = 0.70
"""Cuts for `letter_scores`: below them more is wrong than right (`benchmarks.niches`)."""


def letter_scores(query: str, names: Sequence[str]) -> NDArray[np.float32]:
    """How alike the query's and each name's letters are, 0 to 1, shape (names,)."""
    return process.cdist([query], names, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
