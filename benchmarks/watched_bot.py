"""The bot with a watchdog beside its work, which writes down at the end when it was late. Run as a process:

python -m benchmarks.watched_bot run
"""

import asyncio
import json
import runpy
from collections.abc import Coroutine
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.watchdog import Watchdog

WRITTEN = Path("held.json")
"""In the folder that it runs in."""


def main() -> None:
    """Do what `python -m bot` does; its last event loop is the one that counts."""
    run = asyncio.Runner.run

    def run_watched(runner: asyncio.Runner, work: Coroutine[Any, Any, Any], **options: Any) -> Any:
        return run(runner, _watched(work), **options)

    with patch.object(asyncio.Runner, "run", run_watched):
        runpy.run_module("bot", run_name="__main__", alter_sys=True)


def read_watchdog(folder: Path, since: float, until: float) -> Watchdog:
    """What the watchdog of the bot that ran in this folder saw between these times."""
    seen = Watchdog()
    for at, late, held in json.loads((folder / WRITTEN).read_text()):
        if since <= at <= until:
            seen.at.append(at)
            seen.late.append(late)
            seen.held.append(held)
    return seen


async def _watched(work: Coroutine[Any, Any, Any]) -> Any:
    watchdog = Watchdog()
    try:
        async with watchdog.watching():
            return await work
    finally:
        _write(watchdog)


def _write(watchdog: Watchdog) -> None:
    WRITTEN.write_text(json.dumps(list(zip(watchdog.at, watchdog.late, watchdog.held, strict=True))))


if __name__ == "__main__":
    main()
