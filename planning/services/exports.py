"""Exporting the roster to a file that importing reads back without loss."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from planning.accounts import Account, reference
from planning.caller import Caller
from planning.files import TableWriter
from planning.money import format_plain
from planning.niches import SEPARATOR
from planning.numbers import format_average, format_share
from planning.ports import Database
from planning.records import AccountFilter

HEADER = (
    *("handle", "platform", "name", "followers", "niches", "country", "language", "likes", "comments", "views"),
    *("posts_averaged", "price", "followers_at", "engagement_at", "declared_rate", "same_influencer_as"),
)


@dataclass(frozen=True, slots=True)
class Roster:
    """Accounts by platform and handle. `influencers` says of those whose influencer has several accounts here, by id,
    which is the largest of them (instagram:jane), whether it is among these or not."""

    accounts: list[Account]
    influencers: Mapping[int, str]


async def collect_roster(database: Database, caller: Caller, wanted: AccountFilter) -> Roster:
    """The accounts of the server that pass the filter."""
    found: list[Account] = []
    largest: dict[int, Account] = {}
    async with database.reading(caller.guild_id) as store:
        owners = await store.influencers.list_influencers()
        async for accounts in store.accounts.stream():
            found += [account for account in accounts if _passes(account, wanted)]
            for account in accounts if owners else ():
                owner = owners.get(account.id)
                if owner is not None and (owner not in largest or account.followers > largest[owner].followers):
                    largest[owner] = account
    names = {owner: reference(*account.key) for owner, account in largest.items()}
    return Roster(found, {account_id: names[owner] for account_id, owner in owners.items() if owner in names})


async def export_roster(writer: TableWriter, roster: Roster) -> bytes:
    """These accounts as a file. Times are ISO 8601 in UTC."""

    def write() -> bytes:
        return writer.write(HEADER, [_row(account, roster) for account in roster.accounts])

    return await asyncio.to_thread(write)


def _passes(account: Account, wanted: AccountFilter) -> bool:
    """What the database's own filter says, of an account that is at hand."""
    low, high = wanted.followers or (0, None)
    return (
        (not wanted.niches or not set(wanted.niches).isdisjoint(account.niches))
        and low <= account.followers
        and (high is None or account.followers < high)
        and wanted.platform in (None, account.platform)
        and wanted.country in (None, account.country)
        and wanted.priced in (None, account.price is not None)
    )


def _row(account: Account, roster: Roster) -> list[str]:
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
        "" if account.declared_rate is None else format_share(account.declared_rate),
        roster.influencers.get(account.id, ""),
    ]
