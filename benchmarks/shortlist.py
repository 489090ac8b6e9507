"""A shortlist of 25 with four filters, against sqlite3 by hand and against a warm data frame."""

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import roster
from benchmarks.built import GUILD, built_database, database_url
from benchmarks.figures import Row, note, percentile, print_row, spread
from planning.platform import Platform
from planning.shortlists import Pick, ShortlistQuery, Tag
from planning.tiers import DEFAULT_LADDER
from storage.database import SqlDatabase
from storage.types import PLATFORM_CODES

PICKS = 25
QUESTIONS = 300
TRIES = 3_000
PRICES = (50, 75, 100, 150, 250)
"""Euro a post; half of the micro accounts ask less than about 75."""
ROUNDS = 3
FRAME_QUESTIONS = 100
BLOCK = 20
SETTLE_SECONDS = 0.2
"""After this polars' threads have stopped looking for more work."""
SMALLER = 100
FEWEST = 10_000
MOST_TIMES_RAW = 10
LEAST_TIMES_FRAME = 15
FRAME_ACCOUNTS = 1_000_000
"""Of so many: a frame reads them all, so a smaller one is faster, and nothing is promised."""
MOST_GROWTH = 2

# What the repository asks, by hand: the picks from the posting list, then the columns of their accounts.
RAW = """
WITH picked AS (
    SELECT score, followers, account_id, position FROM niche_posting
    WHERE guild_id = :guild AND niche_id = (SELECT id FROM niche WHERE guild_id = :guild AND name = :niche)
      AND followers >= :low AND followers < :high AND platform = :platform AND country = :country
      AND price_currency = :currency AND price_minor <= :max_price
    ORDER BY score DESC, followers DESC, account_id DESC LIMIT :limit
)
SELECT picked.score, picked.position, id, platform, handle, name, country, language, price_minor, price_currency,
       account.followers, followers_at, likes, comments, views, posts, engagement_at, source, added_at,
       sample_posts, sample_first_at, sample_last_at, sample_mean, sample_weight, sample_spread, posts_read_at,
       rate, rate_low, rate_high, rate_formula, rate_fit,
       (SELECT json_group_array(name) FROM (
            SELECT niche.name FROM account_niche
            JOIN niche ON niche.guild_id = account_niche.guild_id AND niche.id = account_niche.niche_id
            WHERE account_niche.guild_id = account.guild_id AND account_niche.account_id = account.id
            ORDER BY account_niche.position))
FROM picked JOIN account ON account.guild_id = :guild AND account.id = picked.account_id
ORDER BY picked.score DESC, picked.followers DESC, picked.account_id DESC
"""


