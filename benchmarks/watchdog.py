"""How long the event loop is held: somebody who wants to look every millisecond, and says how late they were."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from benchmarks.figures import milliseconds

MOST_HELD = 0.05
TICK = 0.001
SETTLE = 0.05
"""Before and after what is watched: what else had begun is over by then, and a last hold is noticed."""


class Watchdog:
    """Wants to look every millisecond, and keeps by how many seconds it was late each time.

    `late` by the clock; `held` no more of it than this process itself computed meanwhile, in whichever thread: for the
    rest of the time another process had its core. `at` is when it looked each time, by perf_counter.
    """

    def __init__(self) -> None:
        self.at: list[float] = []
        self.late: list[float] = []
        self.held: list[float] = []

    @asynccontextmanager
    async def watching(self) -> AsyncGenerator["Watchdog"]:
        """Watch for as long as the block runs."""
        task = asyncio.create_task(self._watch())
        await asyncio.sleep(SETTLE)
        for kept in (self.at, self.late, self.held):
            kept.clear()
        try:
            yield self
            await asyncio.sleep(SETTLE)
        finally:
            task.cancel()

    async def _watch(self) -> None:
        while True:
            began, computed = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK)
            self.at.append(time.perf_counter())
            late = self.at[-1] - began - TICK
            self.late.append(late)
            self.held.append(min(late, time.process_time() - computed))

    def __str__(self) -> str:
        over = sum(each > MOST_HELD for each in self.held)
        return f"{milliseconds(max(self.held))} ({over} over; late {milliseconds(max(self.late))})"
