"""Autocomplete of a handle by any part of it or of the name."""

import random
import sqlite3
import time
from pathlib import Path

from benchmarks import roster
from benchmarks.built import GUILD, built_database, database_url
from benchmarks.figures import Row, percentile, print_row, spread
from planning.services.accounts import suggest_accounts
from storage.database import SqlDatabase

CHOICES = 25
LONGEST = 10
OF_EACH_LENGTH = 60
EVERY_TENTH = 10
MOST_SECONDS = 0.050

ONE = "SELECT handle, name FROM account WHERE guild_id = 1 AND id = ?"

# What one would write by hand: the whole roster read at each key press.
SCAN = """
SELECT id, platform, handle, name, followers FROM account WHERE guild_id = 1 AND search_text LIKE ? ESCAPE '\\'
ORDER BY followers DESC LIMIT 25
"""


async def run(accounts: int) -> None:
    """Print the rows: a mix of texts of each length, then the texts that the roster is fullest of."""
    path = await built_database(accounts)
    database = SqlDatabase(database_url(path))
    connection = sqlite3.connect(path)
    for text in ("a", "an", "ann"):
        await suggest_accounts(database, GUILD, text, limit=CHOICES)
    kinds = {
        "any part of a handle or name": _parts(path, accounts),
        "parts that few or none have": _rare(),
        "parts that very many have": _frequent(),
    }
    for what, texts in kinds.items():
        await _measure(what, accounts, database, connection, texts)
    connection.close()
    await database.close()


async def _measure(
    what: str, accounts: int, database: SqlDatabase, connection: sqlite3.Connection, texts: list[str]
) -> None:
    ours: list[float] = []
    theirs: list[float] = []
    for place, text in enumerate(texts):
        began = time.perf_counter()
        await suggest_accounts(database, GUILD, text, limit=CHOICES)
        ours.append(time.perf_counter() - began)
        if place % EVERY_TENTH == 0:
            began = time.perf_counter()
            connection.execute(SCAN, ("%" + text.replace("_", r"\_") + "%",)).fetchall()
            theirs.append(time.perf_counter() - began)
    slowest = percentile(ours, 0.95)
    print_row(
        Row(
            f"autocomplete, {what}",
            f"{accounts:,} accounts",
            spread(ours),
            f"raw scan, LIKE: {spread(theirs)}",
            f"{percentile(theirs, 0.5) / percentile(ours, 0.5):.1f} x faster",
            f"p95 <= {MOST_SECONDS * 1000:.0f} ms",
            slowest <= MOST_SECONDS,
        )
    )


def _parts(path: Path, accounts: int) -> list[str]:
    """Parts of one to ten characters of handles and names that are there, as often as they are."""
    draw = random.Random(roster.SEED)  # noqa: S311 - no secret
    connection = sqlite3.connect(path)
    parts: list[str] = []
    for length in range(1, LONGEST + 1):
        for _ in range(OF_EACH_LENGTH):
            wanted = (draw.randint(1, accounts),)
            handle, name = connection.execute(ONE, wanted).fetchone()
            text = draw.choice([handle, name or handle])
            start = draw.randrange(max(1, len(text) - length + 1))
            parts.append(text[start : start + length])
    connection.close()
    draw.shuffle(parts)
    return parts


def _rare() -> list[str]:
    """Parts that no word of the roster has, numbers at the end of handles, and frequent syllables that never meet."""
    draw = random.Random(roster.SEED)  # noqa: S311 - no secret
    absent = ["".join(draw.choices("qxzjvwy", k=draw.randint(3, LONGEST))) for _ in range(60)]
    numbers = [f"_{draw.randint(20, 400)}" for _ in range(60)]
    never = ["".join(draw.choices(roster.SYLLABLES, k=5))[:LONGEST] for _ in range(60)]
    return absent + numbers + never


def _frequent() -> list[str]:
    """Single letters, syllables, pairs of them, and the words that handles are made of."""
    pairs = [one + other for one in roster.SYLLABLES[:12] for other in roster.SYLLABLES[:12]]
    return [*"aeioulnrst_ ", *roster.SYLLABLES, *pairs, *roster.WORDS]
