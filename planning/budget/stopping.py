"""When a choice that takes too long ends: by itself, or because nobody wants it any more."""

import time
from threading import Event


class Cancelled(Exception):
    """Nobody waits for the answer any more."""


class Stop:
    """A deadline, in seconds from now, and a switch that any thread may press."""

    def __init__(self, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._pressed = Event()

    def cancel(self) -> None:
        """Let whoever works give up as soon as it looks."""
        self._pressed.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was given up."""
        return self._pressed.is_set()

    @property
    def left(self) -> float:
        """How many seconds are left, 0 where none are."""
        return max(0.0, self._deadline - time.monotonic())

    def check(self) -> None:
        """Raise `Cancelled` where it was given up."""
        if self._pressed.is_set():
            raise Cancelled
