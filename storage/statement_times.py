"""Tells how long each statement took. Where nobody asks, nothing listens."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event

from storage.engine import Engines

OnStatement = Callable[[str, float], None]
"""Called with `read` or `write`, the engine's name, and seconds; a statement that fails is not told."""

_BEGAN = "microscout_statement_began"


def tell_times(engines: Engines, told: OnStatement) -> None:
    """Tell of every statement from here on."""
    _tell(engines.read.sync_engine, "read", told)
    _tell(engines.write.sync_engine, "write", told)


def _tell(engine: Engine, name: str, told: OnStatement) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def begin(connection: Connection, *_: Any) -> None:
        connection.info[_BEGAN] = time.perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def end(connection: Connection, *_: Any) -> None:
        told(name, time.perf_counter() - connection.info[_BEGAN])
