"""What an import links, what it leaves apart, and what it says of it, on real databases."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.audit import Action, AuditEntry, Origin
from planning.caller import Caller
from planning.duplicates.identities import pair_of
from planning.reasons import Reason
from planning.records import AccountFilter
from planning.services import imports
from planning.services.accounts import remove_account
from planning.services.duplicates import keep_apart, list_duplicates
from planning.services.exports import collect_roster, export_roster
from planning.services.imports import ImportReport, preview_import
from planning.services.splitting import split
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase
from storage.repositories.influencers import SqlInfluencers
from tests.planning.services.merge_world import LATER, NOW, PLANNER, account, load, merged

HEADER = "name,Instagram,Instagram followers,TikTok,TikTok followers,Threads,Threads followers\n"
ROW = HEADER + "Ann,a,100,b,200,c,300\n"
AWAY = replace(PLANNER, guild_id=2)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    assert report.new + report.updated + report.unchanged + report.rejected == report.rows
    return report.new, report.updated, report.unchanged, report.rejected


def left(report: ImportReport) -> list[tuple[int, str, Reason]]:
    assert not any(told.rejects_row for told in report.problems)
    return [(told.row, told.value, told.reason) for told in report.problems]


async def groups(database: SqlDatabase, caller: Caller = PLANNER) -> set[frozenset[str]]:
    """The influencers with several accounts, each as their handles."""
    async with database.reading(caller.guild_id) as store:
        accounts = {each.id: each.handle async for part in store.accounts.stream() for each in part}
        found: dict[int, set[str]] = {}
        for account_id, influencer in (await store.influencers.list_influencers()).items():
            found.setdefault(influencer, set()).add(accounts[account_id])
    return {frozenset(each) for each in found.values()}


async def trail(database: SqlDatabase, handle: str) -> list[AuditEntry]:
    async with database.reading(PLANNER.guild_id) as store:
        found = await store.audit.list_for_account((await account(database, handle)).id, limit=10)
    return [entry for entry in found if entry.action is Action.LINKED]


async def preview(database: SqlDatabase, csv: str) -> ImportReport:
    return await preview_import(
        *(database, CsvFiles(), PLANNER), filename="team.csv", content=csv.encode(), platform=None
    )


async def test_the_accounts_of_a_row_are_linked_and_again_nothing_changes(database: SqlDatabase) -> None:
    csv = ROW + "Dan,d,400,,,,\nEve,e,500,f,600,,\n"
    shown = await preview(database, csv)
    done = await load(database, csv)
    assert (shown, counts(done), done.influencers) == (done, (6, 0, 0, 0), 2)
    assert await groups(database) == {frozenset("abc"), frozenset("ef")}
    assert [(entry.after, entry.origin) for entry in await trail(database, "a")] == [
        ({"linked": ["tiktok:b", "threads:c"]}, Origin("team.csv", 2))
    ]
    assert await trail(database, "d") == []
    for again in (await preview(database, csv), await load(database, csv, now=LATER)):
        assert (counts(again), again.problems) == ((0, 0, 6, 0), ())
    assert len(await trail(database, "a")) == 1


async def test_an_account_that_stands_alone_joins(database: SqlDatabase) -> None:
    await load(database, HEADER + "Ann,a,100,b,200,,\n")
    await load(database, HEADER + ",,,,,c,300\n")
    shown = await preview(database, ROW)
    done = await load(database, ROW, now=LATER)
    assert (shown, counts(done)) == (done, (0, 1, 2, 0))
    assert await groups(database) == {frozenset("abc")}
    assert [entry.after for entry in await trail(database, "b")] == [
        {"linked": ["threads:c"]},
        {"linked": ["instagram:a"]},
    ]
    assert counts(await load(database, ROW, now=LATER)) == (0, 0, 3, 0)


async def test_a_link_alone_is_a_change(database: SqlDatabase) -> None:
    apart = "handle,platform,followers,name\na,instagram,100,Ann\nb,tiktok,200,Ann\nc,threads,300,Ann\n"
    await load(database, apart)
    assert await groups(database) == set()
    before = await account(database, "a")
    done = await load(database, ROW, now=LATER)
    assert counts(done) == (0, 3, 0, 0)
    assert await account(database, "a") == before
    assert await groups(database) == {frozenset("abc")}
    assert counts(await load(database, apart, now=LATER)) == (0, 0, 3, 0)
    assert await groups(database) == {frozenset("abc")}


async def test_two_influencers_stay_two(database: SqlDatabase) -> None:
    await load(database, HEADER + "Ann,a,100,b,200,,\nCis,,,d,400,c,300\n")
    before = await groups(database)
    row = HEADER + "Ann,a,100,,,c,300\n"
    for done in (await preview(database, row), await load(database, row)):
        assert left(done) == [(2, "instagram:a, threads:c", Reason.OTHER_INFLUENCERS)]
    assert await groups(database) == before


async def test_who_was_split_is_not_linked_again(database: SqlDatabase) -> None:
    await load(database, ROW)
    await split(database, PLANNER, "b", now=LATER)
    done = await load(database, ROW, now=LATER)
    assert counts(done) == (0, 0, 3, 0)
    assert left(done) == [(2, "instagram:a, tiktok:b, threads:c", Reason.KEPT_APART)]
    assert await groups(database) == {frozenset("ac")}
    await merged(database, "a", "b")
    assert left(await load(database, ROW, now=LATER)) == []
    assert await groups(database) == {frozenset("abc")}


async def test_who_was_split_is_no_likely_duplicate(database: SqlDatabase) -> None:
    apart = "handle,platform,followers,name\nann,instagram,100,Ann Lee\nann,tiktok,200,Ann Lee\n"
    await load(database, apart)
    assert (await list_duplicates(database, PLANNER, offset=0, limit=9))[1] == 1
    await load(database, apart.replace("name", "name,influencer id").replace("Lee", "Lee,1"))
    await split(database, PLANNER, "tiktok:ann", now=LATER)
    assert await groups(database) == set()
    assert (await list_duplicates(database, PLANNER, offset=0, limit=9))[1] == 0


async def test_two_that_someone_kept_apart_are_not_linked_by_a_third(database: SqlDatabase) -> None:
    await load(database, HEADER + "Ann,a,100,b,200,,\n,,,,,c,300\n")
    ids = [(await account(database, handle)).id for handle in "ac"]
    await keep_apart(database, PLANNER, pair_of(*ids))
    done = await load(database, HEADER + "Ann,,,b,200,c,300\n")
    assert [told.reason for told in done.problems] == [Reason.KEPT_APART]
    assert await groups(database) == {frozenset("ab")}


async def test_a_former_handle_links_the_account_that_had_it(database: SqlDatabase) -> None:
    await load(database, "handle,platform,followers\nnew,instagram,100\nold,instagram,100\n")
    await merged(database)
    await load(database, HEADER + ",old,100,b,200,,\n,new,100,,,c,300\n")
    assert await groups(database) == {frozenset({"new", "b", "c"})}


async def test_who_is_left_alone_joins_another(database: SqlDatabase) -> None:
    await load(database, HEADER + "Ann,a,100,b,200,,\nCis,,,d,400,c,300\n")
    await remove_account(database, PLANNER, (await account(database, "b")).id, now=LATER)
    assert await groups(database) == {frozenset("cd")}
    await load(database, HEADER + "Cis,a,100,,,c,300\n")
    assert await groups(database) == {frozenset("acd")}


async def test_influencers_are_linked_whole_whatever_chunk_they_fall_into(
    sqlite_database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    csv = HEADER + "".join(f"N{n},a{n},1,b{n},2,c{n},3\n" for n in range(20)) + "Zed,a0,1,z,5,,\n"
    for size in (1, 2, 7):
        monkeypatch.setattr(imports, "CHUNK", size)
        caller = replace(PLANNER, guild_id=100 + size)
        await load(sqlite_database, csv, caller=caller)
        assert await groups(sqlite_database, caller) == {
            frozenset({f"a{n}", f"b{n}", f"c{n}"} | ({"z"} if n == 0 else set())) for n in range(20)
        }


async def test_thousands_are_linked_at_once(sqlite_database: SqlDatabase) -> None:
    csv = HEADER + "".join(f"N{n},a{n},1,b{n},2,,\n" for n in range(1_500))
    assert counts(await load(sqlite_database, csv)) == (3_000, 0, 0, 0)
    assert len(await groups(sqlite_database)) == 1_500
    assert counts(await load(sqlite_database, csv, now=LATER)) == (0, 0, 3_000, 0)
    assert len(await groups(sqlite_database)) == 1_500


async def test_a_file_of_single_accounts_asks_for_no_links(
    sqlite_database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a statement that no row needs")

    for name in ("list_influencers_of", "list_distinct", "link", "join"):
        monkeypatch.setattr(SqlInfluencers, name, refuse)
    csv = "handle,platform,followers\na,instagram,1\nb,tiktok,2\n"
    assert counts(await load(sqlite_database, csv)) == (2, 0, 0, 0)
    assert counts(await load(sqlite_database, csv)) == (0, 0, 2, 0)


async def test_servers_stay_apart(database: SqlDatabase) -> None:
    await load(database, ROW, caller=AWAY)
    await load(database, "handle,platform,followers\na,instagram,100\nb,tiktok,200\n")
    assert await groups(database) == set()
    await load(database, HEADER + "Ann,a,100,b,200,,\n")
    assert await groups(database) == {frozenset("ab")}
    assert await groups(database, AWAY) == {frozenset("abc")}


ACCOUNTS = st.lists(
    st.tuples(st.sampled_from(["instagram", "tiktok", "x"]), st.sampled_from("abcdef"), st.integers(0, 3)),
    unique_by=lambda each: each[:2],
    min_size=1,
)
GUILDS = iter(range(1_000, 1_000_000, 2))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACCOUNTS)
async def test_an_export_carries_every_link(sqlite_database: SqlDatabase, rows: list[tuple[str, str, int]]) -> None:
    """On an empty server the same accounts are the same influencers; on its own an export changes nothing."""
    home = replace(PLANNER, guild_id=next(GUILDS))
    away = replace(home, guild_id=home.guild_id + 1)
    lines = [
        f"{handle}_{platform},{platform},{place},{number or ''}"
        for place, (platform, handle, number) in enumerate(rows)
    ]
    await load(sqlite_database, "handle,platform,followers,influencer id\n" + "\n".join(lines), caller=home)
    content = await export_roster(CsvFiles(), await collect_roster(sqlite_database, home, AccountFilter()))
    assert counts(await load(sqlite_database, content.decode(), caller=home, now=LATER)) == (0, 0, len(rows), 0)
    report = await load(sqlite_database, content.decode(), caller=away, now=NOW)
    assert (counts(report), report.problems) == ((len(rows), 0, 0, 0), ())
    expected = {
        frozenset(f"{handle}_{platform}" for platform, handle, each in rows if each == number)
        for *_, number in rows
        if number and sum(each == number for *_, each in rows) > 1
    }
    assert await groups(sqlite_database, home) == expected
    assert await groups(sqlite_database, away) == expected
    assert await export_roster(CsvFiles(), await collect_roster(sqlite_database, away, AccountFilter())) == content


async def test_a_part_of_the_roster_names_the_same_influencers(sqlite_database: SqlDatabase) -> None:
    await load(sqlite_database, ROW + "Dan,d,400,,,,\n")
    for wanted in (AccountFilter(), AccountFilter(followers=(0, 250))):
        roster = await collect_roster(sqlite_database, PLANNER, wanted)
        named = {each.handle: roster.influencers.get(each.id) for each in roster.accounts}
        assert set(named.values()) <= {"threads:c", None}
        assert named["a"] == named["b"] == "threads:c"
