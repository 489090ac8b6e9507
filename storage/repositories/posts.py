"""Posts with their own numbers."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, bindparam, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.posts import Post
from storage.bulk import IN_CHUNK, execute_many, insert_many
from storage.rows import POST_KEYS, post_values
from storage.tables import post
from storage.types import to_seconds
from storage.upserts import insert_into

_COLUMNS = tuple(column for column in post.c if column.name not in {"guild_id", "account_id", "number"})
_OF_GUILD = post.c.guild_id == bindparam("guild_id", type_=Integer)
_OF_ACCOUNT = post.c.account_id == bindparam("account_id", type_=Integer)
_NEWEST = (
    select(*_COLUMNS)
    .where(_OF_GUILD, _OF_ACCOUNT)
    .order_by(post.c.posted_at.desc(), post.c.number.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
)
_NUMBERED = select(post.c.number, *_COLUMNS).where(_OF_GUILD, _OF_ACCOUNT).order_by(post.c.posted_at, post.c.number)
_COUNT = select(func.count()).select_from(post).where(_OF_GUILD, _OF_ACCOUNT)
_TURNS = (
    select(
        post.c.account_id,
        *_COLUMNS,
        func.row_number()
        .over(partition_by=post.c.account_id, order_by=(post.c.posted_at.desc(), post.c.number.desc()))
        .label("turn"),
    )
    .where(_OF_GUILD, post.c.account_id.in_(bindparam("ids", expanding=True)))
    .subquery("turns")
)
_NEWEST_OF = (
    select(_TURNS)
    .where(_TURNS.c.turn <= bindparam("limit", type_=Integer))
    .order_by(_TURNS.c.account_id, _TURNS.c.turn)
)
_KEY = (post.c.account_id, post.c.posted_at, post.c.number)
_AFTER = tuple_(*_KEY) > tuple_(
    bindparam("after_account", type_=Integer), bindparam("after_time", type_=BigInteger), bindparam("after_number")
)
_NEXT = (
    select(post.c.account_id, post.c.number, *_COLUMNS)
    .where(_OF_GUILD, _AFTER)
    .order_by(*_KEY)
    .limit(bindparam("limit", type_=Integer))
)
_REMOVE = delete(post).where(
    post.c.guild_id == bindparam("of_guild"),
    post.c.account_id == bindparam("of_account"),
    post.c.posted_at == bindparam("at"),
    post.c.number == bindparam("of_number"),
)
_ALL = 2**31 - 1


@cache
def _replacing(dialect: str) -> Any:
    statement = insert_into(post, dialect)
    kept = ("guild_id", "account_id", "posted_at", "number")
    return statement.on_conflict_do_update(
        index_elements=[post.c[name] for name in kept],
        set_={name: statement.excluded[name] for name in POST_KEYS if name not in kept},
    )


CHUNK = 2_500
"""How many posts are turned into rows at a time, so that the event loop is not held for long."""


class SqlPosts:
    """Implements `planning.ports.PostRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def list_newest(self, account_id: int, *, limit: int = _ALL, offset: int = 0) -> list[Post]:
        """The account's posts, newest first."""
        wanted = self._wanted(account_id) | {"limit": limit, "offset": offset}
        return [_to_post(row) for row in await self._connection.execute(_NEWEST, wanted)]

    async def list_numbered(self, account_id: int) -> list[tuple[int, Post]]:
        """The account's posts with their numbers, oldest first."""
        rows = await self._connection.execute(_NUMBERED, self._wanted(account_id))
        return [(row[0], _to_post(row[1:])) for row in rows]

    async def count(self, account_id: int) -> int:
        """How many posts of the account are known."""
        return await self._connection.scalar(_COUNT, self._wanted(account_id)) or 0

    async def list_newest_of(self, account_ids: Sequence[int], *, limit: int) -> dict[int, list[Post]]:
        """The newest so many posts of each of these accounts, newest first."""
        found: dict[int, list[Post]] = {}
        for start in range(0, len(account_ids), IN_CHUNK):
            ids = list(account_ids[start : start + IN_CHUNK])
            wanted = {"guild_id": self._guild_id, "ids": ids, "limit": limit}
            for row in await self._connection.execute(_NEWEST_OF, wanted):
                found.setdefault(row.account_id, []).append(_to_post(row[1:-1]))
        return found

    async def stream(self, *, batch: int = 5_000) -> AsyncIterator[list[tuple[int, Post]]]:
        """Every post with its account's id, by account and time: each batch its own short read."""
        after: tuple[int, int, int] = (0, 0, 0)
        while True:
            names = ("after_account", "after_time", "after_number")
            wanted = {"guild_id": self._guild_id, "limit": batch, **dict(zip(names, after, strict=True))}
            rows = (await self._connection.execute(_NEXT, wanted)).all()
            if not rows:
                return
            yield [(row.account_id, _to_post(row[2:])) for row in rows]
            last = rows[-1]
            after = last.account_id, to_seconds(last.posted_at), last.number

    async def write(self, account_id: int, posts: Sequence[tuple[int, Post]]) -> None:
        """Keep these posts, each under its number; one that is there under its time and number is replaced."""
        statement = _replacing(self._connection.dialect.name)
        for start in range(0, len(posts), CHUNK):
            part = posts[start : start + CHUNK]
            rows = [post_values(self._guild_id, account_id, number, entry) for number, entry in part]
            await insert_many(self._connection, statement, POST_KEYS, rows)

    async def remove(self, account_id: int, keys: Sequence[tuple[datetime, int]]) -> None:
        """Forget the posts of these times and numbers."""
        rows = [(self._guild_id, account_id, to_seconds(posted_at), number) for posted_at, number in keys]
        await execute_many(self._connection, _REMOVE, ["of_guild", "of_account", "at", "of_number"], rows)

    def _wanted(self, account_id: int) -> dict[str, object]:
        return {"guild_id": self._guild_id, "account_id": account_id}


def _to_post(row: Sequence[Any]) -> Post:
    posted_at, kind, likes, comments, shares, saves, views, reach, sponsored, reference, dated_only = row
    return Post(posted_at, kind, likes, comments, shares, saves, views, reach, sponsored, reference, dated_only)
