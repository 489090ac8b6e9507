"""The picture of a report: how long it takes, and how long the event loop stands still meanwhile."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from benchmarks.figures import Row, milliseconds, percentile, print_row, spread
from benchmarks.watchdog import MOST_HELD, TICK, Watchdog
from cogs.kit.language import Languages
from cogs.pictures.figures import Expected, Peers, PostRate, ReportFigures
from cogs.pictures.picture import Drawing
from cogs.pictures.report import report_drawing
from cogs.pictures.studio import Studio

SEED = 7
COLD = 5
PICTURES = 20
POSTS = 24
PEERS = 1_000
MOST_SECONDS = 0.3
AT = f"{POSTS} posts, {PEERS:,} peers"


async def run(accounts: int) -> None:
    """Print the rows; a picture is of one account, however many there are."""
    del accounts
    t, figures = Languages.load().get("en"), _figures()

    def drawing() -> Drawing:
        found = report_drawing(t, figures)
        assert found is not None
        return found

    cold = [await _cold(drawing) for _ in range(COLD)]
    studio = Studio()
    warm: list[float] = []

    async def in_process() -> None:
        await studio.draw(drawing())
        for _ in range(PICTURES):
            began = time.perf_counter()
            assert await studio.draw(drawing())
            warm.append(time.perf_counter() - began)

    held = await _longest_hold(in_process)
    await studio.close()
    thread, loop = await _rivals(drawing)
    middle = percentile(warm, 0.5)
    print_row(
        Row("a report's picture, process warm", AT, spread(warm), limit="p50 < 300 ms", met=middle < MOST_SECONDS)
    )
    print_row(Row("a report's picture, process begun for it", AT, spread(cold)))
    print_row(
        Row(
            f"longest hold of the event loop, {PICTURES} pictures",
            AT,
            milliseconds(held),
            f"in a thread {milliseconds(thread)}, in the loop {milliseconds(loop)}",
            f"{held / loop:.3f} x",
            "<= 50 ms",
            held <= MOST_HELD,
        )
    )


async def _cold(drawing: Callable[[], Drawing]) -> float:
    studio = Studio()
    began = time.perf_counter()
    assert await studio.draw(drawing())
    spent = time.perf_counter() - began
    await studio.close()
    return spent


async def _rivals(drawing: Callable[[], Drawing]) -> tuple[float, float]:
    """The longest holds where this process itself draws: beside the event loop, and in it."""
    from cogs.pictures.worker import draw, prepare

    loop = asyncio.get_running_loop()

    async def in_thread() -> None:
        with ThreadPoolExecutor(1) as pool:
            await loop.run_in_executor(pool, prepare)
            for _ in range(PICTURES):
                await loop.run_in_executor(pool, draw, drawing().spec)

    async def in_loop() -> None:
        for _ in range(PICTURES):
            draw(drawing().spec)
            await asyncio.sleep(TICK)  # lets the watchdog look after each

    return await _longest_hold(in_thread), await _longest_hold(in_loop)


async def _longest_hold(work: Callable[[], Awaitable[None]]) -> float:
    """Seconds by which the watchdog was late at most."""
    async with Watchdog().watching() as watchdog:
        await work()
    return max(watchdog.late)


def _figures() -> ReportFigures:
    draw = random.Random(SEED)  # noqa: S311 - no secret
    newest = datetime(2026, 6, 20, tzinfo=UTC)
    posts = [
        PostRate(newest - timedelta(days=5 * n), draw.lognormvariate(-3.2, 0.5), n % 4 == 0)
        for n in reversed(range(POSTS))
    ]
    peers = Peers("Instagram", "micro", [draw.lognormvariate(-3.5, 0.6) for _ in range(PEERS)], 0.7)
    mean = sum(post.rate for post in posts) / POSTS
    return ReportFigures(
        "maya.bakes", "(likes + comments) ÷ followers", posts, mean, Expected(0.041, 0.035, 0.048), peers
    )
