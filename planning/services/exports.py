"""Exporting the roster to a file that importing reads back without loss."""

import asyncio

from planning.accounts import Account
from planning.caller import Caller
from planning.files import TableWriter
from planning.money import format_plain
from planning.niches import SEPARATOR
from planning.numbers import format_average
from planning.ports import Database

HEADER = (
    *("handle", "platform", "name", "followers", "niches", "country", "language", "likes", "comments", "views"),
    *("posts_averaged", "price", "followers_at", "engagement_at"),
)


async def export_roster(database: Database, writer: TableWriter, caller: Caller) -> bytes:
    """The server's whole roster, by platform and handle. Times are ISO 8601 in UTC."""
    rows: list[list[str]] = []
    async with database.reading(caller.guild_id) as store:
        async for accounts in store.accounts.stream():
            rows += [_row(account) for account in accounts]
    return await asyncio.to_thread(writer.write, HEADER, rows)


def _row(account: Account) -> list[str]:
    numbers = account.engagement
    averages = (numbers.likes, numbers.comments, numbers.views)
    return [
        account.handle,
        account.platform.value,
        account.name or "",
        str(account.followers),
        SEPARATOR.join(account.niches),
        account.country or "",
        account.language or "",
        *("" if average is None else format_average(average) for average in averages),
        "" if numbers.posts is None else str(numbers.posts),
        format_plain(account.price) if account.price else "",
        account.followers_at.isoformat(),
        account.engagement_at.isoformat() if account.engagement_at else "",
    ]
