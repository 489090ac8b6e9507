"""`python -m bot demo`, as a process of its own on a database of its own."""

import csv
import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo import HOME_SHARE, TRY, run_demo, sample_rosters
from bot.sample import PATH, build_table
from bot.sample_history import KINDS, draw_history
from bot.settings import Settings
from bot.simulator import GUILD_IDS
from planning.accounts import Account, Engagement
from planning.caller import COMMAND_LINE, Caller
from planning.flags import FlagReason
from planning.niches import parse_niches
from planning.platform import Platform
from planning.posts import PostKind
from planning.services.imports import preview_import
from planning.services.reports import Report, make_report
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


async def reports(settings: Settings, guild: int) -> list[Report]:
    """The report of every account of a demo's server."""
    database = SqlDatabase(settings.demo_database_url)
    async with database.reading(guild) as store:
        accounts = [account async for batch in store.accounts.stream() for account in batch]
    caller = Caller(guild, COMMAND_LINE, planner=True)
    found = [await make_report(database, caller, account.id) for account in accounts]
    await database.close()
    return found


def rows(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """All that a demo's database holds."""
    with closing(sqlite3.connect(settings.demo_database_url.partition("///")[2])) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'")
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in named.fetchall()}  # noqa: S608 - its own names


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


async def test_it_has_months_of_posts_and_readings_and_estimates_of_its_own(settings: Settings) -> None:
    await visit(settings)
    reasons = Counter[FlagReason]()
    compared = 0

    for guild in GUILD_IDS:
        found = await reports(settings, guild)
        now = datetime.now(UTC)
        with_posts = [report for report in found if report.posts]
        assert 0.3 < len(with_posts) / len(found) < 0.8, "of some accounts there are posts, of others averages alone"
        for report in with_posts:
            account = report.account
            kinds = {post.kind for post in report.posts}
            assert kinds <= set(KINDS.get(account.platform, (PostKind.POST,)))
            assert all(post.posted_at < now for post in report.posts)
            assert account.sample is not None
            assert account.sample.posts == len(report.visible)
        oldest = min(report.posts[-1].posted_at for report in with_posts)
        assert now - oldest > timedelta(days=90)
        for report in found:
            assert report.change is not None, "readings of followers over a quarter"
            assert report.change.after == report.account.followers
        estimated = [report for report in found if report.account.estimate]
        assert len(estimated) > len(found) * 0.7
        for report in estimated:
            assert report.model.version.fit == 1, "the server's own numbers are in it"
            assert report.account.estimate is not None
            assert report.account.estimate.model == report.model.version
        compared += sum(report.peers is not None for report in found)
        reasons.update(flag.reason for report in found for flag in report.flags)
        assert sum(bool(report.flags) for report in found) < len(found) * 0.25, "most accounts are ordinary"
    assert compared >= 20, "a tier with peers enough to compare with"
    assert {FlagReason.GROWTH_IN_STEPS, FlagReason.CONSTANT_LIKES} <= set(reasons), "a few are not"


async def test_opening_it_again_changes_nothing(settings: Settings) -> None:
    await visit(settings)
    before = rows(settings)
    await visit(settings)
    after = rows(settings)

    assert before.keys() == after.keys()
    for table, kept in before.items():
        assert after[table] == kept, table
    assert min(len(before[table]) for table in ("account", "post", "metric_snapshot", "rate_model")) > 1


def test_the_same_account_always_has_the_same_history() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    likes = Engagement(likes=140, comments=6, posts=12)
    accounts = [
        Account(Platform.INSTAGRAM, f"handle{n}", 3_200, now, engagement=likes, engagement_at=now) for n in range(40)
    ]
    histories = [draw_history(account, now) for account in accounts]

    assert [draw_history(replace(account, id=9), now) for account in accounts] == histories, "whatever its number"
    week = timedelta(days=7)
    for account, history in zip(accounts, histories, strict=True):
        later = draw_history(account, now + week)
        assert later.posts == [replace(post, posted_at=post.posted_at + week) for post in history.posts]
        assert later.readings == [replace(reading, taken_at=reading.taken_at + week) for reading in history.readings]
    assert len({str(history) for history in histories}) == len(histories), "and another account another one"
    unliked = [draw_history(replace(account, engagement=Engagement()), now) for account in accounts]
    assert not any(history.posts for history in unliked)
    assert all(history.readings for history in unliked)


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
        with demo(tmp_path / "another", "--port", port) as (second, _):
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
