"""`python -m benchmarks [NAME …] [--accounts N]`: measure, and print a row for each promise.

Every ratio is of times taken in one run, ours and the rival's in turn. Nothing fails where a limit is missed: the row
says MISSED, and a busy machine says so too easily. Python's garbage collector is set as in a bot that has started.
"""

import argparse
import asyncio
from collections.abc import Awaitable, Callable

from benchmarks import (
    answer,
    autocomplete,
    beside_import,
    budget,
    estimates,
    fuzz,
    imports,
    niches,
    pictures,
    postgresql,
    posts,
    report,
    schedules,
    several_tags,
    shortlist,
    size,
    spreadsheets,
    start,
    tier,
    truth,
)
from benchmarks.figures import print_header
from bot.runtime import freeze_what_stays

BENCHMARKS: dict[str, Callable[[int], Awaitable[None]]] = {
    "shortlist": shortlist.run,
    "several-tags": several_tags.run,
    "answer": answer.run,
    "beside-import": beside_import.run,
    "postgresql": postgresql.run,
    "autocomplete": autocomplete.run,
    "tier": tier.run,
    "import": imports.run,
    "spreadsheets": spreadsheets.run,
    "fuzz": fuzz.run,
    "truth": truth.run,
    "estimates": estimates.run,
    "budget": budget.run,
    "posts": posts.run,
    "niches": niches.run,
    "size": size.run,
    "pictures": pictures.run,
    "report": report.run,
    "schedules": schedules.run,
    "start": start.run,
}
ACCOUNTS = 1_000_000
FEWEST = 10_000


def main() -> None:
    """Run the named benchmarks, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what was promised.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which to run: {', '.join(BENCHMARKS)}; all of them")
    parser.add_argument("--accounts", type=int, default=ACCOUNTS, help="the size of the largest roster (1,000,000)")
    given = parser.parse_args()
    unknown = set(given.names) - set(BENCHMARKS)
    if unknown or given.accounts < FEWEST:
        parser.error(f"unknown: {', '.join(unknown)}" if unknown else f"--accounts is at least {FEWEST:,}")
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(_run(given.names or list(BENCHMARKS), given.accounts))


async def _run(names: list[str], accounts: int) -> None:
    freeze_what_stays()
    print_header()
    for name in names:
        await BENCHMARKS[name](accounts)


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The loop that the bot itself runs on."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


if __name__ == "__main__":
    main()
