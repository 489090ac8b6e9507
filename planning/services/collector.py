"""The interpreter's garbage collector, told to wait while an import holds a million objects."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

_pauses = 0


@contextmanager
def paused_collector() -> Generator[None]:
    """No collection of reference cycles inside this block; everything else is freed as ever.

    A collection walks through all that is alive and stops every thread, the event loop's too: with 200,000 rows in
    memory it took up to 0.4 s, several times an import, to find next to nothing. Blocks may overlap.
    """
    global _pauses
    _pauses += 1
    gc.disable()
    try:
        yield
    finally:
        _pauses -= 1
        if _pauses == 0:
            gc.enable()
