"""`/tier` on its whole way, from the gateway's event to the last request of the answer, through a loopback Discord.

It answers twice: at once with what the roster says, then with the whole report and its picture where there is one. The
first answer is what is held against the rival, the complete one has a row of its own.
"""

import random
import shutil
import sqlite3
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, built_database, database_url
from benchmarks.figures import Row, percentile, print_row, spread
from benchmarks.processes import running
from planning.estimates.model import FORMULA, SHIPPED
from planning.estimates.values import ModelVersion
from planning.records import FittedModel
from storage.database import SqlDatabase
from tests.loopback.server import Loopback, loopback

PART = 10
COMMANDS = 200
WARM_UP = 20
ANSWERS = 2
MOST_TIMES_BARE = 3
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105 - of no bot


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
        await _call_fitted(database)
        discord = await _connect(stack, home, "-m", "bot", "run", DATABASE_URL=database_url(database))
        bare = await _connect(stack, away, "-m", "benchmarks.bare_bot")
        for turn, option in enumerate(options):
            first, last = await _answer(discord, option, ANSWERS)
            bare_first, _ = await _answer(bare, option)
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


async def _call_fitted(path: Path) -> None:
    """Leave the bot no model to fit: in its first seconds it would be at that beside the commands."""
    database = SqlDatabase(database_url(path))
    async with database.writing(GUILD) as store:
        model = replace(SHIPPED, version=ModelVersion(FORMULA, 1))
        trail = await store.models.trail()
        await store.models.save(FittedModel(model.version, datetime.now(UTC), trail, model.encode()))
    await database.close()


async def _connect(stack: AsyncExitStack, folder: Path, *arguments: str, **settings: str) -> Loopback:
    """A Discord of its own with this bot in it."""
    discord = await stack.enter_async_context(loopback(TOKEN))
    addresses = {"DISCORD_API_URL": discord.api_url, "DISCORD_GATEWAY_URL": discord.gateway_url}
    settings |= addresses | {"DISCORD_TOKEN": TOKEN}
    await stack.enter_async_context(running(*arguments, folder=folder, settings=settings))
    await discord.connected()
    return discord


async def _answer(discord: Loopback, option: dict[str, object], answers: int = 1) -> tuple[float, float]:
    """Seconds to the first and to the last of its answers; none of them is still under way then."""
    discord.requests.clear()  # it looks through all of them for each answer
    began = time.perf_counter()
    token = await discord.command("tier", option)
    await discord.until(lambda: len(discord.answers(token)) == answers)
    first, *_, last = discord.answers(token) * 2
    assert all(answer.body["components"] for answer in (first, last)), "cards"
    return first.at - began, last.at - began


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
