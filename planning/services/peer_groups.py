"""The accounts that an account is compared with: the server's own of its platform and tier."""

from collections.abc import Sequence

from planning.accounts import Account
from planning.authenticity import PeerFigures
from planning.ports import Store
from planning.records import PeerRow
from planning.tiers import Tier

SAMPLED_PEERS = 5_000
"""From a larger group every so many one is taken, so that the report of one account reads no whole roster."""


async def find_peers(store: Store, account: Account, tier: Tier | None) -> tuple[int, list[PeerRow]]:
    """How many accounts there are to compare with, and those that are looked at; the account is none of them."""
    if tier is None:
        return 0, []
    size, rows = await read_group(store, account, tier)
    return size - (account.estimate is not None), [row for row in rows if row.account_id != account.id]


async def read_group(store: Store, account: Account, tier: Tier) -> tuple[int, list[PeerRow]]:
    """How many accounts the group has that this account of the tier belongs to, and those that are looked at."""
    band = tier.low, tier.high
    size = await store.accounts.count_peers(account.platform, band)
    every = max(1, -(-size // SAMPLED_PEERS))
    return size, await store.accounts.list_peers(account.platform, band, every=every)


def figures_of(rows: Sequence[PeerRow]) -> PeerFigures:
    """What the group has."""
    return PeerFigures(
        rates=tuple(row.rate for row in rows),
        comments=tuple(100 * row.comments / row.likes for row in rows if row.comments is not None and row.likes),
        views=tuple(row.views / row.followers for row in rows if row.views and row.followers),
    )
