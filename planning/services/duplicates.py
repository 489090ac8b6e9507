"""Likely duplicates: proposed, never merged."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planning.accounts import Account
from planning.caller import Caller
from planning.duplicates.finding import find_candidates, settle
from planning.duplicates.identities import Identity, Pair, Proposal
from planning.ports import Database, Store
from planning.posts import Post
from planning.services.collector import paused_collector

COMPARED = 1_000
"""The posts of no more accounts than these are compared."""
COMPARED_POSTS = 50
FEWEST_POSTS = 2
"""So many of their newest posts two accounts have in common, or it is chance."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two accounts that may be the same: what is read later, or has more posts, is to stay."""

    stays: Account
    goes: Account
    proposal: Proposal


async def list_duplicates(
    database: Database, caller: Caller, *, offset: int, limit: int
) -> tuple[list[Duplicate], int]:
    """A page of the pairs that are likely the same, the likeliest first, and how many there are."""
    with paused_collector():
        return await _list_duplicates(database, caller, offset=offset, limit=limit)


async def _list_duplicates(
    database: Database, caller: Caller, *, offset: int, limit: int
) -> tuple[list[Duplicate], int]:
    async with database.reading(caller.guild_id) as store:
        identities = await store.influencers.list_identities()
        distinct = await store.influencers.list_distinct()
        candidates = await asyncio.to_thread(find_candidates, identities, distinct)
        same_posts = await _find_same_posts(store, identities, candidates)
        proposals = await asyncio.to_thread(settle, candidates, same_posts)
        page = proposals[offset : offset + limit]
        found = await store.accounts.list_by_ids([each for proposal in page for each in proposal.pair])
    return [_duplicate(proposal, *(found[each] for each in proposal.pair)) for proposal in page], len(proposals)


async def keep_apart(database: Database, caller: Caller, pair: Pair) -> None:
    """Remember that these two are not the same."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        await store.influencers.keep_distinct(pair, said_by=caller.user_id)


def _duplicate(proposal: Proposal, one: Account, other: Account) -> Duplicate:
    stays, goes = sorted((one, other), key=_worth, reverse=True)
    return Duplicate(stays, goes, proposal)


def _worth(account: Account) -> tuple[float, int, int]:
    return account.followers_at.timestamp(), account.sample.posts if account.sample else 0, account.followers


async def _find_same_posts(store: Store, identities: Sequence[Identity], candidates: Sequence[Proposal]) -> set[Pair]:
    """The pairs on one platform that have posts in common."""
    posted = {identity.account_id for identity in identities if identity.posts}
    pairs = [each.pair for each in candidates if each.same_account and posted.issuperset(each.pair)]
    ids = sorted({each for pair in pairs[: COMPARED // 2] for each in pair})
    posts = await store.posts.list_newest_of(ids, limit=COMPARED_POSTS) if ids else {}
    return {pair for pair in pairs if _in_common(*(posts.get(each, []) for each in pair)) >= FEWEST_POSTS}


def _in_common(one: Sequence[Post], other: Sequence[Post]) -> int:
    """How many posts have the same address, or the same time to the second."""
    first, second = (Counter(filter(None, map(_mark, posts))) for posts in (one, other))
    return (first & second).total()


def _mark(post: Post) -> object:
    return post.reference or (None if post.dated_only else post.posted_at)
