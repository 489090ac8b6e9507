"""Numbers that are given out in a guild: of accounts, niches, audit entries, lists, schedules and influencers."""

from typing import Any, Literal, get_args

from sqlalchemy import Executable, Integer, ScalarSelect, bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import guild

Counter = Literal[
    "next_account_id", "next_niche_id", "next_audit_id", "next_list_id", "next_schedule_id", "next_influencer_id"
]

_COUNTERS: tuple[Counter, ...] = get_args(Counter)


def take(counter: Counter, *also: ScalarSelect[Any]) -> Executable:
    """The statement that takes `count` numbers of the guild `small_id`: tells the next one after them, and this."""
    return (
        update(guild)
        .where(guild.c.id == bindparam("small_id"))
        .values({guild.c[counter]: guild.c[counter] + bindparam("count", type_=Integer)})
        .returning(guild.c[counter], *also)
    )


_TAKE = {counter: take(counter) for counter in _COUNTERS}


async def take_numbers(connection: AsyncConnection, guild_id: int, counter: Counter, count: int) -> int:
    """The first of `count` consecutive numbers that are now taken."""
    taken = await connection.execute(_TAKE[counter], {"small_id": guild_id, "count": count})
    return int(taken.scalar_one()) - count
