"""`/tier` on its whole way, from the gateway's event to the last request of the answer, through a loopback Discord."""

import random
import shutil
import sqlite3
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, built_database, database_url
from benchmarks.figures import Row, percentile, print_row, spread
from benchmarks.processes import running
from tests.loopback.server import Loopback, loopback

PART = 10
COMMANDS = 400
WARM_UP = 40
MOST_TIMES_BARE = 3
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105 - of no bot


async def run(accounts: int) -> None:
    """Print the row, at a tenth of the accounts."""
    size = accounts // PART
    built = await built_database(size)
    options = _options(built, size)
    ours: list[float] = []
    theirs: list[float] = []
    async with AsyncExitStack() as stack:
        home, away = (Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER))) for _ in range(2))
        database = Path(shutil.copy(built, home))  # a start writes to it
        discord = await _connect(stack, home, "-m", "bot", "run", DATABASE_URL=database_url(database))
        bare = await _connect(stack, away, "-m", "benchmarks.bare_bot")
        for turn, option in enumerate(options):
            spent, bare_spent = await _answer(discord, option), await _answer(bare, option)
            if turn >= WARM_UP:
                ours.append(spent)
                theirs.append(bare_spent)
    ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
    print_row(
        Row(
            "/tier, gateway event to last request",
            f"{size:,} accounts",
            spread(ours),
            f"bare discord.py: {spread(theirs)}",
            f"{ratio:.2f} x",
            f"<= {MOST_TIMES_BARE} x",
            ratio <= MOST_TIMES_BARE,
        )
    )


async def _connect(stack: AsyncExitStack, folder: Path, *arguments: str, **settings: str) -> Loopback:
    """A Discord of its own with this bot in it."""
    discord = await stack.enter_async_context(loopback(TOKEN))
    addresses = {"DISCORD_API_URL": discord.api_url, "DISCORD_GATEWAY_URL": discord.gateway_url}
    settings |= addresses | {"DISCORD_TOKEN": TOKEN}
    await stack.enter_async_context(running(*arguments, folder=folder, settings=settings))
    await discord.connected()
    return discord


async def _answer(discord: Loopback, option: dict[str, object]) -> float:
    discord.requests.clear()  # it looks through all of them for each answer
    began = time.perf_counter()
    token = await discord.command("tier", option)
    answer = await discord.answer_to(token)
    assert answer.body["components"], "a card"
    return answer.at - began


def _options(path: Path, accounts: int) -> list[dict[str, object]]:
    """The handle option of each command, for accounts from all over the roster; each names its account in full."""
    draw = random.Random(roster.SEED)  # noqa: S311 - no secret
    connection = sqlite3.connect(path)
    options: list[dict[str, object]] = []
    for _ in range(WARM_UP + COMMANDS):
        wanted = (draw.randint(1, accounts),)
        [handle] = connection.execute("SELECT handle FROM account WHERE guild_id = 1 AND id = ?", wanted).fetchone()
        options.append({"name": "handle", "type": 3, "value": f"@{handle}"})
    connection.close()
    return options
