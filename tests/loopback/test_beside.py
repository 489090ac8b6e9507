"""What works beside the running bot, as a real process: estimates that come up to date, and what draws the pictures."""

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from alembic import command

from planning.caller import COMMAND_LINE, Caller
from planning.services.imports import run_import
from planning.services.post_imports import PostsReport, import_posts
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase
from storage.engine import create_engines
from storage.migrations.runner import config
from tests.loopback import payloads
from tests.loopback.process import STOP_SECONDS, BotProcess, environment, started
from tests.loopback.server import Loopback

ROSTER = b"""handle,platform,followers,likes,comments,posts,niches
ann,instagram,2000,90,6,12,food
bob,instagram,3100,110,7,10,food
"""
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN = {"name": "handle", "type": 3, "value": "@ann"}
CALLER = Caller(int(payloads.GUILD), COMMAND_LINE, planner=True)

on_linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the process's children are read there")


@pytest_asyncio.fixture
async def file(tmp_path: Path) -> Path:
    """A database in which the server has two accounts; of one there are posts."""
    path = tmp_path / "microscout.db"
    database = SqlDatabase(f"sqlite:///{path}")
    await database.migrate()
    files = CsvFiles()
    await run_import(database, files, CALLER, filename="roster.csv", content=ROSTER, platform=None, now=NOW)
    rows = (f"{NOW - timedelta(days=7 * n):%Y-%m-%d %H:%M},{80 + 9 * n % 40},{n % 5}\n" for n in range(1, 13))
    content = ("date,likes,comments\n" + "".join(rows)).encode()
    report = await import_posts(database, files, CALLER, "ann", filename="posts.csv", content=content, now=NOW)
    assert isinstance(report, PostsReport)
    await database.close()
    return path


@pytest.fixture
def env(discord: Loopback, file: Path) -> dict[str, str]:
    return environment(discord, file)


async def go_back(file: Path, revision: str) -> None:
    """The database as the version of this migration left it."""
    engines = create_engines(f"sqlite:///{file}")
    settings = config()

    def downgrade(connection: object) -> None:
        settings.attributes["connection"] = connection
        command.downgrade(settings, revision)

    async with engines.write.begin() as connection:
        await connection.run_sync(downgrade)
    await engines.dispose()


def children(bot: BotProcess) -> list[int]:
    """The processes that this one began."""
    return [
        int(child)
        for listed in Path(f"/proc/{bot._process.pid}/task").glob("*/children")
        for child in listed.read_text(encoding="ascii").split()
    ]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_accounts_of_an_older_version_are_soon_estimated(
    discord: Loopback, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    await go_back(file, "0001")
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        await bot.wrote("model fitted")
        answer = await discord.answer_to(await discord.command("tier", ANN))
        shortlist = await discord.answer_to(
            await discord.command("shortlist", {"name": "niche", "type": 3, "value": "food"})
        )
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert "very likely" in str(answer.body)
    assert str(shortlist.body).index("@bob") > 0
    assert "Traceback" not in ended.err


async def test_the_report_follows_its_first_answer_with_a_picture(
    discord: Loopback, env: dict[str, str], tmp_path: Path
) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        token = await discord.command("tier", ANN)
        await discord.until(lambda: len(discord.answers(token)) == 2)
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    first, whole = discord.answers(token)
    assert "attachment://" not in str(first.body)
    assert "attachment://ann.png" in str(whole.body)
    assert whole.body["attachments"]


@on_linux
@pytest.mark.parametrize("stuck", [False, True])
async def test_a_signal_while_a_picture_is_drawn_ends_both_processes(
    discord: Loopback, env: dict[str, str], tmp_path: Path, stuck: bool
) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        await discord.answer_to(await discord.command("help"))
        [drawing] = children(bot)
        if stuck:
            os.kill(drawing, signal.SIGSTOP)
        await discord.answer_to(await discord.command("tier", ANN))
        ended = await bot.stop(within=STOP_SECONDS)

    assert ended.code == 0, ended.err
    assert not is_alive(drawing)
    assert discord.closed_with == [1000]
    assert "Traceback" not in ended.err


@on_linux
@pytest.mark.parametrize("answers", [1, 2], ids=["while it draws", "while it waits"])
async def test_what_draws_ends_with_a_bot_that_is_killed(
    discord: Loopback, env: dict[str, str], tmp_path: Path, answers: int
) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        token = await discord.command("tier", ANN)
        await discord.until(lambda: len(discord.answers(token)) == answers)
        [drawing] = children(bot)
        assert is_alive(drawing)
        # Both write to the same standard error: that it ends says that both have.
        async with asyncio.timeout(STOP_SECONDS):
            ended = await bot.stop(signal.SIGKILL)

    assert ended.code == -signal.SIGKILL
    assert "Traceback" not in ended.err
