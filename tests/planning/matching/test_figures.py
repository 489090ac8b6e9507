import json
from collections.abc import Set
from pathlib import Path

import pytest

from benchmarks import niches
from benchmarks.niche_figures import NicheQuery, average_precision, measure, read_queries, read_vocabulary, recall_at
from planning.matching.aliases import load_aliases
from planning.matching.encoder import Encoder
from planning.matching.matcher import MATCH, RELATED
from planning.matching.texts import joined

FOLDER = Path(__file__).parents[3] / niches.FOLDER


def query(relevant: set[str], ok: Set[str] = frozenset(), *, none: bool = False) -> NicheQuery:
    return NicheQuery("q", "n", frozenset(relevant), frozenset(ok), none)


def test_the_figures_by_hand() -> None:
    ranking = [("a", 0.9), ("b", 0.7), ("c", 0.5), ("d", 0.1)]
    figures, strict = measure(
        [query({"a", "c"}, {"b"}), query(set(), {"a", "b"}, none=True)], lambda _: ranking, match=0.6, related=0.4
    )
    assert (figures.recall_at_5, figures.mean_average_precision) == (1.0, 1.0)  # b is skipped
    assert (figures.precision_at_match, figures.recall_at_match) == (1.0, 0.5)  # a and b twice, all right; a of a and c
    assert (figures.precision_at_related, figures.recall_at_related) == (5 / 6, 1.0)
    assert figures.silent_on_none == 0.0  # c comes up
    assert (strict.mean_average_precision, strict.silent_on_none) == ((1 + 2 / 3) / 2, 0.0)
    assert recall_at(["x", "a"], frozenset("abcdefg"), 2) == 0.5
    assert average_precision(["x", "a"], frozenset("ab")) == 0.25


def test_the_command_prints_its_figures_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "v.json").write_text(json.dumps({"vocab": ["sea fishing", "ice cream"]}), encoding="utf-8")
    (tmp_path / "q.jsonl").write_text(json.dumps({"query": "angling", "relevant": ["sea fishing"]}), encoding="utf-8")
    given = ["niches", "--vocabulary", str(tmp_path / "v.json"), "--queries", str(tmp_path / "q.jsonl"), "--json"]
    monkeypatch.setattr("sys.argv", given)
    niches.main()
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["recall_at_5"] == 1.0
    assert figures["silent_on_none"] is None
    assert set(niches.LEAST) < set(figures) & set(figures["lexical"])


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{niches.FOLDER} is not there: no figures on real queries")
@pytest.mark.parametrize("aliases", ["as shipped", "without those that are queries of the file"])
def test_the_targets_on_real_queries(encoder: Encoder, monkeypatch: pytest.MonkeyPatch, aliases: str) -> None:
    queries = read_queries(FOLDER / "queries.jsonl")
    if aliases != "as shipped":
        for one in queries:
            monkeypatch.delitem(load_aliases(), joined(one.query), raising=False)
    rank = niches.by_meaning(read_vocabulary(FOLDER / "vocabulary.json"), encoder)
    figures, _ = measure(queries, rank, match=MATCH, related=RELATED)
    missed = {
        name: value for name, value in figures.rounded().items() if value is None or value < niches.LEAST.get(name, 0)
    }
    assert missed == {}
