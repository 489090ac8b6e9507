"""Shortlists that are kept as they were answered."""

from datetime import timedelta

from planning.caller import Caller
from planning.ports import Database
from planning.results import Result, ResultHead

KEPT = timedelta(days=365)
"""A result that nobody saved is forgotten after a year."""


async def keep_result(database: Database, caller: Caller, result: Result) -> None:
    """Keep a result under its id; nothing is written where it is there already."""
    async with database.reading(caller.guild_id) as store:
        if await store.results.has(result.id):
            return
    async with database.writing(caller.guild_id) as store:
        await store.results.purge(before=result.made_at - KEPT)
        await store.results.keep(result)


async def suggest_results(database: Database, guild_id: int, text: str, *, limit: int) -> list[ResultHead]:
    """The newest results whose id begins with the text, or whose niche contains it; for autocomplete."""
    async with database.reading(guild_id) as store:
        return await store.results.list_newest(containing=text.strip(), limit=limit)
