"""The figures of niche matching, and the queries that they are measured on.

A query file has a JSON object a line: `query`; `relevant`, the tags that a planner wants; `ok`, those that nobody would
complain about; `niche`, the group that the query belongs to; `kind`, "none" where no tag is wanted. A vocabulary file
has the tags under `vocab`. All tags in neither list are wrong.

- recall@5: of the relevant tags, or five where there are more, the share among the first five. Tags that are ok are
  skipped: they take no place and earn none. The mean over queries with relevant tags.
- mean average precision: the mean, over the same queries, of the average precision of the whole ranking; ok skipped.
- precision at a cut: of all tags that come up for all queries, `none` queries too, the share that is relevant or ok.
- recall at a cut: of all relevant tags of all queries, the share that comes up.
- silent on none: the share of `none` queries for which nothing comes up, at the related cut, that is not ok. So it is
  also the share for which no stranger is shown, not even as "related, check".

`strict` has the first two with ok tags counted as wrong, and silence as nothing at all at the related cut.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FIRST = 5

Ranking = Sequence[tuple[str, float]]
"""All tags with their scores, best first."""


@dataclass(frozen=True, slots=True)
class NicheQuery:
    """A query and what it should find."""

    query: str
    niche: str
    relevant: frozenset[str]
    ok: frozenset[str]
    none: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares, 0 to 1, as the module says; None where no query tells."""

    recall_at_5: float | None
    mean_average_precision: float | None
    precision_at_match: float | None
    recall_at_match: float | None
    precision_at_related: float | None
    recall_at_related: float | None
    silent_on_none: float | None

    def rounded(self) -> dict[str, float | None]:
        """To four decimals."""
        return {name: None if value is None else round(value, 4) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Strict:
    """The same without the benefit of the doubt."""

    recall_at_5: float | None
    mean_average_precision: float | None
    silent_on_none: float | None


def read_queries(path: Path) -> list[NicheQuery]:
    """The queries of a file. Raises KeyError or ValueError where a line isn't one."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        NicheQuery(
            row["query"],
            row.get("niche", ""),
            frozenset(row["relevant"]),
            frozenset(row.get("ok", ())),
            row.get("kind") == "none",
        )
        for row in rows
    ]


def read_vocabulary(path: Path) -> list[str]:
    """The tags of a file, each once."""
    return list(dict.fromkeys(json.loads(path.read_text(encoding="utf-8"))["vocab"]))


def measure(
    queries: Sequence[NicheQuery], rank: Callable[[str], Ranking], *, match: float, related: float
) -> tuple[Figures, Strict]:
    """The figures of one way to rank."""
    answered = [(query, rank(query.query)) for query in queries]
    wanting = [(query, [name for name, _ in ranking]) for query, ranking in answered if query.relevant]
    unsure = [(query, [name for name in names if name not in query.ok - query.relevant]) for query, names in wanting]
    none = [(query, {name for name, score in ranking if score >= related}) for query, ranking in answered if query.none]
    figures = Figures(
        _mean(recall_at(names, query.relevant) for query, names in unsure),
        _mean(average_precision(names, query.relevant) for query, names in unsure),
        *_at_cut(answered, match),
        *_at_cut(answered, related),
        _mean(not found - query.ok for query, found in none),
    )
    strict = Strict(
        _mean(recall_at(names, query.relevant) for query, names in wanting),
        _mean(average_precision(names, query.relevant) for query, names in wanting),
        _mean(not found for _, found in none),
    )
    return figures, strict


def recall_at(names: Sequence[str], relevant: frozenset[str], first: int = FIRST) -> float:
    """The share of the relevant tags, or of as many as there are places, among the first ones."""
    return len(relevant.intersection(names[:first])) / min(first, len(relevant))


def average_precision(names: Sequence[str], relevant: frozenset[str]) -> float:
    """The mean, over the relevant tags, of the precision down to each; 0 for one that isn't ranked."""
    places = [place for place, name in enumerate(names, 1) if name in relevant]
    return sum(count / place for count, place in enumerate(places, 1)) / len(relevant)


def _at_cut(answered: Sequence[tuple[NicheQuery, Ranking]], cut: float) -> tuple[float | None, float | None]:
    shown = right = hits = wanted = 0
    for query, ranking in answered:
        found = {name for name, score in ranking if score >= cut}
        shown += len(found)
        right += len(found & (query.relevant | query.ok))
        hits += len(found & query.relevant)
        wanted += len(query.relevant)
    return right / shown if shown else None, hits / wanted if wanted else None


def _mean(values: Iterable[float]) -> float | None:
    given = list(values)
    return sum(given) / len(given) if given else None
