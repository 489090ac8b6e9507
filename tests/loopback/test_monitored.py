"""A real process with METRICS_PORT, asked how it is while it works."""

import asyncio
import re
import socket
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.databases import postgresql_in
from tests.loopback.process import environment, started
from tests.loopback.server import Loopback, loopback

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
UNKNOWN = {"name": "handle", "type": 3, "value": "@nobody"}


@pytest_asyncio.fixture
async def discord() -> AsyncIterator[Loopback]:
    async with loopback(TOKEN) as server:
        yield server


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def env(discord: Loopback, tmp_path: Path, port: int) -> dict[str, str]:
    return environment(discord, tmp_path / "microscout.db") | {"METRICS_PORT": str(port)}


@pytest_asyncio.fixture
async def monitor(port: int) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session


async def ask(monitor: aiohttp.ClientSession, path: str) -> tuple[int, str]:
    async with monitor.get(path) as answer:
        return answer.status, await answer.text()


async def until(monitor: aiohttp.ClientSession, path: str, holds: Callable[[int, str], bool]) -> str:
    """Ask until this holds of the code and the text; the text."""
    async with asyncio.timeout(15):
        while True:
            code, text = await ask(monitor, path)
            if holds(code, text):
                return text
            await asyncio.sleep(0.05)


async def until_ready(monitor: aiohttp.ClientSession, wanted: int = 200) -> str:
    """Ask whether it is ready until it answers with this code; what it says then."""
    return await until(monitor, "/readyz", lambda code, _: code == wanted)


async def test_a_command_is_seen_while_and_after_it_runs(
    discord: Loopback, env: dict[str, str], monitor: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        assert await until_ready(monitor) == "ok\n"
        discord.gate.clear()
        token = await discord.command("tier", UNKNOWN)
        await discord.answer_to(token)
        alive = await ask(monitor, "/healthz")
        _, during = await ask(monitor, "/metrics")
        discord.gate.set()
        await discord.answer_to(await discord.command("gone"))
        after = await until(monitor, "/metrics", lambda _, text: 'name="unknown"' in text)
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert alive == (200, "ok\n")
    assert "microscout_answer_seconds_count" not in during
    assert 'microscout_answer_seconds_count{kind="command",name="tier",outcome="ok"} 1.0' in after
    assert 'microscout_answer_seconds_count{kind="command",name="unknown",outcome="refused"} 1.0' in after
    waited = re.search(r'microscout_answer_seconds_sum\{kind="command",name="tier",outcome="ok"\} (\S+)', after)
    assert waited
    assert 0 < float(waited[1]) < 15
    assert 'microscout_database_statement_seconds_count{connection="read"}' in after
    assert "process_resident_memory_bytes" in after
    assert "nobody" not in after


async def test_a_taken_port_stops_the_start_with_one_line(
    discord: Loopback, env: dict[str, str], port: int, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", port)):
        async with started("run", folder=tmp_path, env=env | {"LOG_LEVEL": "ERROR"}) as bot:
            ended = await bot.ended(within=15)

    assert ended.code == 1
    [line] = ended.err.splitlines()
    assert line.startswith(f"METRICS_PORT {port} on METRICS_HOST 127.0.0.1 can't be used (")
    assert not discord.requests


async def test_the_demo_is_monitored_too(env: dict[str, str], monitor: aiohttp.ClientSession, tmp_path: Path) -> None:
    own = env | {"DISCORD_TOKEN": "", "DEMO_DATABASE_URL": "sqlite:///demo.db"}
    async with started("run", "--port", "0", folder=tmp_path, env=own) as bot:
        await bot.wrote("ready")
        assert await until_ready(monitor) == "ok\n"
        assert "microscout_event_loop_lag_seconds_count" in (await ask(monitor, "/metrics"))[1]
        ended = await bot.stop(within=15)

    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err


async def test_a_database_that_goes_is_not_ready(
    discord: Loopback, env: dict[str, str], monitor: aiohttp.ClientSession, tmp_path: Path
) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="microscout-postgresql-", ignore_cleanup_errors=True) as folder,
        ExitStack() as postgresql,
    ):
        url = postgresql.enter_context(postgresql_in(Path(folder) / "data", runtime=tmp_path))
        async with started("run", folder=tmp_path, env=env | {"DATABASE_URL": url}) as bot:
            await discord.connected()
            assert await until_ready(monitor) == "ok\n"
            await asyncio.to_thread(postgresql.close)
            assert await until_ready(monitor, 503) == "the database can't be read\n"
            assert await ask(monitor, "/healthz") == (200, "ok\n")
            ended = await bot.stop()

    assert ended.code == 0, ended.err
