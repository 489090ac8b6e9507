from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from planning.accounts import Account
from planning.platform import Platform
from planning.records import HandleMatch
from storage.database import SqlDatabase
from tests.storage.rosters import ANNA, BEN, GUILD, NOW, OTHER_GUILD, add, edit, entry, write

GUILDS = count(1_300_000_000_000_000_000)
LETTERS = "abcé%_\\\"'*-^:()ß İñハ😀ndor"
words = st.text(LETTERS, min_size=1, max_size=8)
accounts = st.builds(
    Account,
    platform=st.just(Platform.INSTAGRAM),
    handle=words.map(str.casefold),
    followers=st.integers(0, 3),
    followers_at=st.just(NOW),
    name=st.none() | st.text(LETTERS + "ABCÉÑ", min_size=1, max_size=8),
)


def expected(roster: list[Account], text: str, limit: int) -> list[HandleMatch]:
    folded = text.casefold()
    found = [a for a in roster if folded in a.handle.casefold() or folded in (a.name or "").casefold()]
    found.sort(key=lambda a: (not a.handle.casefold().startswith(folded), -a.followers, a.id))
    return [HandleMatch(a.id, a.platform, a.handle, a.name, a.followers) for a in found][:limit]


# The database is shared by the examples of one test: each has a guild of its own.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roster=st.lists(accounts, max_size=8, unique_by=lambda account: account.key),
    text=st.text(LETTERS + "ABCÉ", min_size=1, max_size=5),
    limit=st.sampled_from([1, 3, 25]),
)
@example([replace(ANNA, handle="and or not near", name=None)], "D OR NOT", 5)
@example([replace(ANNA, handle='say "hi" now')], '"HI" N', 5)
@example([replace(ANNA, handle="100%_x"), replace(ANNA, handle="100ab_x")], "%_x", 5)
@example([replace(ANNA, handle="weiss", name="Straße")], "STRASSE", 5)
async def test_search_finds_what_reading_the_roster_finds(
    database: SqlDatabase, roster: list[Account], text: str, limit: int
) -> None:
    guild = next(GUILDS)
    stored = await add(database, *roster, guild=guild)
    async with database.reading(guild) as store:
        assert await store.accounts.search(text, limit=limit) == expected(stored, text, limit)
        for account in stored:  # and every part of what is there
            for part in (account.handle, account.handle[1:4], (account.name or "")[-3:]):
                if part:
                    assert await store.accounts.search(part, limit=limit) == expected(stored, part, limit)


async def test_search_follows_changes_and_removals(database: SqlDatabase) -> None:
    anna, ben = await add(database, ANNA, BEN)
    anna = (await write(database, [edit(anna, handle="sofia", name="Zoë Z.")]))[0]
    async with database.reading(GUILD) as store:
        assert await store.accounts.search("anna", limit=5) == []
        assert await store.accounts.search("bakt", limit=5) == []
        assert [m.handle for m in await store.accounts.search("ZOË", limit=5)] == ["sofia"]
    await write(database, [edit(anna, followers=1)])
    async with database.writing(GUILD) as store:
        await store.accounts.remove(ben, entry())
    async with database.reading(GUILD) as store:
        assert [m.followers for m in await store.accounts.search("ofi", limit=5)] == [1]
        assert await store.accounts.search("ben", limit=5) == []
        assert await store.accounts.search("be", limit=5) == []


@pytest.mark.parametrize("text", ["a", "an", "ann", "anna.bakes"])
async def test_search_stays_in_its_guild(database: SqlDatabase, text: str) -> None:
    for guild, name in [(OTHER_GUILD - 5, "Before"), (GUILD, "Mine"), (OTHER_GUILD, "After")]:
        await add(database, replace(ANNA, name=name), guild=guild)
    async with database.reading(GUILD) as store:
        assert [match.name for match in await store.accounts.search(text, limit=9)] == ["Mine"]


async def test_an_empty_text_gives_the_first_and_odd_ones_give_none(database: SqlDatabase) -> None:
    await add(database, ANNA, BEN)
    async with database.reading(GUILD) as store:
        assert len(await store.accounts.search("", limit=5)) == 2
        for text in ("\0", "a\0\0", "\ud800", "zzz" * 2_000, "anna\nbakt", "anna.bakes\nanna"):
            await store.accounts.search(text, limit=5)
        assert await store.accounts.search("s\na", limit=5) == []


async def test_a_part_in_a_crowd_is_found(database: SqlDatabase) -> None:
    crowd = [replace(BEN, handle=f"crowd{n:05}", followers=n) for n in range(3_000)]
    await add(database, *crowd, ANNA)
    async with database.reading(GUILD) as store:
        assert [m.handle for m in await store.accounts.search("bakt", limit=3)] == ["anna.bakes"]
        assert [m.handle for m in await store.accounts.search("02999", limit=3)] == ["crowd02999"]
        assert [m.handle for m in await store.accounts.search("kt", limit=3)] == ["anna.bakes"]
        assert len(await store.accounts.search("row", limit=25)) == 25
