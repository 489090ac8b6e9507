"""The proof on a server's own posts: how well the shipped model foretells what it was never fitted to."""

import asyncio

from planning.caller import Caller
from planning.estimates.backtest import Backtest, backtest
from planning.estimates.post_table import COLUMNS, read_posts
from planning.files import Table
from planning.ports import Database
from planning.posts import PostKind


async def backtest_server(database: Database, caller: Caller) -> Backtest | None:
    """Hide the newest posts of each of the server's accounts and estimate them; None where no account has enough."""
    caller.must_plan()
    rows: list[tuple[str, ...]] = []
    async with database.reading(caller.guild_id) as store:
        followers: dict[int, int] = {}
        async for accounts in store.accounts.stream():
            followers |= {account.id: account.followers for account in accounts if account.posts_read_at}
        async for posts in store.posts.stream():
            rows += [
                (
                    str(account_id),
                    str(followers.get(account_id, 0)),
                    str(post.posted_at.timestamp()),
                    "" if post.likes is None else str(post.likes),
                    "" if post.comments is None else str(post.comments),
                )
                for account_id, post in posts
                if post.kind is not PostKind.STORY
            ]
    table = Table(COLUMNS, rows, range(2, len(rows) + 2), "", "")
    return await asyncio.to_thread(lambda: backtest(read_posts(table)))
