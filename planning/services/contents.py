"""What a schedule would post now: a shortlist beside the one of its last post, or what an alert has to tell."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from planning.accounts import Account
from planning.caller import COMMAND_LINE, Caller
from planning.ports import Database, Store
from planning.scheduling.alerts import Moved, became_old, first_followers, in_order, moved
from planning.scheduling.changes import shortlist_changes
from planning.scheduling.schedules import AlertTask, HaltReason, Schedule, Seen, ShortlistTask
from planning.services.meanings import Meanings
from planning.services.publishing import AlertContent, Content, Halt, ShortlistContent
from planning.services.shortlists import NoSuchNiche, make_shortlist
from planning.settings import GuildSettings
from planning.shortlists import ShortlistQuery
from planning.tiers import Ladder

CHUNK = 500
"""Accounts that are read at a time: the event loop goes on in between."""


async def make_content(
    database: Database,
    meanings: Meanings,
    guild_id: int,
    schedule: Schedule,
    settings: GuildSettings,
    *,
    now: datetime,
) -> Content:
    """What is to be posted. Raises `Halt` where the niche or the list is gone."""
    now = now.replace(microsecond=0)
    if isinstance(schedule.task, ShortlistTask):
        query = current_query(schedule.task, settings.ladder)
        return await _shortlist(database, meanings, guild_id, query, schedule.seen, settings.ladder, now)
    return await _alert(database, meanings, guild_id, schedule.task, schedule.seen, settings.ladder, now)


def current_query(task: ShortlistTask, ladder: Ladder) -> ShortlistQuery:
    """The query by the ladder that is in force now."""
    tier = ladder.find(task.tier)
    return task.query if tier is None else replace(task.query, followers=(tier.low, tier.high))


async def _shortlist(
    database: Database,
    meanings: Meanings,
    guild_id: int,
    query: ShortlistQuery,
    seen: Seen,
    ladder: Ladder,
    now: datetime,
) -> ShortlistContent:
    caller = Caller(guild_id, COMMAND_LINE, planner=True)
    made = await make_shortlist(database, meanings, caller, query, now=now)
    if isinstance(made, NoSuchNiche) or not made.query.tags:
        raise Halt(HaltReason.NO_NICHE, query.niche)
    async with database.reading(guild_id) as store:
        before = await store.results.find(seen.result_id) if seen.result_id else None
        if before is None or seen.at is None:
            return ShortlistContent(made, None)
        today = await store.accounts.list_by_ids([pick.account.id for pick in before.picks])
    changes = shortlist_changes(before.picks, made.picks, today, made.query, ladder, since=seen.at, now=now)
    return ShortlistContent(made, changes)


async def _alert(
    database: Database,
    meanings: Meanings,
    guild_id: int,
    task: AlertTask,
    seen: Seen,
    ladder: Ladder,
    now: datetime,
) -> AlertContent:
    niches: list[str] = []
    if task.niche is not None:
        meaning = await meanings.match(database, guild_id, task.niche)
        niches = [tag.name for tag in meaning.tags]
        if not niches:
            raise Halt(HaltReason.NO_NICHE, task.niche)
    async with database.reading(guild_id) as store:
        ids = await _listed(store, task.list_id) if task.list_id is not None else []
        trail = await store.models.trail()
        members = await store.schedules.list_members(niches=niches, account_ids=ids)
        changes = await store.schedules.list_followers_changes(seen.trail, trail, niches=niches, account_ids=ids)
    before = first_followers(changes)
    found: list[Moved] = []
    old: list[Account] = []
    async for accounts in _batches(database, guild_id, members):
        changed = (moved(one, before[one.id], ladder, task.jump) for one in accounts if one.id in before)
        found += [one for one in changed if one]
        old += became_old(accounts, timedelta(days=task.older_than), seen.at, now)
    return AlertContent(in_order(found, old), len(members), trail, now)


async def _batches(database: Database, guild_id: int, ids: Sequence[int]) -> AsyncIterator[list[Account]]:
    for start in range(0, len(ids), CHUNK):
        async with database.reading(guild_id) as store:
            yield list((await store.accounts.list_by_ids(ids[start : start + CHUNK])).values())


async def _listed(store: Store, list_id: int) -> list[int]:
    if await store.lists.get(list_id) is None:
        raise Halt(HaltReason.LIST_GONE)
    return [pick.account_id for pick in await store.lists.list_picks(list_id)]
