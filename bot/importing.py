"""Runs the imports in the background: looks every second, and runs one at a time to its end."""

import asyncio
import random
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from planning.errors import DatabaseUnavailable
from planning.files import TableReader
from planning.import_ports import ClaimedImport, ImportQueue
from planning.ports import Database
from planning.services.background_imports import BackgroundImports, Step
from planning.services.import_reporting import End, ImportReporter
from planning.services.imports import CHUNK

LOOK_SECONDS = 1.0
"""How often it looks whether one waits."""

_log = structlog.stdlib.get_logger("microscout.importing")


class Importer:
    """Works through the queue while `ready` says that Discord is there."""

    def __init__(
        self,
        queue: ImportQueue,
        imports: BackgroundImports,
        clock: Callable[[], datetime],
        ready: Callable[[], bool],
    ) -> None:
        self._queue = queue
        self._imports = imports
        self._clock = clock
        self._ready = ready

    async def keep_importing(self, *, alone: bool) -> None:
        """Run what waits, again and again, until cancelled.

        `alone` says that no other process can be at it: the claims of one that died need not run out first.
        """
        begun = not alone
        while True:
            worked = False
            try:
                if not begun:
                    await self.take_up()
                    begun = True
                worked = await self.look()
            except DatabaseUnavailable:
                _log.warning("the database can't be reached: imports are taken up again later")
            except Exception:  # noqa: BLE001 - an edge: whatever it is, the next look may succeed
                _log.exception("looking for imports failed")
            if not worked:
                await asyncio.sleep(LOOK_SECONDS)

    async def take_up(self) -> None:
        """Take up what an earlier process left."""
        if released := await self._queue.release_all(self._clock()):
            _log.info("taking up imports that the last process left", imports=released)

    async def look(self) -> bool:
        """Run the import that waits longest; False where none does. Raises `DatabaseUnavailable`."""
        if not self._ready():
            return False
        claim, now = secrets.token_hex(8), self._clock()
        claimed = await self._queue.claim(claim, now=now, until=now + self._imports.lease)
        if claimed is None:
            return False
        try:
            outcome = await self._work(claimed, claim)
        except asyncio.CancelledError:
            with suppress(DatabaseUnavailable):
                await self._imports.release(claimed, claim)
            raise
        _log.info("import worked on", guild_id=claimed.guild_id, token=claimed.token, outcome=outcome.value)
        return True

    async def _work(self, claimed: ClaimedImport, claim: str) -> End | Step:
        """Run one import; whatever goes wrong with it, the others are run."""
        try:
            return await self._imports.work(claimed, claim)
        except DatabaseUnavailable:
            raise
        except Exception:  # noqa: BLE001 - an edge: one import that fails harms no other
            _log.exception("an import failed", guild_id=claimed.guild_id, token=claimed.token)
        return await self._imports.failed(claimed, claim)


def build_importer(
    database: Database,
    queue: ImportQueue,
    reader: TableReader,
    reporter: ImportReporter,
    clock: Callable[[], datetime],
    ready: Callable[[], bool],
    chunk: int = CHUNK,
) -> Importer:
    """An importer that tries again by chance's own spread."""
    chance = random.SystemRandom().random
    return Importer(queue, BackgroundImports(database, reader, reporter, clock, chance, chunk), clock, ready)
