"""What a team would do instead: its roster in a warm polars frame. Needs polars (constraints-bench.txt)."""

import sqlite3
from collections import defaultdict

import polars as pl  # pyright: ignore[reportMissingImports] - installed for benchmarks only

from planning.shortlists import ShortlistQuery
from storage.types import PLATFORMS

_ACCOUNTS = "SELECT id, platform, country, followers, price_minor, price_currency FROM account ORDER BY id"
_NICHES = """
SELECT account_id, niche.name, position, posted_score FROM account_niche
JOIN niche ON niche.guild_id = account_niche.guild_id AND niche.id = account_niche.niche_id
ORDER BY account_id, position
"""


class Frame:
    """The roster, a row an account; both its scores are there already: for its main niche, and for any other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        niches: defaultdict[int, list[str]] = defaultdict(list)
        scores: dict[int, list[int]] = {}
        for account_id, name, position, score in connection.execute(_NICHES):
            niches[account_id].append(name)
            scores.setdefault(account_id, [score, 0])[min(position, 1)] = score
        ids, platforms, countries, followers, prices, currencies = zip(*connection.execute(_ACCOUNTS), strict=True)
        self._frame = pl.DataFrame(
            {
                "id": ids,
                "platform": [PLATFORMS[code].value for code in platforms],
                "country": countries,
                "followers": followers,
                "price": prices,
                "currency": currencies,
                "niches": [niches[account_id] for account_id in ids],
                "main": [scores[account_id][0] for account_id in ids],
                "other": [scores[account_id][1] for account_id in ids],
            },
            schema_overrides={"platform": pl.Categorical, "country": pl.Categorical, "currency": pl.Categorical},
        )

    def ask(self, question: ShortlistQuery) -> list[int]:
        """The ids of the picks, best first."""
        low, high = question.followers
        wanted = (
            self._frame.lazy()
            .filter(
                pl.col("followers").is_between(low, high, closed="left"),
                pl.col("platform") == question.platform,
                pl.col("country") == question.country,
                pl.col("currency") == question.currency,
                pl.col("price") <= question.max_price_minor,
            )
            .filter(pl.col("niches").list.contains(question.niche))
            .with_columns(
                score=pl.when(pl.col("niches").list.first() == question.niche).then("main").otherwise("other")
            )
        )
        return wanted.top_k(question.limit, by=["score", "followers", "id"]).collect()["id"].to_list()
