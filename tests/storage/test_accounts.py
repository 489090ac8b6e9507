from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from planning.accounts import Account, Engagement, Snapshot, Source
from planning.money import Money
from planning.platform import Platform
from planning.records import AccountChange, AccountFilter
from storage.database import SqlDatabase
from storage.repositories.account_writes import CHUNK
from tests.storage.rosters import ANNA, BEN, GUILD, NOW, OTHER_GUILD, add, addition, edit, entry, write


async def test_an_account_comes_back_as_it_was_stored(database: SqlDatabase) -> None:
    bare = Account(Platform.OTHER, "ünïcode-ハンドル", 0, NOW)
    for account in await add(database, ANNA, BEN, bare):
        async with database.reading(GUILD) as store:
            assert await store.accounts.get(account.id) == account
            assert await store.accounts.find(account.platform, account.handle) == account
    async with database.reading(GUILD) as store:
        assert await store.accounts.get(1) == replace(ANNA, id=1)
        assert await store.accounts.get(99) is None
        assert await store.accounts.find(Platform.X, ANNA.handle) is None


async def test_times_are_kept_to_the_second_and_returned_so(database: SqlDatabase) -> None:
    late = NOW + timedelta(microseconds=999_999)
    stored = (await add(database, replace(ANNA, followers_at=late, engagement_at=late, added_at=late)))[0]
    assert stored == replace(ANNA, id=stored.id)


async def test_ids_count_up_by_guild_and_are_never_given_twice(database: SqlDatabase) -> None:
    first, second = await add(database, ANNA, BEN)
    other = (await add(database, ANNA, guild=OTHER_GUILD))[0]
    assert (first.id, second.id, other.id) == (1, 2, 1)
    async with database.writing(GUILD) as store:
        await store.accounts.remove(second, entry())
    assert (await add(database, BEN))[0].id == 3


async def test_one_write_takes_new_and_known_accounts_in_any_order(database: SqlDatabase) -> None:
    anna = (await add(database, ANNA))[0]
    cleo = replace(BEN, handle="cleo")
    stored = await write(database, [addition(BEN), edit(anna, followers=10), addition(cleo)])
    assert [(account.id, account.handle, account.followers) for account in stored] == [
        (2, "ben", BEN.followers),
        (1, "anna.bakes", 10),
        (3, "cleo", BEN.followers),
    ]
    async with database.reading(GUILD) as store:
        for account in stored:
            assert await store.accounts.get(account.id) == account
        assert await store.accounts.count() == 3


async def test_more_than_a_chunk_is_written_whole(database: SqlDatabase) -> None:
    roster = [replace(ANNA, handle=f"anna{number}", followers=number) for number in range(CHUNK * 2 + 1)]
    stored = await add(database, *roster)
    async with database.reading(GUILD) as store:
        found = await store.accounts.list_by_keys([account.key for account in roster])
        assert await store.accounts.count() == len(roster)
        assert await store.accounts.list_snapshots(stored[-1].id) == [addition(stored[-1]).snapshots[0]]
    assert found == {account.key: account for account in stored}


async def test_every_field_can_be_changed_and_emptied(database: SqlDatabase) -> None:
    anna = (await add(database, ANNA))[0]
    emptied = Account(
        Platform.X, "anna", 1, NOW + timedelta(days=1), id=anna.id, source=Source.FILE, niches=(), added_at=NOW
    )
    for after in (emptied, anna):
        async with database.writing(GUILD) as store:
            before = await store.accounts.get(anna.id)
            assert before is not None
            await store.accounts.write([AccountChange(before, after, (), entry())])
        async with database.reading(GUILD) as store:
            assert await store.accounts.get(anna.id) == after


async def test_a_handle_stands_once_on_a_platform(database: SqlDatabase) -> None:
    await add(database, ANNA, replace(ANNA, platform=Platform.X))
    with pytest.raises(IntegrityError):
        await add(database, ANNA)