async def run(accounts: int) -> None:
    """Print the rows: against raw sqlite3, against a frame, growth from a hundredth of the accounts."""
    fewer = max(FEWEST, accounts // SMALLER)
    small_path, path = await built_database(fewer), await built_database(accounts)
    database, small = SqlDatabase(database_url(path)), SqlDatabase(database_url(small_path))
    with closing(connect(path)) as raw, closing(connect(small_path)) as raw_small:
        await _against_raw("4 filters", accounts, database, raw, questions(raw, QUESTIONS))
        rare = questions(raw, QUESTIONS, by_frequency=False)
        await _against_raw("4 rare filters", accounts, database, raw, rare)
        await _growth(fewer, accounts, small, database, questions(raw_small, QUESTIONS))
        await _against_frame(accounts, database, raw, questions(raw, FRAME_QUESTIONS))
    await database.close()
    await small.close()


async def _against_raw(
    filters: str, accounts: int, database: SqlDatabase, raw: sqlite3.Connection, questions: Sequence[ShortlistQuery]
) -> None:
    ours: list[float] = []
    theirs: list[float] = []
    async for spent, picks, raw_spent, rows in in_turn(database, questions, lambda question: _ask_raw(raw, question)):
        assert [pick.account.id for pick in picks] == [row[2] for row in rows]
        ours.append(spent)
        theirs.append(raw_spent)
    ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
    print_row(
        Row(
            f"shortlist of {PICKS}, {len(questions)} x {filters}",
            f"{accounts:,} accounts",
            spread(ours),
            f"raw sqlite3: {spread(theirs)}",
            f"{ratio:.1f} x",
            f"<= {MOST_TIMES_RAW} x",
            ratio <= MOST_TIMES_RAW,
        )
    )


async def _growth(
    fewer: int, accounts: int, small: SqlDatabase, large: SqlDatabase, questions: Sequence[ShortlistQuery]
) -> None:
    """The questions are those that the small roster too answers in full."""
    before: list[float] = []
    after: list[float] = []
    for turn in range(1 + ROUNDS):
        for question in questions:
            small_spent, _ = await ask(small, question)
            large_spent, _ = await ask(large, question)
            if turn:
                before.append(small_spent)
                after.append(large_spent)
    ratio = percentile(after, 0.5) / percentile(before, 0.5)
    print_row(
        Row(
            f"the same, {len(questions)} that both answer",
            f"{fewer:,} -> {accounts:,}",
            spread(after),
            f"at {fewer:,}: {spread(before)}",
            f"{ratio:.2f} x",
            f"< {MOST_GROWTH} x",
            ratio < MOST_GROWTH,
        )
    )


async def _against_frame(
    accounts: int, database: SqlDatabase, raw: sqlite3.Connection, questions: Sequence[ShortlistQuery]
) -> None:
    what, at = f"the same, {len(questions)} x 4 filters", f"{accounts:,} accounts"
    try:
        from benchmarks.frame import Frame
    except ImportError:
        print_row(Row(what, at, "", "polars is not installed: make bench"))
        return
    note("reading the roster into a data frame …")
    frame = Frame(raw)
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(1 + ROUNDS):
        # A block each: after every answer polars' threads look for more work for a while. Nobody who uses the one has
        # the other running beside it, so ours waits until they are still.
        for start in range(0, len(questions), BLOCK):
            block = questions[start : start + BLOCK]
            await asyncio.sleep(SETTLE_SECONDS)
            answers = [await ask(database, question) for question in block]
            frame_answers = [timed(lambda question=question: frame.ask(question)) for question in block]
            for (_, picks), (_, rows) in zip(answers, frame_answers, strict=True):
                assert [pick.account.id for pick in picks] == [row["id"] for row in rows]
            if turn:
                ours += [spent for spent, _ in answers]
                theirs += [spent for spent, _ in frame_answers]
    ratio = percentile(theirs, 0.5) / percentile(ours, 0.5)
    print_row(
        Row(
            what,
            at,
            spread(ours),
            f"warm polars frame: {spread(theirs)}",
            f"{ratio:.1f} x faster",
            f">= {LEAST_TIMES_FRAME} x faster",
            ratio >= LEAST_TIMES_FRAME if accounts >= FRAME_ACCOUNTS else None,
        )
    )


def questions(
    raw: sqlite3.Connection, count: int, *, by_frequency: bool = True, of_niches: Collection[str] = roster.NICHES
) -> list[ShortlistQuery]:
    """Different questions that 25 accounts or more answer: so many, or fewer where the roster has no more.

    Asked as often as the roster has what they ask for, or, by turns of the dice alone, of every niche, platform and
    country alike: most of those are rare together, so that nearly whole posting lists are read.
    """
    draw = random.Random(roster.SEED)  # noqa: S311 - no secret
    micro = DEFAULT_LADDER.tiers[1]
    euro = {country: 0.0 for country, _, currency in roster.PLACES if currency == "EUR"}
    for (country, _, _), weight in roster.PLACES.items():
        if country in euro:
            euro[country] += weight
    weights = roster.zipf(roster.NICHES, flat=roster.NICHES_FLAT)
    niches = {niche: weights[niche] for niche in roster.NICHES if niche in of_niches}

    def one(weights: Mapping[str, float]) -> str:
        return draw.choices(list(weights), list(weights.values()) if by_frequency else None)[0]

    chosen: dict[ShortlistQuery, None] = {}
    for _ in range(TRIES):
        if len(chosen) == count:
            break
        niche = one(niches)
        question = ShortlistQuery(
            niche=niche,
            tags=(Tag(niche),),
            followers=(micro.low, micro.high),
            platform=Platform(one(roster.PLATFORMS)),
            country=one(euro),
            max_price_minor=draw.choice(PRICES) * 100,
            limit=PICKS,
        )
        if question not in chosen and len(_ask_raw(raw, question)) == PICKS:
            chosen[question] = None
    return list(chosen)


def _ask_raw(connection: sqlite3.Connection, question: ShortlistQuery) -> list[tuple[Any, ...]]:
    return connection.execute(RAW, parameters(question)).fetchall()


def parameters(question: ShortlistQuery) -> dict[str, Any]:
    """What a statement by hand is given."""
    assert question.platform is not None
    low, high = question.followers
    return {
        "guild": 1,
        "niche": question.niche,
        "low": low,
        "high": high,
        "platform": PLATFORM_CODES[question.platform],
        "country": question.country,
        "currency": question.currency,
        "max_price": question.max_price_minor,
        "limit": question.limit,
    }


async def in_turn(
    database: SqlDatabase,
    questions: Sequence[ShortlistQuery],
    rival: Callable[[ShortlistQuery], list[tuple[Any, ...]]],
) -> AsyncGenerator[tuple[float, list[Pick], float, list[tuple[Any, ...]]]]:
    """Seconds and picks of ours, seconds and rows of the rival's, for each question; a first round only warms."""
    for turn in range(1 + ROUNDS):
        for question in questions:
            spent, picks = await ask(database, question)
            rival_spent, rows = timed(lambda question=question: rival(question))
            if turn:
                yield spent, picks, rival_spent, rows


async def ask(database: SqlDatabase, question: ShortlistQuery) -> tuple[float, list[Pick]]:
    """Seconds and picks of the repository alone."""
    async with database.reading(GUILD) as store:
        began = time.perf_counter()
        picks = await store.shortlists.best(question)
        return time.perf_counter() - began, picks


def timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and answer."""
    began = time.perf_counter()
    answer = ask()
    return time.perf_counter() - began, answer


def connect(path: Path) -> sqlite3.Connection:
    """sqlite3 by hand, set as the product's readers are."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-65536")  # as the product's readers have it
    return connection
