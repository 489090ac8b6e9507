"""Commands on their whole way, from the gateway's event to the answer's last request, through a loopback Discord."""

import time
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.built import GUILD, database_url
from benchmarks.processes import running
from planning.estimates.model import FORMULA, SHIPPED
from planning.estimates.values import ModelVersion
from planning.records import FittedModel
from storage.database import SqlDatabase
from tests.loopback.server import Loopback, loopback

OURS = ("-m", "bot", "run")
BARE = ("-m", "benchmarks.bare_bot")
STRING, INTEGER = 3, 4
"""Discord's numbers for the types of options."""
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105 - of no bot

Option = dict[str, object]


async def call_fitted(path: Path) -> None:
    """Leave the bot no model to fit: in its first seconds it would be at that beside the commands."""
    database = SqlDatabase(database_url(path))
    async with database.writing(GUILD) as store:
        model = replace(SHIPPED, version=ModelVersion(FORMULA, 1))
        trail = await store.models.trail()
        await store.models.save(FittedModel(model.version, datetime.now(UTC), trail, model.encode()))
    await database.close()


async def connect(stack: AsyncExitStack, folder: Path, *arguments: str, **settings: str) -> Loopback:
    """A Discord of its own with this bot in it."""
    discord = await stack.enter_async_context(loopback(TOKEN))
    addresses = {"DISCORD_API_URL": discord.api_url, "DISCORD_GATEWAY_URL": discord.gateway_url}
    settings |= addresses | {"DISCORD_TOKEN": TOKEN}
    await stack.enter_async_context(running(*arguments, folder=folder, settings=settings))
    await discord.connected()
    return discord


async def answer(discord: Loopback, command: str, *options: Option, answers: int = 1) -> tuple[float, float]:
    """Seconds to the first and to the last of its answers; none of them is still under way then."""
    discord.requests.clear()  # it looks through all of them for each answer
    began = time.perf_counter()
    token = await discord.command(command, *options)
    await discord.until(lambda: len(discord.answers(token)) == answers)
    first, *_, last = discord.answers(token) * 2
    assert all(answer.body["components"] for answer in (first, last)), "cards"
    return first.at - began, last.at - began


def option(name: str, value: str | int) -> Option:
    """One option of a command."""
    return {"name": name, "type": INTEGER if isinstance(value, int) else STRING, "value": value}
