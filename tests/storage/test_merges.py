"""Influencers with several accounts, merges with all that they hold, and the files that the trail names."""

from dataclasses import replace
from datetime import timedelta

from planning.accounts import Reach, Snapshot, Source
from planning.audit import Origin
from planning.flags import FlagReason
from planning.lists import ListPick, Veto, Vote
from planning.merges import Merge, MergeHead, MovedPick
from planning.merging import Held
from planning.platform import Platform
from planning.posts import Post, PostKind
from planning.records import AccountChange
from planning.shortlists import Pick
from storage.database import SqlDatabase
from storage.merge_codec import pack_merge, unpack_merge
from tests.storage.rosters import ACTOR, ANNA, BEN, GUILD, NOW, add, entry

READING = Snapshot(NOW - timedelta(days=3), Source.POSTS, 3_000, ANNA.engagement)
POSTS = (
    Post(NOW - timedelta(days=2), PostKind.REEL, 5, 1, 2, 3, 4, 6, sponsored=True, reference="x/1"),
    Post(NOW, dated_only=True),
)
OLD = replace(BEN, id=9, handle="old", reach=Reach(7.5, 3), flags=(FlagReason.CONSTANT_LIKES,))
PICK = ListPick(Pick(OLD, 7, 0, "gaming"), 3, NOW, ACTOR, "abcdefgh", "a note", Veto(ACTOR, "why"))
MERGE = Merge(
    NOW,
    Held(replace(ANNA, id=1), (READING,), POSTS),
    Held(OLD),
    (4, 5),
    (6,),
    (MovedPick(2, PICK, (Vote(9, ACTOR, up=True, reason="yes"),), replace(PICK, veto=None)), MovedPick(3, PICK, ())),
)


def test_a_merge_is_read_as_it_was_written():
    assert unpack_merge(pack_merge(MERGE)) == MERGE


async def test_merges_are_kept_in_their_order_and_forgotten(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        await store.merges.keep(MERGE)
        await store.merges.keep(replace(MERGE, other=Held(replace(OLD, id=3, handle="older"))))
    async with database.writing(GUILD) as store:
        assert await store.merges.list_heads() == [
            MergeHead(1, 9, Platform.TIKTOK, "old", 1),
            MergeHead(1, 3, Platform.TIKTOK, "older", 2),
        ]
        assert await store.merges.find(1, 9) == MERGE
        await store.merges.forget(1, 9)
        assert await store.merges.find(1, 9) is None
        assert [head.merged_id for head in await store.merges.list_heads()] == [3]


async def test_accounts_are_linked_and_taken_apart(database: SqlDatabase) -> None:
    [anna, ben, cas, dan] = await add(database, ANNA, BEN, replace(BEN, handle="cas"), replace(BEN, handle="dan"))
    async with database.writing(GUILD) as store:
        assert await store.influencers.list_linked(anna.id) == []
        await store.influencers.link([[anna.id, ben.id], [cas.id, dan.id]])
        assert await store.influencers.list_linked(anna.id) == [ben]
        assert await store.influencers.list_linked(dan.id) == [cas]
        await store.influencers.link([[anna.id, ben.id, cas.id]])
        assert await store.influencers.list_linked(anna.id) == [ben, cas]
        assert await store.influencers.list_linked(dan.id) == []
        await store.influencers.unlink([ben.id])
        assert await store.influencers.list_linked(cas.id) == [anna]
        assert await store.influencers.list_linked(ben.id) == []
        assert await store.accounts.get(anna.id) == anna
        assert [identity.influencer_id is None for identity in await store.influencers.list_identities()] == [
            False, True, False, False,
        ]  # fmt: skip


async def test_a_pair_that_is_distinct_is_kept_once(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        for _ in range(2):
            await store.influencers.keep_distinct((1, 2), said_by=ACTOR)
        assert await store.influencers.list_distinct() == {(1, 2)}


async def test_an_account_comes_back_under_its_own_number(database: SqlDatabase) -> None:
    [anna, ben] = await add(database, ANNA, BEN)
    async with database.writing(GUILD) as store:
        await store.accounts.remove(anna, entry())
        back = AccountChange(None, anna, (READING,), entry())
        new = AccountChange(None, replace(BEN, handle="new"), (), entry())
        assert await store.accounts.write([new, back]) == [ben.id + 1, anna.id]
        assert await store.accounts.get(anna.id) == anna
        assert await store.accounts.list_snapshots(anna.id) == [READING]
        await store.accounts.remove_snapshots(anna.id, [READING.taken_at])
        assert await store.accounts.list_snapshots(anna.id) == []


async def test_the_trail_names_file_and_row(database: SqlDatabase) -> None:
    entries = [replace(entry(), account_id=1, origin=origin) for origin in (
        Origin("roster.csv", 12), None, Origin("posts.csv"), Origin("roster.csv", 2),
    )]  # fmt: skip
    async with database.writing(GUILD) as store:
        for each in entries:
            await store.audit.append(each)
        assert await store.audit.list_for_account(1, limit=9) == entries[::-1]
        await store.audit.append(replace(entry(), account_id=2))
        assert [each.account_id for each in await store.audit.list_for_account(1, 2, limit=2)] == [2, 1]
