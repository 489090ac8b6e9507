"""`python -m bot demo`, as a process of its own on a database of its own."""

import csv
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.demo import HOME_SHARE, TRY, run_demo, sample_rosters
from bot.sample import PATH, build_table
from bot.settings import Settings
from bot.simulator import GUILD_IDS
from planning.caller import COMMAND_LINE, Caller
from planning.niches import parse_niches
from planning.platform import Platform
from planning.services.imports import preview_import
from planning.tiers import DEFAULT_LADDER
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

READY_SECONDS = 30
SAMPLE_SIZE = 300


@contextmanager
def demo(folder: Path, *options: str, **settings: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The process, and the lines that it printed until the page was there."""
    environment = os.environ | {"DEMO_DATABASE_URL": f"sqlite:///{folder}/demo.db", "DISCORD_TOKEN": ""} | settings
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", *options]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process, _lines(process)
        finally:
            process.kill()


def _lines(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.strip())
        if "Ctrl+C" in line:
            break
    return lines


def end(process: subprocess.Popen[str], signum: int = signal.SIGTERM) -> tuple[int, str]:
    """End it by a signal: its exit code and what it had written to standard error."""
    process.send_signal(signum)
    _, errors = process.communicate(timeout=READY_SECONDS)
    return process.returncode, errors


async def visit(settings: Settings, *, server: int = 1, reset: bool = False) -> list[str]:
    """Open the demo in this process, end it as soon as the page is there; the lines that it printed."""
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        if line == TRY:
            os.kill(os.getpid(), signal.SIGTERM)

    await run_demo(settings, port=0, server=server, reset=reset, say=say)
    return lines


async def roster_sizes(settings: Settings) -> list[int]:
    database = SqlDatabase(settings.demo_database_url)
    sizes: list[int] = []
    for guild in GUILD_IDS:
        async with database.reading(guild) as store:
            sizes.append(await store.accounts.count())
    await database.close()
    return sizes


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path}/demo.db"
    return Settings.model_validate({"discord_token": None, "demo_roster": None, "demo_database_url": url})


def test_it_serves_a_page_until_it_is_told_to_end(tmp_path: Path) -> None:
    with demo(tmp_path) as (process, lines):
        found = re.search(r"http://127\.0\.0\.1:\d+/\S*", "\n".join(lines))
        assert found, lines
        with urllib.request.urlopen(found.group(), timeout=READY_SECONDS) as page:  # noqa: S310 - our own page
            assert page.status == 200
            assert b"<!doctype html>" in page.read().lower()
        code, errors = end(process)
        assert code == 0, errors
        assert "Traceback" not in errors


def test_ctrl_c_ends_it_as_well(tmp_path: Path) -> None:
    with demo(tmp_path) as (process, _):
        code, errors = end(process, signal.SIGINT)
        assert code == 0, errors
        assert "Traceback" not in errors


async def test_both_servers_have_a_roster_and_keep_it(settings: Settings) -> None:
    for _ in range(2):
        await visit(settings)
        assert await roster_sizes(settings) == [200, 100]


async def test_a_file_of_ones_own_takes_the_samples_place(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("platform,handle,followers\ninstagram,moss.kitchen,3210\ninstagram,,12\n", encoding="utf-8")
    given = settings.model_copy(update={"demo_roster": own})

    first, second = await visit(given, server=2), await visit(given, server=2)

    assert any("1 new, 0 updated, 0 unchanged, 1 rejected" in line and "row 3" in line for line in first)
    assert any("--reset" in line for line in second), "a file that changes nothing is said to"
    assert await roster_sizes(settings) == [200, 1]
    await visit(settings, reset=True)
    assert await roster_sizes(settings) == [200, 100]


async def test_a_file_without_platforms_takes_the_one_that_is_set(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("handle,followers\nmoss.kitchen,3210\n", encoding="utf-8")
    given = settings.model_copy(update={"demo_roster": own})

    said = await visit(given, server=2)
    assert any("DEMO_PLATFORM" in line for line in said)
    said = await visit(given.model_copy(update={"demo_platform": Platform.INSTAGRAM}), server=2, reset=True)
    assert any("1 new" in line for line in said)


@pytest.mark.parametrize(
    ("options", "settings", "named"),
    [
        ((), {"DEMO_ROSTER": "no-such-file.csv"}, "DEMO_ROSTER"),
        (("--language", "klingon"), {}, "klingon"),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, options: tuple[str, ...], settings: dict[str, str], named: str) -> None:
    with demo(tmp_path, *options, **settings) as (process, _):
        _, errors = process.communicate(timeout=READY_SECONDS)
        assert process.returncode == 1
        assert named in errors
        assert "Traceback" not in errors


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with demo(tmp_path) as (first, lines):
        port = re.findall(r"127\.0\.0\.1:(\d+)", "\n".join(lines))[0]
        with demo(tmp_path, "--port", port) as (second, _):
            _, errors = second.communicate(timeout=READY_SECONDS)
            assert second.returncode == 1
            assert port in errors
            assert "Traceback" not in errors
        end(first)


def test_the_sample_is_what_its_generator_writes() -> None:
    assert PATH.read_text(encoding="utf-8") == build_table()


async def test_the_sample_is_understood_whole(sqlite_database: SqlDatabase) -> None:
    for roster, rows in zip(sample_rosters(), (HOME_SHARE, SAMPLE_SIZE - HOME_SHARE), strict=True):
        caller = Caller(1, COMMAND_LINE, planner=True)
        report = await preview_import(
            sqlite_database, CsvFiles(), caller, filename=roster.filename, content=roster.content, platform=None
        )
        assert report.problems == ()
        assert report.new == rows


def test_the_sample_shows_every_tier_and_what_real_lists_lack() -> None:
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["platform"], row["handle"]) for row in rows}) == len(rows) == SAMPLE_SIZE
    tiers = Counter(tier.name if (tier := DEFAULT_LADDER.tier(int(row["followers"]))) else "none" for row in rows)
    assert set(tiers) == {"none", *(tier.name for tier in DEFAULT_LADDER.tiers)}
    assert tiers.most_common(1)[0][0] == "micro"
    niches = Counter(niche for row in rows for niche in parse_niches(row["niches"]))
    assert len(niches) >= 20
    assert {"vegan", "plant-based desserts", "zero waste"} <= set(niches)
    without = Counter(column for row in rows for column in ("likes", "posts", "price", "name") if not row[column])
    assert min(without.values()) > 0
    assert without["likes"] > without["posts"], "some hide their likes only"
    assert not all(row["name"].isascii() for row in rows)
