"""Which accounts are one person's, and what is compared to find out."""

from collections.abc import Sequence

from sqlalchemy import Integer, and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.accounts import Account
from planning.duplicates.identities import Identity, Pair
from storage.bulk import IN_CHUNK, execute_many
from storage.merge_tables import distinct_pair
from storage.repositories.accounts import SqlAccounts
from storage.repositories.counters import take_numbers
from storage.tables import account, account_niche
from storage.upserts import insert_into

_GUILD = bindparam("small_id", type_=Integer)
_OF_GUILD = account.c.guild_id == _GUILD
_INFLUENCER = select(account.c.influencer_id).where(_OF_GUILD, account.c.id == bindparam("of_account"))
# In two steps: asked for the rows themselves, SQLite reads the guild's whole roster, not the index.
_LINKED = select(account.c.id).where(_OF_GUILD, account.c.influencer_id == bindparam("influencer", type_=Integer))
_LISTED = select(account.c.id, account.c.influencer_id).where(_OF_GUILD, account.c.influencer_id.is_not(None))
# Without the others' condition: with it SQLite would read the index of all who share an influencer.
_LISTED_OF = select(account.c.id, account.c.influencer_id).where(
    _OF_GUILD, account.c.id.in_(bindparam("account_ids", expanding=True))
)
_SET = (
    update(account)
    .values(influencer_id=bindparam("influencer", type_=Integer))
    .where(account.c.guild_id == bindparam("of_guild"), account.c.id == bindparam("of_account"))
)
_KEYS = ["influencer", "of_guild", "of_account"]
_IDENTITIES = (
    select(
        *(account.c[name] for name in ("id", "platform", "handle", "name", "country", "followers", "likes")),
        account.c.influencer_id,
        account.c.posts_read_at.is_not(None),
        account_niche.c.niche_id,
    )
    .join_from(
        account,
        account_niche,
        and_(
            account_niche.c.guild_id == account.c.guild_id,
            account_niche.c.account_id == account.c.id,
            account_niche.c.position == 0,
        ),
        isouter=True,
    )
    .where(_OF_GUILD, account.c.id > bindparam("after", type_=Integer))
    .order_by(account.c.id)
    .limit(bindparam("part", type_=Integer))
)
_DISTINCT = select(distinct_pair.c.one_id, distinct_pair.c.other_id).where(distinct_pair.c.guild_id == _GUILD)
PART = 2_500
"""How many accounts are read at a time: all at once would hold the event loop for long."""


class SqlInfluencers:
    """Implements `planning.merge_ports.InfluencerRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id
        self._accounts = SqlAccounts(connection, guild_id)

    async def list_linked(self, account_id: int) -> list[Account]:
        """The other accounts of the same influencer, largest first."""
        of_guild = {"small_id": self._guild_id}
        influencer = await self._connection.scalar(_INFLUENCER, of_guild | {"of_account": account_id})
        if influencer is None:
            return []
        ids = list(await self._connection.scalars(_LINKED, of_guild | {"influencer": influencer}))
        found = await self._accounts.list_by_ids([each for each in ids if each != account_id])
        return sorted(found.values(), key=lambda each: (-each.followers, each.id))

    async def list_influencers(self) -> dict[int, int]:
        """The number of the influencer of every account that shares theirs, by the account's id."""
        return {row[0]: row[1] for row in await self._connection.execute(_LISTED, {"small_id": self._guild_id})}

    async def list_influencers_of(self, account_ids: Sequence[int]) -> dict[int, int]:
        """The same of these accounts alone."""
        found: dict[int, int] = {}
        for start in range(0, len(account_ids), IN_CHUNK):
            wanted = {"small_id": self._guild_id, "account_ids": account_ids[start : start + IN_CHUNK]}
            rows = await self._connection.execute(_LISTED_OF, wanted)
            found |= {row[0]: row[1] for row in rows if row[1] is not None}
        return found

    async def link(self, groups: Sequence[Sequence[int]]) -> None:
        """Make each of these groups of accounts one influencer of its own, whatever they belonged to before."""
        first = await take_numbers(self._connection, self._guild_id, "next_influencer_id", len(groups))
        rows = [
            (number, self._guild_id, account_id)
            for number, group in enumerate(groups, start=first)
            for account_id in group
        ]
        await execute_many(self._connection, _SET, _KEYS, rows)

    async def join(self, members: Sequence[tuple[int, int]]) -> None:
        """Put each of these accounts with the influencer of this number."""
        rows = [(influencer, self._guild_id, account_id) for account_id, influencer in members]
        await execute_many(self._connection, _SET, _KEYS, rows)

    async def unlink(self, account_ids: Sequence[int]) -> None:
        """Take these accounts out of their influencers."""
        rows = [(None, self._guild_id, account_id) for account_id in account_ids]
        await execute_many(self._connection, _SET, _KEYS, rows)

    async def list_identities(self) -> list[Identity]:
        """What is compared of every account, in the order of their ids."""
        found: list[Identity] = []
        while True:
            wanted = {"small_id": self._guild_id, "after": found[-1].account_id if found else 0, "part": PART}
            rows = (await self._connection.execute(_IDENTITIES, wanted)).all()
            found += [Identity(*row) for row in rows]
            if len(rows) < PART:
                return found

    async def list_distinct(self) -> set[Pair]:
        """The pairs of accounts that someone said are not the same."""
        return {(row[0], row[1]) for row in await self._connection.execute(_DISTINCT, {"small_id": self._guild_id})}

    async def keep_distinct(self, pair: Pair, *, said_by: int) -> None:
        """Keep such a pair, and who said it; once more changes nothing."""
        statement = insert_into(distinct_pair, self._connection.dialect.name).on_conflict_do_nothing()
        values = {"guild_id": self._guild_id, "one_id": pair[0], "other_id": pair[1], "said_by": said_by}
        await self._connection.execute(statement, values)
