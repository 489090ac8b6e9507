"""What niches mean and what else a team calls them, on both databases."""

from dataclasses import replace

from planning.records import NicheMeaning
from storage.database import SqlDatabase
from tests.storage.rosters import ANNA, BEN, GUILD, OTHER_GUILD, add, edit, write


async def meanings(database: SqlDatabase, recipe: str = "one") -> list[NicheMeaning]:
    async with database.reading(GUILD) as store:
        return await store.niches.list_meanings(recipe)


async def aliases(database: SqlDatabase, guild: int = GUILD) -> dict[str, str]:
    async with database.reading(guild) as store:
        return await store.niches.list_aliases()


async def test_vectors_are_kept_by_recipe_and_replaced(database: SqlDatabase) -> None:
    await add(database, ANNA, BEN)
    none = [NicheMeaning("family", None), NicheMeaning("food", None), NicheMeaning("gaming", None)]
    assert await meanings(database) == none
    async with database.writing(GUILD) as store:
        await store.niches.save_meanings("one", {"food": b"\x00first", "gaming": b"second"})
    kept = [NicheMeaning("family", None), NicheMeaning("food", b"\x00first"), NicheMeaning("gaming", b"second")]
    assert await meanings(database) == kept
    assert await meanings(database, "two") == none, "a vector of another recipe can't be compared"
    async with database.writing(GUILD) as store:
        await store.niches.save_meanings("two", {"food": b"third"})
    assert (await meanings(database, "two"))[1] == NicheMeaning("food", b"third")
    assert (await meanings(database))[1] == NicheMeaning("food", None)


async def test_a_niche_out_of_use_has_no_meaning_and_finds_it_again(database: SqlDatabase) -> None:
    [anna] = await add(database, ANNA)
    async with database.writing(GUILD) as store:
        await store.niches.save_meanings("one", {"food": b"vector"})
        await store.niches.save_alias("eten", "food")
    [anna] = await write(database, [edit(anna, niches=("family",))])
    assert await meanings(database) == [NicheMeaning("family", None)]
    assert await aliases(database) == {}
    await write(database, [edit(anna, niches=("family", "food"))])
    assert await meanings(database) == [NicheMeaning("family", None), NicheMeaning("food", b"vector")]
    assert await aliases(database) == {"eten": "food"}


async def test_an_alias_means_one_niche_until_it_is_forgotten(database: SqlDatabase) -> None:
    await add(database, ANNA)
    await add(database, ANNA, guild=OTHER_GUILD)
    async with database.writing(GUILD) as store:
        await store.niches.save_alias("gezin", "food")
        await store.niches.save_alias("eten", "food")
        await store.niches.save_alias("gezin", "family")
    assert await aliases(database) == {"eten": "food", "gezin": "family"}
    assert await aliases(database, OTHER_GUILD) == {}
    async with database.writing(GUILD) as store:
        await store.niches.forget_alias("eten")
        await store.niches.forget_alias("never was")
    assert await aliases(database) == {"gezin": "family"}


async def test_thousands_of_vectors_at_once(database: SqlDatabase) -> None:
    names = [f"niche {number:04}" for number in range(2_500)]
    many = [replace(BEN, handle=f"h{start}", niches=tuple(names[start : start + 10])) for start in range(0, 2_500, 10)]
    await add(database, *many)
    async with database.writing(GUILD) as store:
        await store.niches.save_meanings("one", {name: name.encode() for name in names})
    assert await meanings(database) == [NicheMeaning(name, name.encode()) for name in names]
