"""Keeps every server's model of rates fitted to its own numbers, beside the bot: once a day where anything changed."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from planning.errors import DatabaseUnavailable
from planning.ports import Database
from planning.services.estimates import refit

LOOK_SECONDS = 3_600.0
"""How often it looks whether a server is due."""

_log = structlog.stdlib.get_logger("microscout.refitting")


async def keep_fitted(database: Database, clock: Callable[[], datetime]) -> None:
    """Fit what is due, again and again, until cancelled."""
    while True:
        await refit_all(database, clock)
        await asyncio.sleep(LOOK_SECONDS)


async def refit_all(database: Database, clock: Callable[[], datetime]) -> None:
    """Fit every server that is due; one that fails keeps its old model, and harms no other."""
    try:
        guilds = await database.list_guilds()
    except DatabaseUnavailable:
        _log.warning("the database can't be reached: models stay as they are for now")
        return
    for guild_id in guilds:
        try:
            done = await refit(database, guild_id, now=clock())
        except DatabaseUnavailable:
            _log.warning("the database can't be reached: a model stays as it is for now", guild_id=guild_id)
        except Exception:  # noqa: BLE001 - an edge: whatever is wrong with one server, the others are fitted
            _log.exception("a model could not be fitted", guild_id=guild_id)
        else:
            if done is not None:
                _log.info(
                    "model fitted",
                    guild_id=guild_id,
                    version=str(done.version),
                    accounts=done.accounts,
                    changed=done.changed,
                )
