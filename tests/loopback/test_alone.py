"""One process per SQLite file: real processes, of which a second one on the same file is refused."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.alone import alone
from bot.refusals import Refused
from tests.loopback import payloads
from tests.loopback.process import STOP_SECONDS, BotProcess, Ended, command_line, environment, started
from tests.loopback.server import Loopback, loopback

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest_asyncio.fixture
async def discord() -> AsyncIterator[Loopback]:
    async with loopback(TOKEN) as server:
        yield server


@pytest.fixture
def env(discord: Loopback, tmp_path: Path) -> dict[str, str]:
    return environment(discord, tmp_path / "microscout.db")


def refusal(ended: Ended, holder: BotProcess) -> None:
    """It ended with the one line that names the process which runs already."""
    assert ended.code == 1
    [line] = ended.err.splitlines()
    assert line == (
        f"another Microscout process (pid {holder._process.pid}) already runs on this database file: stop it first, "
        "or use PostgreSQL for several processes"
    )


@pytest.mark.parametrize(
    "address", ["sqlite:///link.db", "sqlite:///folder/../microscout.db", "sqlite:///microscout.db"]
)
async def test_a_second_process_on_the_same_file_is_refused(
    discord: Loopback, env: dict[str, str], tmp_path: Path, address: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.db").symlink_to("microscout.db")
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        second = await command_line("run", folder=tmp_path, env=env | {"DATABASE_URL": address})
        demo = await command_line("demo", "--reset", folder=tmp_path, env=env | {"DEMO_DATABASE_URL": address})
        answer = await discord.answer_to(await discord.command("help"))
        ended = await bot.stop()

    refusal(second, bot)
    refusal(demo, bot)
    assert ended.code == 0, ended.err
    assert len(discord.identities) == 1
    assert "/shortlist" in str(answer.body)


async def test_another_file_has_a_process_of_its_own(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    other = env | {"DATABASE_URL": "sqlite:///other.db"}
    async with started("run", folder=tmp_path, env=env), started("run", folder=tmp_path, env=other):
        await discord.until(lambda: len(discord.identities) == 2)


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
async def test_the_next_process_starts_however_the_last_one_ended(
    discord: Loopback, env: dict[str, str], tmp_path: Path, signum: int
) -> None:
    for starts in (1, 2):
        async with started("run", folder=tmp_path, env=env) as bot:
            await discord.until(lambda starts=starts: len(discord.identities) == starts)
            await bot.stop(signum, within=STOP_SECONDS)


async def test_other_commands_work_beside_the_bot(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("handle,platform,followers\nann,instagram,2000\n", encoding="utf-8")
    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        for arguments in (
            ("import", "roster.csv", "--guild", "7"),
            ("export", "out.csv", "--guild", "7"),
            ("migrate",),
            ("check",),
            ("backup", "copy.db"),
        ):
            ended = await command_line(*arguments, folder=tmp_path, env=env)
            assert ended.code == 0, ended.err

        refusal(await command_line("restore", "copy.db", "--yes", folder=tmp_path, env=env), bot)
    assert "ann" in (tmp_path / "out.csv").read_text(encoding="utf-8")


async def test_the_bot_answers_from_a_restored_backup(discord: Loopback, env: dict[str, str], tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    for followers in (2_000, 3_000):
        roster.write_text(f"handle,platform,followers\nann,instagram,{followers}\n", encoding="utf-8")
        for arguments in (("import", "roster.csv", "--guild", payloads.GUILD), ("backup", f"{followers}.db")):
            ended = await command_line(*arguments, folder=tmp_path, env=env)
            assert ended.code == 0, ended.err
    restored = await command_line("restore", "2000.db", "--yes", folder=tmp_path, env=env)
    assert restored.code == 0, restored.err

    async with started("run", folder=tmp_path, env=env) as bot:
        await discord.connected()
        answer = await discord.answer_to(await discord.command("tier", {"name": "handle", "type": 3, "value": "@ann"}))
        ended = await bot.stop()

    assert ended.code == 0, ended.err
    assert "2,000 followers" in str(answer.body)
    assert len(discord.syncs) == 1


def test_postgresql_takes_any_number() -> None:
    address = "postgresql://team@localhost/microscout"
    with alone(address), alone(address):
        pass


def test_a_process_that_wrote_no_number_is_refused_all_the_same(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/microscout.db"
    with alone(address):
        assert (tmp_path / "microscout.db-lock").read_text(encoding="ascii") == str(os.getpid())
        (tmp_path / "microscout.db-lock").write_text("", encoding="ascii")
        with pytest.raises(Refused, match=r"\(pid unknown\)"), alone(address):
            pytest.fail("two at once")
    with alone(address):
        pass
