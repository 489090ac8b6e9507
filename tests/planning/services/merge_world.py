"""A roster with an account under two handles, and steps that merge, load and look."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from planning.accounts import Account
from planning.caller import Caller
from planning.ports import Store
from planning.services.accounts import Found, Unknown, look_up
from planning.services.imports import ImportReport, run_import
from planning.services.merging import confirm_merge, hold, propose_merge
from planning.services.post_imports import import_posts
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
PLANNER = Caller(guild_id=1, user_id=10, planner=True)
ROSTER = (
    "handle,platform,followers,likes,niches,price,country\n"
    "new,instagram,4100,120,food;art,,NL\n"
    "old,instagram,3900,110,food;vegan,250 EUR,\n"
    "vid,tiktok,9000,,food,,\n"
)
POSTS = "date,likes,comments\n2026-02-01 10:00,{a},5\n2026-02-03 10:00,90,4\n"


async def load(database: SqlDatabase, csv: str = ROSTER, now: datetime = NOW, caller: Caller = PLANNER) -> ImportReport:
    return await run_import(
        *(database, CsvFiles(), caller), filename="team.csv", content=csv.encode(), platform=None, now=now
    )


async def post(database: SqlDatabase, handle: str, csv: str, now: datetime = NOW) -> None:
    await import_posts(
        *(database, CsvFiles(), PLANNER, handle), filename="posts.csv", content=csv.encode(), day_first=False, now=now
    )


async def merged(database: SqlDatabase, into: str = "new", other: str = "old", now: datetime = LATER) -> Any:
    proposal = await propose_merge(database, PLANNER, into, other, now=now)
    assert not isinstance(proposal, Unknown)
    return await confirm_merge(database, PLANNER, proposal.token, now=now)


async def account(database: SqlDatabase, handle: str) -> Account:
    found = await look_up(database, PLANNER, handle)
    assert isinstance(found, Found), handle
    return found.account


async def everything(database: SqlDatabase) -> dict[str, Any]:
    """All that hangs on every account, lists and links with it."""
    async with database.reading(PLANNER.guild_id) as store:
        accounts = [each async for part in store.accounts.stream() for each in part]
        held = {each.handle: await hold(store, each) for each in accounts}
        linked = {each.handle: await store.influencers.list_linked(each.id) for each in accounts}
        lists = {
            entry.name: (await store.lists.list_picks(entry.id), await store.lists.list_votes(entry.id))
            for entry in await store.lists.list_all(limit=99)
        }
        return {"held": held, "linked": linked, "lists": lists}


async def with_store(database: SqlDatabase, write: Callable[[Store], Awaitable[object]]) -> None:
    async with database.writing(PLANNER.guild_id) as store:
        await write(store)
