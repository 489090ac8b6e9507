"""The whole report of `/tier` with its picture: how long it takes, and how long the event loop is held meanwhile."""

import asyncio
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, built_database, database_url
from benchmarks.figures import Row, milliseconds, print_row, spread
from benchmarks.watchdog import MOST_HELD, Watchdog
from bot.runtime import freeze_what_stays
from cogs.kit.language import Language, Languages
from cogs.pictures.picture import Drawing, Picture
from cogs.pictures.report import report_drawing
from cogs.pictures.studio import Studio
from cogs.pictures.worker import draw, prepare
from cogs.tier.card import account_card
from cogs.tier.picture import report_figures
from planning.caller import COMMAND_LINE, Caller
from planning.services.accounts import get_account
from planning.services.post_imports import PostsReport, import_posts
from planning.services.reports import make_report
from planning.tiers import DEFAULT_LADDER
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

PART = 10
REPORTS = 100
WARM_UP = 5
COUNTS = (1, 3, 9, 12, 24, 48, 200)
"""How many posts are known of the accounts, in turn."""
NOW = roster.NOW + timedelta(days=90)
CALLER = Caller(GUILD, COMMAND_LINE, planner=True)

Draw = Callable[[Drawing | None], Awaitable[Picture | None]]


async def run(accounts: int) -> None:
    """Print the rows, at a tenth of the accounts."""
    size = accounts // PART
    built = await built_database(size)
    t = Languages.load().get("en")
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = Path(shutil.copy(built, folder))
        database = SqlDatabase(database_url(path))
        chosen = _of_all_tiers(path, WARM_UP + REPORTS)
        for place, (_, reference) in enumerate(chosen):
            await _give_posts(database, reference, COUNTS[place % len(COUNTS)])
        studio = Studio()
        freeze_what_stays()  # as the bot does once it has started
        ours, held = await _measure(database, t, chosen, studio.draw)
        await studio.close()
        prepare()
        theirs, stood = await _measure(database, t, chosen, _draw_here)
        await database.close()
    at = f"{size:,} accounts"
    print_row(Row("/tier: report, both cards and picture", at, spread(ours), f"drawn in the loop: {spread(theirs)}"))
    longest = max(held.held)
    print_row(
        Row(
            f"longest hold of the event loop, {REPORTS} reports",
            at,
            str(held),
            f"drawn in the loop: {stood}",
            f"{longest / max(stood.held):.3f} x",
            f"<= {milliseconds(MOST_HELD)}",
            longest <= MOST_HELD,
        )
    )


async def _measure(
    database: SqlDatabase, t: Language, chosen: Sequence[tuple[int, str]], drawn: Draw
) -> tuple[list[float], Watchdog]:
    for account_id, _ in chosen[:WARM_UP]:
        await _answer(database, t, account_id, drawn)
    spent: list[float] = []
    async with Watchdog().watching() as watchdog:
        for account_id, _ in chosen[WARM_UP:]:
            began = time.perf_counter()
            await _answer(database, t, account_id, drawn)
            spent.append(time.perf_counter() - began)
    return spent, watchdog


async def _answer(database: SqlDatabase, t: Language, account_id: int, drawn: Draw) -> None:
    """What the command does: a first card, then the report, its picture and the whole card, as they are sent."""
    account = await get_account(database, CALLER, account_id)
    account_card(t, account, DEFAULT_LADDER, edit="/influencer edit").to_components()
    report = await make_report(database, CALLER, account_id)
    picture = await drawn(report_drawing(t, report_figures(t, report, DEFAULT_LADDER)))
    assert picture is not None
    picture.file()
    account_card(
        t, report.account, DEFAULT_LADDER, edit="/influencer edit", report=report, picture=picture
    ).to_components()


async def _draw_here(drawing: Drawing | None) -> Picture | None:
    assert drawing is not None
    await asyncio.sleep(0)  # as where another process draws: the answer goes on after a turn of the loop
    return Picture(draw(drawing.spec), drawing.filename, drawing.description)


async def _give_posts(database: SqlDatabase, reference: str, count: int) -> None:
    number = random.Random(f"{roster.SEED} {reference}").randint  # noqa: S311 - no secret
    rows = (
        f"{NOW - timedelta(days=3 * n, hours=5):%Y-%m-%d %H:%M},{number(40, 160)},{number(0, 9)}\n"
        for n in range(count)
    )
    content = ("date,likes,comments\n" + "".join(rows)).encode()
    report = await import_posts(database, CsvFiles(), CALLER, reference, filename="posts.csv", content=content, now=NOW)
    assert isinstance(report, PostsReport)
    assert report.new == count


def _of_all_tiers(path: Path, count: int) -> list[tuple[int, str]]:
    """Accounts of every tier in turn, and of those below all of them: each one's id and its handle."""
    wanted = "SELECT id, handle FROM account WHERE guild_id = 1 AND followers >= ? AND followers < ? LIMIT ?"
    bands = [(0, DEFAULT_LADDER.tiers[0].low), *((tier.low, tier.high or 2**62) for tier in DEFAULT_LADDER.tiers)]
    with closing(sqlite3.connect(path)) as connection:
        groups = [connection.execute(wanted, (low, high, count)).fetchall() for low, high in bands]
    return [account for turn in zip(*groups, strict=False) for account in turn][:count]