async def test_accounts_of_one_handle_come_largest_first(database: SqlDatabase) -> None:
    small = replace(ANNA, platform=Platform.X, followers=5)
    await add(database, small, ANNA, BEN)
    async with database.reading(GUILD) as store:
        found = await store.accounts.list_by_handle(ANNA.handle)
    assert [account.platform for account in found] == [Platform.INSTAGRAM, Platform.X]


async def test_keys_find_the_right_platform_only(database: SqlDatabase) -> None:
    await add(database, ANNA, replace(ANNA, platform=Platform.X), BEN)
    async with database.reading(GUILD) as store:
        found = await store.accounts.list_by_keys([(Platform.X, "anna.bakes"), (Platform.X, "ben"), (Platform.X, "no")])
        assert await store.accounts.list_by_keys([]) == {}
    assert list(found) == [(Platform.X, "anna.bakes")]


async def test_a_page_is_filtered_ordered_and_counted(database: SqlDatabase) -> None:
    roster = [
        replace(
            ANNA,
            handle=f"h{number:02}",
            followers=number * 100,
            platform=Platform.X if number % 2 else Platform.INSTAGRAM,
            country="NL" if number % 3 else None,
            niches=("food",) if number % 5 == 0 else ("family", "food") if number % 5 == 1 else (),
        )
        for number in range(30)
    ]
    stored = await add(database, *reversed(roster))
    by_handle = sorted(stored, key=lambda account: account.handle)
    cases = [
        (AccountFilter(), lambda _: True),
        (AccountFilter(niches=("food",)), lambda a: "food" in a.niches),
        (AccountFilter(niches=("unheard of",)), lambda _: False),
        (AccountFilter(followers=(500, 900)), lambda a: 500 <= a.followers < 900),
        (AccountFilter(followers=(500, None)), lambda a: a.followers >= 500),
        (AccountFilter(platform=Platform.X, country="NL"), lambda a: a.platform is Platform.X and a.country == "NL"),
        (
            AccountFilter(niches=("family",), platform=Platform.X),
            lambda a: "family" in a.niches and a.platform is Platform.X,
        ),
    ]
    async with database.reading(GUILD) as store:
        for wanted, passes in cases:
            expected = [account for account in by_handle if passes(account)]
            assert await store.accounts.list_page(wanted, offset=0, limit=100) == (expected, len(expected))
            assert await store.accounts.list_page(wanted, offset=2, limit=3) == (expected[2:5], len(expected))


async def test_counts_between_cuts(database: SqlDatabase) -> None:
    await add(database, *(replace(ANNA, handle=f"h{n}", followers=n) for n in (0, 499, 500, 999, 1000, 10**9)))
    async with database.reading(GUILD) as store:
        assert await store.accounts.count_between([500, 1000]) == [2, 2, 2]
        assert await store.accounts.count_between([]) == [6]


@pytest.mark.parametrize("batch", [1, 2, 5, 1000])
async def test_the_stream_has_everything_once_by_platform_and_handle(database: SqlDatabase, batch: int) -> None:
    roster = [replace(ANNA, handle=h, platform=p) for h in ("b", "a", "C", "é") for p in (Platform.X, Platform.TIKTOK)]
    stored = await add(database, *roster)
    async with database.reading(GUILD) as store:
        batches = [entries async for entries in store.accounts.stream(batch=batch)]
    platforms = list(Platform)
    expected = sorted(stored, key=lambda account: (platforms.index(account.platform), account.handle))
    assert [account for entries in batches for account in entries] == expected
    assert all(0 < len(entries) <= batch for entries in batches)


async def test_readings_are_kept_oldest_first(database: SqlDatabase) -> None:
    anna = (await add(database, ANNA))[0]
    later = Snapshot(NOW + timedelta(days=7), Source.FILE, 3_300, Engagement(likes=150.0, posts=6))
    earlier = Snapshot(NOW - timedelta(days=7), Source.TYPED, 3_100)
    for reading in (later, earlier):
        await write(database, [AccountChange(anna, anna, (reading,), entry())])
    async with database.reading(GUILD) as store:
        assert await store.accounts.list_snapshots(anna.id) == [earlier, addition(ANNA).snapshots[0], later]
        assert await store.accounts.list_snapshots(99) == []


