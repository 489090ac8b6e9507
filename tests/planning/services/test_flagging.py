from dataclasses import replace
from datetime import UTC, datetime, timedelta

from planning.accounts import Account, Engagement, Snapshot, Source
from planning.audit import Action, AuditEntry
from planning.estimates.model import SHIPPED
from planning.flags import FlagReason
from planning.platform import Platform
from planning.posts import Post
from planning.ranking import scores
from planning.records import AccountChange
from planning.services.estimates import estimated
from planning.services.flagging import flag_anew
from planning.shortlists import ShortlistQuery, Tag
from storage.database import SqlDatabase
from tests.storage.rosters import GUILD, OTHER_GUILD

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def drawn(handle: str, likes: float = 120) -> Account:
    return Account(
        Platform.TIKTOK, handle, 2_000, NOW, engagement=Engagement(likes=likes, posts=20), engagement_at=NOW,
        niches=("food",),
    )  # fmt: skip


async def store_all(database: SqlDatabase, accounts: list[Account], guild: int = GUILD) -> None:
    async with database.writing(guild) as store:
        await store.accounts.write(
            [AccountChange(None, entry, (), AuditEntry(NOW, 1, Action.ADDED)) for entry in estimated(accounts, SHIPPED)]
        )


async def flags(database: SqlDatabase, guild: int = GUILD) -> dict[str, tuple[FlagReason, ...]]:
    async with database.reading(guild) as store:
        return {entry.handle: entry.flags async for part in store.accounts.stream() for entry in part}


async def test_every_account_is_held_against_its_peers_and_ranked_by_it(database: SqlDatabase) -> None:
    crowd = [drawn(f"u{n}", 100 + n) for n in range(25)]
    await store_all(database, [*crowd, drawn("odd", 1_900)])
    await store_all(database, [drawn("alone", 1_900)], OTHER_GUILD)
    assert await flag_anew(database, GUILD) == 1
    assert (await flags(database))["odd"] == (FlagReason.RATE_ABOVE,)
    assert set((await flags(database)).values()) == {(), (FlagReason.RATE_ABOVE,)}
    assert await flags(database, OTHER_GUILD) == {"alone": ()}
    assert await flag_anew(database, GUILD) == 0, "what did not change is not written"
    async with database.reading(GUILD) as store:
        picks = await store.shortlists.best(ShortlistQuery("food", tags=(Tag("food"),)))
    assert all(pick.score == scores(pick.account)[0].engagement for pick in picks)


async def test_posts_and_readings_are_looked_at_too_and_a_flag_goes_again(database: SqlDatabase) -> None:
    await store_all(database, [replace(drawn("steady"), posts_read_at=NOW)])
    posts = [(n, Post(NOW - timedelta(days=n), likes=120, comments=3)) for n in range(12)]
    followers = [1_000, 1_010, 1_020, 1_030, 1_041, 1_353, 1_326, 1_306, 1_293, 1_293]
    async with database.writing(GUILD) as store:
        [steady] = await store.accounts.list_by_handle("steady")
        await store.posts.write(steady.id, posts)
        readings = tuple(
            Snapshot(NOW - timedelta(days=63 - 7 * n), Source.TYPED, count) for n, count in enumerate(followers)
        )
        await store.accounts.write([AccountChange(steady, steady, readings, AuditEntry(NOW, 1, Action.LOGGED))])
    assert await flag_anew(database, GUILD) == 1
    assert (await flags(database))["steady"] == (FlagReason.GROWTH_IN_STEPS, FlagReason.CONSTANT_LIKES)
    async with database.writing(GUILD) as store:
        await store.posts.remove(steady.id, [(post.posted_at, n) for n, post in posts])
    await flag_anew(database, GUILD)
    assert (await flags(database))["steady"] == (FlagReason.GROWTH_IN_STEPS,)
