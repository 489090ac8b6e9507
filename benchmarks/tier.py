"""`/tier` on its whole way, from the gateway's event to the last request of the answer, through a loopback Discord.

It answers twice: at once with what the roster says, then with the whole report and its picture where there is one. The
first answer is what is held against the rival, the complete one has a row of its own.
"""

import random
import shutil
import sqlite3
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, built_database, database_url
from benchmarks.commands import BARE, OURS, Option, answer, call_fitted, connect, option
from benchmarks.figures import Row, percentile, print_row, spread

PART = 10
COMMANDS = 200
WARM_UP = 20
ANSWERS = 2
MOST_TIMES_BARE = 3


async def run(accounts: int) -> None:
    """Print the row, at a tenth of the accounts."""
    size = accounts // PART
    built = await built_database(size)
    options = _options(built, size)
    ours: list[float] = []
    complete: list[float] = []
    theirs: list[float] = []
    async with AsyncExitStack() as stack:
        home, away = (Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER))) for _ in range(2))
        database = Path(shutil.copy(built, home))  # a start writes to it
        await call_fitted(database)
        discord = await connect(stack, home, *OURS, DATABASE_URL=database_url(database))
        bare = await connect(stack, away, *BARE)
        for turn, handle in enumerate(options):
            first, last = await answer(discord, "tier", handle, answers=ANSWERS)
            bare_first, _ = await answer(bare, "tier", handle)
            if turn >= WARM_UP:
                ours.append(first)
                complete.append(last)
                theirs.append(bare_first)
    ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
    print_row(
        Row(
            "/tier, gateway event to last request of first answer",
            f"{size:,} accounts",
            spread(ours),
            f"bare discord.py: {spread(theirs)}",
            f"{ratio:.2f} x",
            f"<= {MOST_TIMES_BARE} x",
            ratio <= MOST_TIMES_BARE,
        )
    )
    print_row(Row("the same, to the whole report with its picture", f"{size:,} accounts", spread(complete)))


def _options(path: Path, accounts: int) -> list[Option]:
    """The handle option of each command, for accounts from all over the roster; each names its account in full."""
    draw = random.Random(roster.SEED)  # noqa: S311 - no secret
    connection = sqlite3.connect(path)
    options: list[Option] = []
    for _ in range(WARM_UP + COMMANDS):
        wanted = (draw.randint(1, accounts),)
        [handle] = connection.execute("SELECT handle FROM account WHERE guild_id = 1 AND id = ?", wanted).fetchone()
        options.append(option("handle", f"@{handle}"))
    connection.close()
    return options
