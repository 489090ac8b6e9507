"""`python -m bot run` as a real process against a small Discord: start, first answer, second start, end, refusals."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests.loopback.payloads import TOKEN
from tests.loopback.process import environment, started
from tests.loopback.server import Loopback
from tests.openapi import check_request

GUILDS_INTENT = 1


@pytest.fixture
def env(discord: Loopback, tmp_path: Path) -> dict[str, str]:
    return environment(discord, tmp_path / "microscout.db")


async def test_it_syncs_answers_and_ends_cleanly(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        token = await discord.command("help")
        answer = await discord.answer_to(token)
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert discord.closed_with == [1000]
    assert [identity["intents"] for identity in discord.identities] == [GUILDS_INTENT]
    assert len(discord.syncs) == 1
    assert f"</shortlist:{discord.command_id('shortlist')}>" in str(answer.body)
    for request in discord.requests:
        if request.body is not None:
            check_request(request.method, request.path, request.body)
    assert TOKEN not in ended.out + ended.err
    assert "Traceback" not in ended.err


async def test_a_second_start_syncs_nothing_and_still_knows_the_commands(
    discord: Loopback, env: dict[str, str], tmp_path: Path
) -> None:
    for _ in range(2):
        async with started("run", folder=tmp_path, env=env) as bot:
            await discord.connected()
            answer = await discord.answer_to(await discord.command("help"))
            ended = await bot.stop()

        assert ended.code == 0, ended.err
        assert f"</tier:{discord.command_id('tier')}>" in str(answer.body)
        assert len(discord.syncs) == 1


async def test_a_development_server_gets_the_commands_alone(
    discord: Loopback, env: dict[str, str], tmp_path: Path
) -> None:
    guild = "1400000000000000002"
    async with started("run", folder=tmp_path, env=env | {"DEV_GUILD_ID": guild}) as bot:
        await discord.connected()
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert [request.path for request in discord.syncs] == [f"/applications/1400000000000000001/guilds/{guild}/commands"]


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
async def test_a_command_that_is_being_worked_on_is_finished(
    discord: Loopback, env: dict[str, str], tmp_path: Path, signum: int
) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        discord.gate.clear()
        token = await discord.command("tier", {"name": "handle", "type": 3, "value": "@nobody"})
        await discord.answer_to(token)
        bot.send(signum)
        await bot.wrote("finishing what is being worked on")
        discord.gate.set()
        ended = await bot.ended(within=5)

    assert ended.code == 0, ended.err
    assert discord.closed_with == [1000]
    assert "cancelled while working" not in ended.err


async def test_a_command_that_never_ends_does_not_keep_the_process(
    discord: Loopback, env: dict[str, str], tmp_path: Path
) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        discord.gate.clear()
        await discord.answer_to(await discord.command("tier", {"name": "handle", "type": 3, "value": "@nobody"}))
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert "cancelled while working" in ended.err


async def test_a_signal_while_it_starts_ends_it_too(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    discord.silent = True
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.until(lambda: discord.requests)
        ended = await bot.stop()

    assert ended.code == 0, ended.err


async def test_without_a_token_it_says_so_and_opens_the_demo(tmp_path: Path) -> None:
    env = {"DISCORD_TOKEN": "", "DEMO_DATABASE_URL": f"sqlite:///{tmp_path}/demo.db"}
    async with started("run", "--port", "0", folder=tmp_path, env=env) as bot:
        await bot.wrote("ready")
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    said, *_ = ended.out.splitlines()
    assert said.startswith("DISCORD_TOKEN is not set, so this is the demo")
    assert not (tmp_path / "data").exists()


async def test_a_wrong_token_is_one_line(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    wrong = TOKEN.replace("G", "H")
    async with started("run", folder=tmp_path, env=env | {"DISCORD_TOKEN": wrong, "LOG_LEVEL": "ERROR"}) as bot:
        ended = await bot.ended(within=15)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "Discord refuses the token: put the bot's current one in DISCORD_TOKEN (Developer Portal, Bot, Reset Token)"
    ]
    assert discord.requests


async def test_a_token_that_only_the_gateway_refuses_is_one_line(
    discord: Loopback, env: dict[str, str], tmp_path: Path
) -> None:
    discord.gateway_token = "another"
    async with started("run", folder=tmp_path, env=env | {"LOG_LEVEL": "ERROR"}) as bot:
        ended = await bot.ended(within=15)

    assert ended.code == 1
    (line,) = ended.err.splitlines()
    assert line.startswith("Discord refuses the token")


@pytest.mark.parametrize(
    ("name", "value"),
    [("DISCORD_API_URL", "http://127.0.0.1:9/api/v10"), ("DISCORD_GATEWAY_URL", "ws://127.0.0.1:9/")],
)
async def test_an_unreachable_discord_is_one_line(env: dict[str, str], tmp_path: Path, name: str, value: str) -> None:
    async with started("run", folder=tmp_path, env=env | {name: value, "LOG_LEVEL": "ERROR"}) as bot:
        ended = await bot.ended(within=15)

    assert ended.code == 1
    (line,) = ended.err.splitlines()
    assert line.startswith("can't reach Discord")
    assert value in line
    assert TOKEN not in line


async def test_a_database_that_is_gone_is_one_line(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be", encoding="utf-8")
    broken = env | {"DATABASE_URL": f"sqlite:///{tmp_path}/taken/microscout.db", "LOG_LEVEL": "ERROR"}
    async with started("run", folder=tmp_path, env=broken) as bot:
        ended = await bot.ended(within=15)

    assert ended.code == 1
    (line,) = ended.err.splitlines()
    assert line.startswith("the database sqlite+aiosqlite:///")
    assert line.endswith("check DATABASE_URL")


async def test_commands_are_registered_again_on_demand(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    for _ in range(2):
        async with started("sync", folder=tmp_path, env=env) as bot:
            ended = await bot.ended(within=15)
            assert (ended.code, ended.out) == (0, "commands registered everywhere\n"), ended.err

    assert [request.path for request in discord.syncs] == ["/applications/1400000000000000001/commands"] * 2
    names = [command["name"] for command in discord.syncs[0].body]
    features = "backtest compare help influencer list plan schedule settings shortlist tier"
    assert sorted(names) == features.split()
    assert all(command["contexts"] == [0] and command["integration_types"] == [0] for command in discord.syncs[0].body)


async def test_many_commands_at_once_are_each_answered(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        tokens = [await discord.command("shortlist", {"name": "niche", "type": 3, "value": "food"}) for _ in range(20)]
        await asyncio.gather(*(discord.answer_to(token) for token in tokens))
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert all(len(discord.answers(token)) == 1 for token in tokens)
