"""Numbers that are given out in a guild: of accounts, niches and audit entries."""

from typing import Literal

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import guild

Counter = Literal["next_account_id", "next_niche_id", "next_audit_id"]


async def take_numbers(connection: AsyncConnection, guild_id: int, counter: Counter, count: int) -> int:
    """The first of `count` consecutive numbers that are now taken."""
    column = guild.c[counter]
    statement = update(guild).where(guild.c.id == guild_id).values({column: column + count}).returning(column)
    return int((await connection.execute(statement)).scalar_one()) - count
