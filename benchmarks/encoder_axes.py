"""Writes planning/tables/encoder_axes.npy: the mean and the directions that `planning.matching.encoder` keeps.

    python -m benchmarks.encoder_axes

Run it when the encoder's package or the readings change, raise the recipe's number, and run `benchmarks.niches`.
"""

import unicodedata
from pathlib import Path
from typing import Any, cast

import numpy as np

from planning.matching.encoder import SIZE, Model, Vectors, load_model, read_twice

TABLE = Path(__file__).parent.parent / "planning" / "tables" / "encoder_axes.npy"
EVERY = 12
"""One whole word of the vocabulary in twelve is measured: about 4,500."""
COMMONEST = 8
"""Directions that are left out: those in which words differ most, whatever they mean."""


def measure_axes(model: Model, *, every: int = EVERY) -> Vectors:
    """The mean in row 0, then the directions, shape (257, 512)."""
    vectors = read_twice(model, whole_words(model)[::every])
    mean = vectors.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov(vectors - mean, rowvar=False))
    return np.vstack((mean, directions.T[::-1][COMMONEST : COMMONEST + SIZE]))


def whole_words(model: Model) -> list[str]:
    """The pieces of the model's vocabulary that are whole words in Latin letters, in its order."""
    pieces = cast("Any", model)._tokenizer._pieces  # noqa: SLF001 - the package has no other way to its vocabulary
    return [piece[1:] for piece in pieces if piece.startswith("\u2581") and _is_latin(piece[1:])]


def _is_latin(word: str) -> bool:
    return word.isalpha() and all("LATIN" in unicodedata.name(letter, "") for letter in word)


if __name__ == "__main__":
    np.save(TABLE, measure_axes(load_model()).astype("<f2"), allow_pickle=False)
