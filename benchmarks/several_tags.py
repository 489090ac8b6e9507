"""A shortlist of 25 over five tags: merged with a threshold stop, against reading all five lists whole."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from benchmarks import roster
from benchmarks.built import built_database, database_url
from benchmarks.figures import Row, percentile, print_row, spread
from benchmarks.shortlist import PICKS, connect, in_turn, parameters, questions
from planning.ranking import shift
from planning.shortlists import ShortlistQuery, Tag
from storage.database import SqlDatabase

WEIGHTS = (1.0, 0.95, 0.88, 0.8, 0.72)
QUESTIONS = 100
MOST_MS = 25

# Everyone in any of the lists, each by the best of their tags, and only then the first 25.
WHOLE = """
SELECT account_id, max(score + weight) AS weighted, followers FROM niche_posting
JOIN (SELECT niche.id, wanted.value ->> 1 AS weight FROM json_each(:tags) AS wanted
      JOIN niche ON niche.guild_id = :guild AND niche.name = wanted.value ->> 0) AS tag ON tag.id = niche_id
WHERE guild_id = :guild AND followers >= :low AND followers < :high AND platform = :platform AND country = :country
  AND price_currency = :currency AND price_minor <= :max_price
GROUP BY account_id ORDER BY weighted DESC, followers DESC, account_id DESC LIMIT :limit
"""


async def run(accounts: int) -> None:
    """Print the row."""
    path = await built_database(accounts)
    database = SqlDatabase(database_url(path))
    with closing(connect(path)) as raw:
        asked = [of_five(question) for question in questions(raw, QUESTIONS)]
        await _against_whole("4 filters", accounts, database, raw, asked)
    await database.close()


async def _against_whole(
    filters: str, accounts: int, database: SqlDatabase, raw: sqlite3.Connection, asked: Sequence[ShortlistQuery]
) -> None:
    ours: list[float] = []
    theirs: list[float] = []
    async for spent, picks, whole_spent, rows in in_turn(database, asked, lambda question: _ask_whole(raw, question)):
        assert [(pick.account.id, pick.score) for pick in picks] == [(row[0], row[1]) for row in rows]
        ours.append(spent)
        theirs.append(whole_spent)
    middle = percentile(ours, 0.5) * 1_000
    print_row(
        Row(
            f"shortlist of {PICKS} over {len(WEIGHTS)} tags, {len(asked)} x {filters}",
            f"{accounts:,} accounts",
            spread(ours),
            f"all lists read whole: {spread(theirs)}",
            f"{middle:.1f} ms",
            f"<= {MOST_MS} ms",
            middle <= MOST_MS,
        )
    )


def of_five(question: ShortlistQuery) -> ShortlistQuery:
    """The question over its own niche and the four that follow it among the roster's, the most carried first."""
    names = list(roster.NICHES)
    first = names.index(question.niche)
    chosen = [names[(first + step) % len(names)] for step in range(len(WEIGHTS))]
    return replace(question, tags=tuple(Tag(name, weight) for name, weight in zip(chosen, WEIGHTS, strict=True)))


def _ask_whole(connection: sqlite3.Connection, question: ShortlistQuery) -> list[tuple[Any, ...]]:
    tags = ",".join(f'["{tag.name}", {shift(tag.weight)}]' for tag in question.tags)
    return connection.execute(WHOLE, parameters(question) | {"tags": f"[{tags}]"}).fetchall()
