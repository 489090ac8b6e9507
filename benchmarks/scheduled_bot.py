"""The bot with a clock that is set to another time, and with a watchdog. At its end it writes down what it did when.

SECONDS_AHEAD=… python -m benchmarks.scheduled_bot run
"""

import json
import os
import resource
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import watched_bot
from bot import runtime
from bot.app import build, utc_now
from planning.scheduling.ports import Claimed
from storage.schedule_queue import SqlScheduleQueue

WRITTEN = Path("worked.json")
"""In the folder that it runs in."""


@dataclass
class Seen:
    """Times are perf_counters in seconds, memory is in MB. `claims` are (when, how many, seconds computed by then)."""

    claims: list[tuple[float, int, float]] = field(default_factory=list)
    first_look: float = 0.0
    megabytes: float = 0.0


def main() -> None:
    """Do what `python -m bot` does."""
    ahead = timedelta(seconds=float(os.environ["SECONDS_AHEAD"]))
    seen = Seen()

    def clock() -> datetime:
        return utc_now() + ahead

    with (
        patch.object(runtime, "build", partial(build, clock=clock)),
        patch.object(SqlScheduleQueue, "claim", _noting(seen, SqlScheduleQueue.claim)),
        patch.object(SqlScheduleQueue, "earliest", _looking(seen, SqlScheduleQueue.earliest)),
    ):
        try:
            watched_bot.main()
        finally:
            seen.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            WRITTEN.write_text(json.dumps(asdict(seen)))


def read_seen(folder: Path) -> Seen:
    """What the bot that ran in this folder wrote down."""
    return Seen(**json.loads((folder / WRITTEN).read_text()))


def _noting(seen: Seen, claim: Callable[..., Awaitable[list[Claimed]]]) -> Any:
    async def noting(*arguments: Any, **options: Any) -> list[Claimed]:
        claimed = await claim(*arguments, **options)
        seen.claims.append((time.perf_counter(), len(claimed), time.process_time()))
        return claimed

    return noting


def _looking(seen: Seen, earliest: Callable[..., Awaitable[datetime | None]]) -> Any:
    async def looking(*arguments: Any) -> datetime | None:
        seen.first_look = seen.first_look or time.perf_counter()
        return await earliest(*arguments)

    return looking


if __name__ == "__main__":
    main()
