"""Posts, the model, and the rates of accounts alike, on both databases."""

from dataclasses import replace
from datetime import timedelta

from planning.estimates.values import Estimate, ModelVersion
from planning.platform import Platform
from planning.posts import Post, PostKind
from planning.records import FittedModel, PeerRow
from planning.shortlists import ShortlistQuery, Tag
from storage.database import SqlDatabase
from tests.storage.rosters import ANNA, BEN, GUILD, NOW, OTHER_GUILD, add, entry

FULL = Post(NOW, PostKind.REEL, 10, 2, 3, 4, 5_000_000_000, 900, sponsored=True, reference="https://example.com/p/1")
BARE = Post(NOW - timedelta(days=3), likes=0, dated_only=True)


async def keep(database: SqlDatabase, account_id: int, *posts: tuple[int, Post]) -> None:
    async with database.writing(GUILD) as store:
        await store.posts.write(account_id, posts)


async def test_posts_come_back_as_they_were_newest_first(database: SqlDatabase) -> None:
    [anna] = await add(database, ANNA)
    await keep(database, anna.id, (0, FULL), (0, BARE), (1, replace(BARE, likes=7)))
    async with database.reading(GUILD) as store:
        assert await store.posts.list_newest(anna.id) == [FULL, replace(BARE, likes=7), BARE]
        assert await store.posts.list_newest(anna.id, limit=1, offset=1) == [replace(BARE, likes=7)]
        assert await store.posts.list_numbered(anna.id) == [(0, BARE), (1, replace(BARE, likes=7)), (0, FULL)]
        assert await store.posts.count(anna.id) == 3


async def test_a_post_kept_again_is_replaced(database: SqlDatabase) -> None:
    [anna] = await add(database, ANNA)
    await keep(database, anna.id, (0, FULL))
    await keep(database, anna.id, (0, replace(FULL, likes=12, sponsored=None)))
    async with database.reading(GUILD) as store:
        assert await store.posts.list_newest(anna.id) == [replace(FULL, likes=12, sponsored=None)]


async def test_a_post_is_removed_by_its_time_and_number(database: SqlDatabase) -> None:
    [anna] = await add(database, ANNA)
    await keep(database, anna.id, (0, FULL), (0, BARE), (1, replace(BARE, likes=7)))
    async with database.writing(GUILD) as store:
        await store.posts.remove(anna.id, [(BARE.posted_at, 0), (NOW, 4)])
    async with database.reading(GUILD) as store:
        assert await store.posts.list_numbered(anna.id) == [(1, replace(BARE, likes=7)), (0, FULL)]


async def test_all_posts_stream_by_account_and_time(database: SqlDatabase) -> None:
    anna, ben = await add(database, ANNA, BEN)
    posts = [(n % 2, Post(NOW + timedelta(days=n // 2), likes=n)) for n in range(11)]
    await keep(database, anna.id, *posts)
    await keep(database, ben.id, (0, FULL))
    async with database.reading(GUILD) as store:
        batches = [batch async for batch in store.posts.stream(batch=4)]
    assert [len(batch) for batch in batches] == [4, 4, 4]
    assert [pair for batch in batches for pair in batch] == [
        *((anna.id, post) for _, post in posts), (ben.id, FULL)
    ]  # fmt: skip


async def test_an_account_takes_its_posts_along(database: SqlDatabase) -> None:
    [anna] = await add(database, ANNA)
    await keep(database, anna.id, (0, FULL))
    async with database.writing(GUILD) as store:
        await store.accounts.remove(anna, entry())
    async with database.reading(GUILD) as store:
        assert await store.posts.count(anna.id) == 0


async def test_the_newest_model_is_kept(database: SqlDatabase) -> None:
    fitted = FittedModel(ModelVersion(1, 1), NOW, 3, '{"prior": [1.5]}')
    async with database.writing(GUILD) as store:
        assert await store.models.load() is None
        before = await store.models.trail()
        await store.audit.append(entry())
        assert await store.models.trail() == before + 1
        await store.models.save(fitted)
        await store.models.save(replace(fitted, version=ModelVersion(1, 2)))
    async with database.reading(GUILD) as store:
        assert await store.models.load() == replace(fitted, version=ModelVersion(1, 2))


async def test_a_new_estimate_moves_the_account_in_its_lists_and_changes_nothing_else(database: SqlDatabase) -> None:
    lower = Estimate(0.04, 0.03, 0.05, ModelVersion(1, 0), 0.04)
    first, second = await add(database, ANNA, replace(ANNA, handle="other", estimate=lower))
    query = ShortlistQuery("food", tags=(Tag("food"),))
    async with database.reading(GUILD) as store:
        assert [pick.account.id for pick in await store.shortlists.best(query)] == [first.id, second.id]
    raised = replace(second, estimate=Estimate(0.09, 0.08, 0.1, ModelVersion(1, 1), 0.04), name="not written")
    async with database.writing(GUILD) as store:
        await store.accounts.update_estimates([raised])
    async with database.reading(GUILD) as store:
        assert [pick.account.id for pick in await store.shortlists.best(query)] == [second.id, first.id]
        assert await store.accounts.get(second.id) == replace(raised, name=ANNA.name)
        assert [(count.name, count.accounts) for count in await store.niches.list_counts()] == [
            ("family", 2), ("food", 2)
        ]  # fmt: skip


async def test_the_whole_roster_in_parts(database: SqlDatabase) -> None:
    stored = await add(database, *(replace(BEN, handle=f"h{n}") for n in range(5)))
    async with database.reading(GUILD) as store:
        assert await store.accounts.list_after(0, limit=3) == stored[:3]
        assert await store.accounts.list_after(stored[2].id, limit=3) == stored[3:]


async def test_rates_of_accounts_alike(database: SqlDatabase) -> None:
    def alike(n: int, followers: int, platform: Platform = Platform.INSTAGRAM, *, known: bool = True):
        estimate = Estimate(n / 100, n / 200, n / 50, ModelVersion(1, 0), 0.04) if known else None
        return replace(ANNA, handle=f"h{n}", platform=platform, followers=followers, estimate=estimate)

    await add(
        database,
        *(alike(n, 1_000 + n) for n in range(1, 5)),
        alike(5, 999),
        alike(6, 5_000),
        alike(7, 2_000, Platform.TIKTOK),
        alike(8, 2_000, known=False),
    )
    async with database.reading(GUILD) as store:
        band = (1_000, 5_000)
        assert await store.accounts.count_peers(Platform.INSTAGRAM, band) == 4
        peers = await store.accounts.list_peers(Platform.INSTAGRAM, band, every=1)
        assert sorted(peer.rate for peer in peers) == [0.01, 0.02, 0.03, 0.04]
        assert peers[0] == PeerRow(1, 1_001, 0.01, ANNA.engagement.likes, ANNA.engagement.comments, None)
        assert {peer.account_id for peer in await store.accounts.list_peers(Platform.INSTAGRAM, band, every=2)} == {
            2,
            4,
        }
        assert await store.accounts.count_peers(Platform.INSTAGRAM, (5_000, None)) == 1


async def test_all_servers_are_known_by_their_discord_ids(database: SqlDatabase) -> None:
    assert await database.list_guilds() == []
    await add(database, ANNA, guild=OTHER_GUILD)
    await add(database, ANNA)
    assert await database.list_guilds() == [OTHER_GUILD, GUILD]