async def test_readings_of_one_second_are_merged(database: SqlDatabase) -> None:
    anna = (await add(database, replace(ANNA, engagement=Engagement())))[0]

    async def read_again(reading: Snapshot) -> Snapshot:
        await write(database, [AccountChange(anna, anna, (reading,), entry())])
        async with database.reading(GUILD) as store:
            readings = await store.accounts.list_snapshots(anna.id)
        assert len(readings) == 1
        return readings[0]

    averages = Engagement(likes=10.0, comments=1.0, posts=5)
    merged = await read_again(Snapshot(NOW, Source.FILE, None, averages))
    assert merged == Snapshot(NOW, Source.FILE, ANNA.followers, averages)
    merged = await read_again(Snapshot(NOW + timedelta(microseconds=5), Source.TYPED, 7))
    assert merged == Snapshot(NOW, Source.TYPED, 7, averages)
    # Averages are one reading: none of the old sample stays beside the new one.
    merged = await read_again(Snapshot(NOW, Source.TYPED, None, Engagement(views=99.5)))
    assert merged == Snapshot(NOW, Source.TYPED, 7, Engagement(views=99.5))


async def test_history_keeps_two_decimals_and_the_account_all(database: SqlDatabase) -> None:
    exact = replace(ANNA, engagement=Engagement(likes=10 / 3, posts=3))
    stored = (await add(database, exact))[0]
    async with database.reading(GUILD) as store:
        account = await store.accounts.get(stored.id)
        readings = await store.accounts.list_snapshots(stored.id)
    assert account is not None
    assert account.engagement.likes == 10 / 3
    assert readings[0].engagement.likes == 3.33


async def test_a_removed_account_is_gone_but_for_its_trail(database: SqlDatabase) -> None:
    anna, ben = await add(database, ANNA, BEN)
    async with database.writing(GUILD) as store:
        await store.accounts.remove(anna, entry())
    async with database.reading(GUILD) as store:
        assert await store.accounts.get(anna.id) is None
        assert await store.accounts.list_snapshots(anna.id) == []
        assert await store.accounts.search("anna", limit=5) == []
        assert await store.accounts.get(ben.id) == ben
        assert len(await store.audit.list_for_account(anna.id, limit=9)) == 2


async def test_large_numbers_fit(database: SqlDatabase) -> None:
    huge = replace(
        ANNA, followers=5 * 10**9, price=Money(10**12, "IDR"), engagement=Engagement(10.0**9, 10.0**8, 10.0**11, 10**6)
    )
    stored = (await add(database, huge))[0]
    async with database.reading(GUILD) as store:
        assert await store.accounts.get(stored.id) == stored
        assert (await store.accounts.list_snapshots(stored.id))[0].engagement == huge.engagement


async def test_the_best_come_by_the_lower_end_of_the_rate(database: SqlDatabase) -> None:
    assert ANNA.estimate is not None
    high = replace(ANNA, handle="high", estimate=replace(ANNA.estimate, low=0.04))
    unpriced = replace(high, handle="unpriced", price=None, niches=("vegan",))
    await add(database, BEN, ANNA, high, unpriced)
    async with database.reading(GUILD) as store:
        best, total = await store.accounts.list_best(AccountFilter(), limit=9)
        assert ([account.handle for account in best], total) == (["high", "unpriced", "anna.bakes", "ben"], 4)
        assert best[0].niches == ANNA.niches
        for wanted, found in (
            (AccountFilter(priced=True), ["high", "anna.bakes"]),
            (AccountFilter(priced=False), ["unpriced", "ben"]),
            (AccountFilter(niches=("vegan",)), ["unpriced"]),
            (AccountFilter(platform=Platform.TIKTOK, followers=(0, 50_000)), ["ben"]),
        ):
            best, total = await store.accounts.list_best(wanted, limit=1)
            assert ([account.handle for account in best], total) == (found[:1], len(found))
