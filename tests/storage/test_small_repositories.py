"""Settings, trail and pending actions."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from planning.audit import Action, AuditEntry
from planning.records import AccountChange, Pending
from planning.settings import GuildSettings
from planning.tiers import PRESETS, parse_bands
from storage.database import SqlDatabase
from tests.storage.rosters import ACTOR, ANNA, BEN, GUILD, NOW, add, edit, entry, write

PENDING = Pending("token", "import", ACTOR, NOW, bytes(range(256)))


@pytest.mark.parametrize("ladder", [*PRESETS.values(), parse_bands("tiny 0, größer 1000, huge 5000000000")])
async def test_settings_come_back(database: SqlDatabase, ladder: object) -> None:
    rates = {"EUR": Decimal("1.0870"), "VND": Decimal("0.000036")}
    chosen = GuildSettings(ladder, "USD", "nl", "Europe/Amsterdam", 1_200_000_000_000_000_000, rates)  # type: ignore[arg-type]
    async with database.writing(GUILD) as store:
        assert await store.settings.load() == GuildSettings()
        await store.settings.save(chosen)
        assert await store.settings.load() == chosen
        await store.settings.save(replace(chosen, planner_role_id=None))
    async with database.reading(GUILD) as store:
        assert await store.settings.load() == replace(chosen, planner_role_id=None)


async def test_writing_accounts_leaves_the_settings_at_their_defaults(database: SqlDatabase) -> None:
    await add(database, ANNA)
    async with database.reading(GUILD) as store:
        assert await store.settings.load() == GuildSettings()


async def test_the_trail_is_newest_first_and_paged(database: SqlDatabase) -> None:
    anna, _ = await add(database, ANNA, BEN)
    for followers in (10, 20, 30):
        await write(database, [edit(anna, followers=followers)])
    async with database.reading(GUILD) as store:
        trail = await store.audit.list_for_account(anna.id, limit=9)
        assert [line.after for line in trail] == [
            {"followers": "30"},
            {"followers": "20"},
            {"followers": "10"},
            {"handle": "anna.bakes"},
        ]
        assert await store.audit.list_for_account(anna.id, limit=2, offset=1) == trail[1:3]
        assert await store.audit.list_for_account(99, limit=9) == []
    assert {line.account_id for line in trail} == {anna.id}


async def test_an_entry_comes_back_as_it_was_written(database: SqlDatabase) -> None:
    anna = (await add(database, ANNA))[0]
    fields = {"name": 'ünï "q" \\ \x7f ハ😀', "likes": 1.5, "posts": 3, "country": None, "niches": ["a", "b"]}
    written = AuditEntry(NOW, 0, Action.IMPORTED, fields, {"name": None}, account_id=anna.id)
    await write(database, [AccountChange(anna, anna, (), written)])
    setting = AuditEntry(NOW, ACTOR, Action.SETTING, {"currency": "EUR"}, {"currency": "USD"})
    async with database.writing(GUILD) as store:
        await store.audit.append(setting)
    async with database.reading(GUILD) as store:
        assert (await store.audit.list_for_account(anna.id, limit=1)) == [written]
        assert await store.audit.list_for_account(0, limit=9) == [setting]


async def test_the_trail_of_a_removed_account_is_found_by_its_handle(database: SqlDatabase) -> None:
    anna = (await add(database, ANNA))[0]
    async with database.writing(GUILD) as store:
        await store.accounts.remove(anna, entry(Action.REMOVED))
    again = (await add(database, ANNA))[0]
    async with database.reading(GUILD) as store:
        gone = await store.audit.list_for_handle(ANNA.handle, limit=9)
        assert [(line.action, line.account_id) for line in gone] == [(Action.REMOVED, anna.id), (Action.ADDED, anna.id)]
        assert gone[0].handle == ANNA.handle
        assert await store.audit.list_for_handle(ANNA.handle, limit=1, offset=1) == gone[1:]
        assert len(await store.audit.list_for_account(again.id, limit=9)) == 1
        assert await store.audit.list_for_handle("ben", limit=9) == []


async def test_what_waits_is_handed_over_once(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        await store.pending.put(PENDING)
    async with database.reading(GUILD) as store:
        assert await store.pending.find("token") == PENDING
        assert await store.pending.find("other") is None
    async with database.writing(GUILD) as store:
        assert await store.pending.take("token", author_id=ACTOR + 1) is None
        assert await store.pending.take("other", author_id=ACTOR) is None
        assert await store.pending.take("token", author_id=ACTOR) == PENDING
        assert await store.pending.take("token", author_id=ACTOR) is None
        assert await store.pending.find("token") is None


async def test_of_many_presses_at_once_one_gets_it(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        await store.pending.put(PENDING)

    async def press() -> Pending | None:
        async with database.writing(GUILD) as store:
            return await store.pending.take("token", author_id=ACTOR)

    taken = await asyncio.gather(*(press() for _ in range(8)))
    assert [one for one in taken if one] == [PENDING]


async def test_a_take_that_is_rolled_back_can_be_taken_again(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        await store.pending.put(PENDING)
    with pytest.raises(LookupError):  # noqa: PT012 - the block is what is tested
        async with database.writing(GUILD) as store:
            assert await store.pending.take("token", author_id=ACTOR)
            raise LookupError
    async with database.reading(GUILD) as store:
        assert await store.pending.find("token") == PENDING


async def test_the_old_is_forgotten(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        for hours in range(4):
            await store.pending.put(replace(PENDING, token=str(hours), created_at=NOW + timedelta(hours=hours)))
        assert await store.pending.purge(before=NOW + timedelta(hours=2)) == 2
        assert await store.pending.purge(before=NOW + timedelta(hours=2)) == 0
        assert [await store.pending.find(str(hours)) is None for hours in range(4)] == [True, True, False, False]


async def test_a_plan_is_kept_as_it_was_first(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        assert await store.plans.find("token") is None
        await store.plans.keep("token", '{"é": 1}')
        await store.plans.keep("token", "again")
        assert await store.plans.find("token") == '{"é": 1}'


async def test_what_was_said_of_columns_is_kept_and_replaced(database: SqlDatabase) -> None:
    async with database.writing(GUILD) as store:
        assert await store.mappings.find("headers") is None
        await store.mappings.save("headers", "1")
        await store.mappings.save("headers", "2")
        await store.mappings.save("others", "3")
    async with database.reading(GUILD) as store:
        assert [await store.mappings.find(headers) for headers in ("headers", "others", "none")] == ["2", "3", None]
