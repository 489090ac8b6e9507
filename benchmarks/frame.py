"""What a team would do instead: its roster in a warm polars frame. Needs polars (constraints-bench.txt)."""

import sqlite3
from collections import defaultdict
from typing import Any

import polars as pl  # pyright: ignore[reportMissingImports] - installed for benchmarks only

from planning.shortlists import ShortlistQuery
from storage.types import PLATFORMS

_COLUMNS = (
    *("id", "platform", "handle", "name", "country", "language", "price_minor", "price_currency"),
    *("followers", "likes", "comments", "views", "posts"),
)
_ACCOUNTS = f"SELECT {', '.join(_COLUMNS)} FROM account ORDER BY id"
_NICHES = """
SELECT account_id, niche.name, posted_score FROM account_niche
JOIN niche ON niche.guild_id = account_niche.guild_id AND niche.id = account_niche.niche_id
ORDER BY account_id, position
"""


class Frame:
    """The roster, a row an account, with what a file of it says, its niches as a list, and the scores it takes us
    long to compute: one for each of its niches, in columns of their own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        niches: defaultdict[int, list[str]] = defaultdict(list)
        scores: defaultdict[int, list[int]] = defaultdict(list)
        for account_id, name, score in connection.execute(_NICHES):
            niches[account_id].append(name)
            scores[account_id].append(score)
        columns: dict[str, Any] = dict(zip(_COLUMNS, zip(*connection.execute(_ACCOUNTS), strict=True), strict=True))
        ids = columns["id"]
        columns |= {
            "platform": [PLATFORMS[code].value for code in columns["platform"]],
            "niches": [niches[account_id] for account_id in ids],
        }
        self._positions = range(max(map(len, scores.values())))
        padding = [None] * len(self._positions)
        by_position = zip(*((*scores[account_id], *padding)[: len(padding)] for account_id in ids), strict=True)
        columns |= {f"score_{position}": values for position, values in enumerate(by_position)}
        self._frame = pl.DataFrame(columns)

    def ask(self, question: ShortlistQuery) -> list[dict[str, Any]]:
        """The picks, best first, each with its columns."""
        low, high = question.followers
        picked = (
            self._frame.lazy()
            .filter(
                pl.col("niches").list.contains(question.niche),
                pl.col("followers").is_between(low, high, closed="left"),
                pl.col("platform") == question.platform,
                pl.col("country") == question.country,
                pl.col("price_currency") == question.currency,
                pl.col("price_minor") <= question.max_price_minor,
            )
            .with_columns(
                score=pl.coalesce(
                    pl.when(pl.col("niches").list.get(position, null_on_oob=True) == question.niche).then(
                        f"score_{position}"
                    )
                    for position in self._positions
                )
            )
            .top_k(question.limit, by=["score", "followers", "id"])
        )
        return picked.collect().to_dicts()
