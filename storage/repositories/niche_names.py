"""The niches of some accounts, each account's in its own order."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import IN_CHUNK
from storage.tables import account_niche, niche

_NAMES = (
    select(account_niche.c.account_id, niche.c.name)
    .join(niche, and_(niche.c.guild_id == account_niche.c.guild_id, niche.c.id == account_niche.c.niche_id))
    .where(
        account_niche.c.guild_id == bindparam("guild_id"),
        account_niche.c.account_id.in_(bindparam("account_ids", expanding=True)),
    )
    .order_by(account_niche.c.account_id, account_niche.c.position)
)


async def list_niche_names(
    connection: AsyncConnection, guild_id: int, account_ids: Sequence[int]
) -> defaultdict[int, list[str]]:
    """The niches by account id; none for an account without."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for start in range(0, len(account_ids), IN_CHUNK):
        wanted = {"guild_id": guild_id, "account_ids": list(account_ids[start : start + IN_CHUNK])}
        for account_id, name in await connection.execute(_NAMES, wanted):
            names[account_id].append(name)
    return names
