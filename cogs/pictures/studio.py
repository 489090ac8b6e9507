"""Has pictures drawn by a process of its own, so that the event loop is never held.

Drawing holds Python's lock for long: the bot would stand still meanwhile, in a thread as much as in the loop itself
(`python -m benchmarks pictures` measures both). The process is asked over its standard input and output by one thread,
which spends its time waiting; it ends when that input does, so it never outlives the bot.
"""

import asyncio
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

import structlog

from cogs.pictures.picture import Drawing, Picture
from cogs.pictures.spec import Spec

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "cogs.pictures.worker")

DEADLINE = 20.0
"""Seconds that a picture may take; the first one waits for the process to begin as well."""

ATTEMPTS = 2
"""A process that died, of too little memory for one, is replaced once."""

_log = structlog.stdlib.get_logger("microscout.pictures")


class Studio:
    """Draws one picture after another. The process begins with the first one, or with `warm_up`."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "pictures")
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def warm_up(self) -> None:
        """Begin the process now, without waiting for it, so that the first picture comes as soon as the others."""
        self._thread.submit(self._running)

    async def draw(self, drawing: Drawing | None) -> Picture | None:
        """The picture; None where there is nothing to draw, or it can't be drawn: an answer goes without it then."""
        if drawing is None or self._closed:
            return None
        png = await asyncio.get_running_loop().run_in_executor(self._thread, self._draw, drawing.spec)
        return Picture(png, drawing.filename, drawing.description) if png else None

    async def close(self) -> None:
        """End the process, in the middle of a picture too."""
        self._closed = True
        if self._process:
            self._process.kill()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._end)
        self._thread.shutdown()

    def _draw(self, spec: Spec) -> bytes | None:
        for _ in range(ATTEMPTS):
            if self._closed:
                return None
            answer = self._ask(spec)
            if isinstance(answer, bytes):
                return answer
            if answer:
                _log.error("a picture could not be drawn", reason=answer)
                return None
        _log.error("the process that draws pictures died twice over one, or took too long")
        return None

    def _ask(self, spec: Spec) -> bytes | str | None:
        """A PNG, or what went wrong with it; None where the process died."""
        try:
            process = self._running()
            timer = Timer(DEADLINE, process.kill)
            timer.start()
            try:
                return _exchange(process, spec)
            finally:
                timer.cancel()
        except (EOFError, OSError, pickle.UnpicklingError):
            self._end()
            return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # In a group of its own, or Ctrl+C in a terminal would end it before the bot has finished its answers.
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, start_new_session=True
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()


def _exchange(process: subprocess.Popen[bytes], spec: Spec) -> bytes | str:
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump(spec, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)  # noqa: S301 - from a process of our own
