"""What is unusual about each account of a server, looked for in all of them at once: shortlists rank by it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from planning.accounts import Account, Snapshot
from planning.authenticity import Evidence, PeerFigures, find_flags
from planning.flags import FlagReason
from planning.platform import Platform
from planning.ports import Database, Store
from planning.posts import Post
from planning.services.peer_groups import figures_of, read_group
from planning.tiers import Ladder, Tier

CHUNK = 500
"""Accounts looked at together: neither the event loop nor another reader waits for long."""
LOOKED_AT = 100
"""The newest so many posts of an account are looked at."""

_Groups = dict[tuple[Platform, Tier], PeerFigures]
_Flags = dict[int, tuple[FlagReason, ...]]


async def flag_anew(database: Database, guild_id: int) -> int:
    """Look at every account of a server, and keep the flags that changed; how many accounts those were.

    Reads chunk by chunk, and writes only what changed, so that no other writer waits.
    """
    groups: _Groups = {}
    changed, last = 0, 0
    while True:
        async with database.reading(guild_id) as store:
            accounts = await store.accounts.list_after(last, limit=CHUNK)
            if not accounts:
                return changed
            ladder = (await store.settings.load()).ladder
            await _read_groups(store, accounts, ladder, groups)
            posts = await store.posts.list_newest_of([a.id for a in accounts if a.posts_read_at], limit=LOOKED_AT)
            snapshots = await store.accounts.list_snapshots_of([account.id for account in accounts])
        last = accounts[-1].id
        found = await asyncio.to_thread(_flags, accounts, posts, snapshots, ladder, groups)
        if found:
            async with database.writing(guild_id) as store:
                changed += await _keep(store, found)


async def _read_groups(store: Store, accounts: Sequence[Account], ladder: Ladder, groups: _Groups) -> None:
    for account in accounts:
        tier = ladder.tier(account.followers)
        if tier is not None and (account.platform, tier) not in groups:
            _, rows = await read_group(store, account, tier)
            groups[account.platform, tier] = figures_of(rows)


def _flags(
    accounts: Sequence[Account],
    posts: Mapping[int, list[Post]],
    snapshots: Mapping[int, list[Snapshot]],
    ladder: Ladder,
    groups: _Groups,
) -> _Flags:
    """The flags of those accounts whose flags changed."""
    found: _Flags = {}
    for account in accounts:
        tier = ladder.tier(account.followers)
        peers = groups[account.platform, tier] if tier else PeerFigures()
        rate = account.estimate.rate if account.estimate else None
        evidence = Evidence(account, posts.get(account.id, []), snapshots.get(account.id, []), rate, peers)
        flags = tuple(flag.reason for flag in find_flags(evidence))
        if flags != account.flags:
            found[account.id] = flags
    return found


async def _keep(store: Store, found: _Flags) -> int:
    """Write the flags of the accounts that are still there, which may have other numbers by now."""
    accounts = await store.accounts.list_by_ids(list(found))
    await store.accounts.update_estimates([replace(entry, flags=found[entry.id]) for entry in accounts.values()])
    return len(accounts)
