"""Niches as people say them: how well queries find a server's tags, beside matching by letters; and how fast.

    python -m benchmarks.niches --vocabulary V.json --queries Q.jsonl [--json]

`benchmarks.niche_figures` says what the files hold and what each figure means. With --json the last line is a JSON
object; its `lexical` has the figures of trigrams, the better of the two, and in it those of rapidfuzz.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.figures import Row, milliseconds, note, percentile, print_header, print_row, spread
from benchmarks.niche_figures import Figures, NicheQuery, Ranking, Strict, measure, read_queries, read_vocabulary
from planning.matching.encoder import Encoder, load_model, to_bytes, units
from planning.matching.matcher import MATCH, RELATED, best_first, match_niches, score_tags
from planning.matching.tags import Tags
from planning.matching.texts import readable

FOLDER = Path("../shared/data/niches")
"""Queries and tags to show the figures on, where they are there."""
LEAST = {
    "recall_at_5": 0.84,
    "mean_average_precision": 0.81,
    "precision_at_match": 0.95,
    "silent_on_none": 0.93,
}
LETTERS_CUTS = {"rapidfuzz": (0.80, 0.70), "trigrams": (0.50, 0.35)}
"""Where letters alone are about as sure as they get."""
TAGS = 20_000
MOST_MATCHING = 0.010
MOST_LOADING = 0.300
ROUNDS = 200
KINDS = (
    *(
        "vegan",
        "budget",
        "street",
        "home",
        "winter",
        "vintage",
        "family",
        "urban",
        "slow",
        "luxury",
        "beginner",
        "dutch",
    ),
    *("japanese", "outdoor", "digital", "handmade", "modern", "sustainable", "local", "classic"),
)
WHAT = (
    *("food", "travel", "fashion", "beauty", "fitness", "photography", "gardening", "music", "dance", "art", "crafts"),
    *("cars", "books", "films", "games", "pets", "science", "finance", "parenting", "weddings", "cooking", "hiking"),
    *("cycling", "swimming", "running"),
)


async def run(accounts: int) -> None:  # noqa: ARG001 - the promise is for 20,000 tags
    """Print the rows."""
    begun = time.perf_counter()
    encoder = Encoder(load_model())
    print_row(Row("the encoder, loaded once, in a thread", "", milliseconds(time.perf_counter() - begun)))
    _speed(encoder)
    _figures(encoder)


def _figures(encoder: Encoder) -> None:
    if FOLDER.is_dir():
        _quality(read_vocabulary(FOLDER / "vocabulary.json"), read_queries(FOLDER / "queries.jsonl"), encoder)
    else:
        note(f"{FOLDER} is not there: no figures are shown")


def by_meaning(names: Sequence[str], encoder: Encoder) -> Callable[[str], Ranking]:
    """Ranks as the product does, its pinned tags first."""
    tags = Tags.stored(dict(zip(names, to_bytes(encoder.encode(names)), strict=True)))

    def rank(query: str) -> Ranking:
        scored = score_tags(query, tags, encoder=encoder)
        return [(one.tag, one.score) for one in best_first(tags, scored, range(len(names)))]

    return rank


def by_rapidfuzz(names: Sequence[str]) -> Callable[[str], Ranking]:
    """Ranks by rapidfuzz.WRatio."""
    plain = {name: readable(name).casefold() for name in names}

    def rank(query: str) -> Ranking:
        alike = process.extract(readable(query).casefold(), plain, scorer=fuzz.WRatio, limit=None)
        return _ranking((name, score / 100) for _, score, name in alike)

    return rank


def by_trigrams(names: Sequence[str]) -> Callable[[str], Ranking]:
    """Ranks by the trigrams of characters that both have, of those that either has (Jaccard), as `pg_trgm` does."""
    known = {name: _trigrams(name) for name in names}

    def rank(query: str) -> Ranking:
        wanted = _trigrams(query)
        return _ranking((name, len(wanted & have) / (len(wanted | have) or 1)) for name, have in known.items())

    return rank


def _ranking(scored: Iterable[tuple[str, float]]) -> Ranking:
    return sorted(scored, key=lambda one: (-one[1], one[0]))


def _trigrams(text: str) -> set[str]:
    padded = f"  {readable(text).casefold()} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _speed(encoder: Encoder) -> None:
    stored = _made_tags(encoder)
    begun = time.perf_counter()
    tags = Tags.stored(stored)
    matrix = time.perf_counter() - begun
    begun = time.perf_counter()
    match_niches("warm up", tags, encoder=encoder)
    first = time.perf_counter() - begun
    queries = [f"{what} {kind}" for what in WHAT for kind in KINDS]
    spent: list[float] = []
    for turn in range(ROUNDS):
        begun = time.perf_counter()
        match_niches(queries[turn % len(queries)], tags, encoder=encoder)
        spent.append(time.perf_counter() - begun)
    half = percentile(spent, 0.5)
    at = f"{TAGS:,} tags"
    print_row(
        Row(
            "tags' vectors and spellings, once",
            at,
            milliseconds(matrix + first),
            f"of which the vectors: {milliseconds(matrix)}",
            "",
            f"<= {milliseconds(MOST_LOADING)}",
            matrix + first <= MOST_LOADING,
        )
    )
    encoding = statistics.median(_timed(lambda: encoder.encode(["vegan baking"])) for _ in range(ROUNDS))
    print_row(
        Row(
            "a query matched to all tags",
            at,
            spread(spent),
            f"of which encoding: {milliseconds(encoding)}",
            "",
            f"<= {milliseconds(MOST_MATCHING)}",
            half <= MOST_MATCHING,
        )
    )


def _made_tags(encoder: Encoder) -> dict[str, bytes]:
    """Invented tags: five hundred by meaning, and around each of them others that lie where its siblings might."""
    read = [f"{kind} {what}" for what in WHAT for kind in KINDS]
    vectors = encoder.encode(read)
    each = TAGS // len(read)
    chance = np.random.default_rng(1)
    noise = chance.normal(0, 1 / np.sqrt(vectors.shape[1]), (each, *vectors.shape))
    around = units((vectors + 1.5 * noise).reshape(-1, vectors.shape[1]))
    names = [
        f"{name} {letters}"
        for letters in ("".join(chance.choice(list("abcdefghij"), 5)) for _ in range(each))
        for name in read
    ]
    return dict(zip(names, to_bytes(around), strict=True))


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _quality(names: Sequence[str], queries: Sequence[NicheQuery], encoder: Encoder) -> Mapping[str, object]:
    ours, strict = measure(queries, by_meaning(names, encoder), match=MATCH, related=RELATED)
    rivals = {"rapidfuzz": by_rapidfuzz(names), "trigrams": by_trigrams(names)}
    lexical = {
        name: measure(queries, rank, match=LETTERS_CUTS[name][0], related=LETTERS_CUTS[name][1])[0]
        for name, rank in rivals.items()
    }
    at = f"{len(queries):,} on {len(names):,} tags"
    for figure in Figures.__slots__:
        _print_figure(figure, at, getattr(ours, figure), {name: getattr(of, figure) for name, of in lexical.items()})
    for figure in Strict.__slots__:
        _print_figure(f"{figure}, ok counted as wrong", at, getattr(strict, figure), {})
    return ours.rounded() | {
        "strict": {name: None if value is None else round(value, 4) for name, value in asdict(strict).items()},
        "lexical": lexical["trigrams"].rounded() | {"rapidfuzz": lexical["rapidfuzz"].rounded()},
        "queries": len(queries),
        "tags": len(names),
    }


def _print_figure(figure: str, at: str, ours: float | None, rivals: dict[str, float | None]) -> None:
    least = LEAST.get(figure)
    print_row(
        Row(
            figure.replace("_", " "),
            at,
            _share(ours),
            ", ".join(f"{name} {_share(value)}" for name, value in rivals.items()),
            "",
            "" if least is None else f">= {least}",
            None if least is None or ours is None else ours >= least,
        )
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def main() -> None:
    """Print the figures of the given files."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.niches", description="Measure niche matching.")
    parser.add_argument("--vocabulary", type=Path, required=True, help='JSON: {"vocab": [tags]}')
    parser.add_argument("--queries", type=Path, required=True, help="a JSON object a line: query, relevant, ok, kind")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON in the last line")
    given = parser.parse_args()
    names, queries = read_vocabulary(given.vocabulary), read_queries(given.queries)
    print_header()
    found = _quality(names, queries, Encoder(load_model()))
    if given.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
