import gc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planning.accounts import Account, Engagement, Source
from planning.audit import Action
from planning.caller import Caller
from planning.errors import Expired, NotAPlanner, NotYours, UnreadableFile
from planning.import_files import ImportFile
from planning.imports.headers import Field
from planning.imports.mapping import ChosenByHeader
from planning.platform import Platform
from planning.reasons import Reason
from planning.records import AccountFilter
from planning.services import imports
from planning.services.exports import collect_roster, export_roster
from planning.services.imports import ImportReport, preview_import, run_import
from planning.services.proposed_imports import Imported, confirm_import, propose_import, propose_sheet
from sheets.csv_files import CsvFiles
from sheets.files import SpreadsheetFiles
from storage.database import SqlDatabase
from tests.sheets.workbooks import xlsx

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
PLANNER = Caller(guild_id=1, user_id=10, planner=True)
ROSTERS = Path("../shared/data/rosters")


async def run(
    database: SqlDatabase,
    text: str | bytes,
    *,
    caller: Caller = PLANNER,
    platform: Platform | None = Platform.INSTAGRAM,
    now: datetime = NOW,
) -> ImportReport:
    content = text.encode() if isinstance(text, str) else text
    return await run_import(
        database, CsvFiles(), caller, filename="roster.csv", content=content, platform=platform, now=now
    )


async def roster(database: SqlDatabase, caller: Caller = PLANNER) -> list[Account]:
    async with database.reading(caller.guild_id) as store:
        return [account async for accounts in store.accounts.stream() for account in accounts]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    assert report.new + report.updated + report.unchanged + report.rejected == report.rows
    return report.new, report.updated, report.unchanged, report.rejected


async def test_a_file_is_added_then_unchanged_then_updated(database: SqlDatabase) -> None:
    text = "handle,followers,niches,likes\nann,1000,food,50\nbob,2000,art,\ncat,many,,\n"
    assert counts(await run(database, text)) == (2, 0, 0, 1)
    before = await roster(database)
    assert counts(await run(database, text, now=LATER)) == (0, 0, 2, 1)
    assert await roster(database) == before
    assert counts(await run(database, text.replace("1000", "1100").replace("art", "music"), now=LATER)) == (0, 2, 0, 1)
    [ann, bob] = await roster(database)
    assert (ann.followers, ann.followers_at, ann.engagement_at, ann.source) == (1100, LATER, NOW, Source.FILE)
    assert (bob.niches, bob.followers_at) == (("art", "music"), NOW)
    async with database.reading(PLANNER.guild_id) as store:
        readings = await store.accounts.list_snapshots(ann.id)
        trail = await store.audit.list_for_account(ann.id, limit=10)
    assert [(r.taken_at, r.followers, r.engagement) for r in readings] == [
        (NOW, 1000, Engagement(50.0)),
        (LATER, 1100, Engagement()),
    ]
    assert [(entry.action, entry.actor_id, entry.before, entry.after) for entry in trail] == [
        (Action.IMPORTED, 10, {"followers": 1000}, {"followers": 1100}),
        (Action.IMPORTED, 10, {}, {"followers": 1000, "niches": ["food"], "likes": 50.0}),
    ]


async def test_a_preview_says_the_same_and_writes_nothing(sqlite_database: SqlDatabase) -> None:
    content = b"handle,followers,niches\nann,1000,food\nann,1000,art\nann,1001,\nbob,x,\n"
    arguments = {"filename": "roster.csv", "content": content, "platform": Platform.X}
    preview = await preview_import(sqlite_database, CsvFiles(), PLANNER, **arguments)
    assert await roster(sqlite_database) == []
    done = await run_import(sqlite_database, CsvFiles(), PLANNER, **arguments, now=NOW)
    assert preview == done
    assert counts(done) == (1, 1, 0, 2)
    assert [(p.row, p.reason, p.detail) for p in done.problems] == [
        *((4, Reason.DUPLICATE_DIFFERS, "2"), (5, Reason.NOT_A_NUMBER, "")),
    ]
    assert [draft.niches for draft in done.sample] == [("food", "art")]
    assert counts(await preview_import(sqlite_database, CsvFiles(), PLANNER, **arguments)) == (0, 0, 2, 2)


async def test_what_is_said_by_header_stands_above_what_was_said_before(sqlite_database: SqlDatabase) -> None:
    content = b"Who,Reach,Where\nann,1000,NL\n"
    reader, file = CsvFiles(), ImportFile("a.csv", content, Platform.X, chosen={0: Field.HANDLE, 1: Field.FOLLOWERS})
    proposal = await propose_import(sqlite_database, reader, PLANNER, file, now=NOW)
    await confirm_import(sqlite_database, reader, PLANNER, proposal.token, now=NOW)
    arguments = {"filename": "b.csv", "content": content, "platform": Platform.X}
    given = sqlite_database, reader, PLANNER
    report = await preview_import(
        *given,
        **arguments,
        chosen=ChosenByHeader({"WHO": Field.NAME, "where": Field.HANDLE}),
    )
    assert [use.field for use in report.columns] == [Field.NAME, Field.FOLLOWERS, Field.HANDLE]
    assert [draft.handle for draft in report.sample] == ["nl"]
    lettered = ChosenByHeader({"B": Field.LIKES, "column c": Field.FOLLOWERS})
    assert [use.field for use in (await preview_import(*given, **arguments, chosen=lettered)).columns] == [
        *(Field.HANDLE, Field.LIKES, Field.FOLLOWERS)
    ]
    with pytest.raises(UnreadableFile, match="no_such_column Who, Reach, Where"):
        await preview_import(*given, **arguments, chosen=ChosenByHeader({"Wo": None}))


async def test_niches_never_grow_past_their_number(sqlite_database: SqlDatabase) -> None:
    await run(sqlite_database, "handle,followers,niches\nann,1,a;b;c;d;e;f;g;h\n")
    report = await run(sqlite_database, "handle,followers,niches\nann,2,x;y;z\n")
    assert counts(report) == (0, 1, 0, 0)
    assert [(p.reason, p.rejects_row) for p in report.problems] == [(Reason.TOO_MANY_NICHES, False)]
    [ann] = await roster(sqlite_database)
    assert (ann.followers, ann.niches) == (2, tuple("abcdefgh"))


async def test_who_may_not_plan_may_not_import(sqlite_database: SqlDatabase) -> None:
    with pytest.raises(NotAPlanner):
        await run(sqlite_database, "handle,followers\nann,1\n", caller=replace(PLANNER, planner=False))
    with pytest.raises(UnreadableFile, match="columns"):
        await run(sqlite_database, "a,b\n1,2\n")
    assert gc.isenabled()
    assert await roster(sqlite_database) == []


async def test_who_did_not_send_a_workbook_does_not_choose_its_sheet(sqlite_database: SqlDatabase) -> None:
    rows = [["handle", "followers"], ["ann", 5]]
    file = ImportFile("a.xlsx", xlsx({"Spring": rows, "Autumn": rows}), Platform.X)
    reader = SpreadsheetFiles()
    proposal = await propose_import(sqlite_database, reader, PLANNER, file, now=NOW)
    other = replace(PLANNER, user_id=11)
    with pytest.raises(NotYours):
        await propose_sheet(sqlite_database, reader, other, proposal.token, "Autumn", now=NOW)
    again = await propose_sheet(sqlite_database, reader, PLANNER, proposal.token, "Autumn", now=NOW)
    assert again.report.sheet == "Autumn"
    with pytest.raises(Expired):
        await confirm_import(sqlite_database, reader, PLANNER, proposal.token, now=NOW)
    done = await confirm_import(sqlite_database, reader, PLANNER, again.token, now=NOW)
    assert isinstance(done, Imported)
    assert done.report.sheet == "Autumn"


async def test_servers_stay_apart(sqlite_database: SqlDatabase) -> None:
    other = replace(PLANNER, guild_id=2)
    await run(sqlite_database, "handle,followers\nann,1\n")
    assert await roster(sqlite_database, other) == []
    assert counts(await run(sqlite_database, "handle,followers\nann,2\n", caller=other)) == (1, 0, 0, 0)
    assert [account.followers for account in await roster(sqlite_database)] == [1]


async def test_progress_counts_up_to_all(sqlite_database: SqlDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "CHUNK", 2)
    seen: list[tuple[int, int]] = []
    content = b"handle,followers\n" + b"".join(b"h%d,%d\n" % (number, number) for number in range(5))
    await run_import(
        *(sqlite_database, CsvFiles(), PLANNER),
        filename="roster.csv",
        content=content,
        platform=Platform.X,
        now=NOW,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(2, 5), (4, 5), (5, 5)]


async def test_an_export_is_read_back_without_loss(database: SqlDatabase) -> None:
    header = "handle,platform,name,followers,niches,country,language,likes,comments,views,posts averaged,price,ER\n"
    rows = [
        'ann,other,=1+1,5,"food, art",NL,nl,1.2340,0.5,1234.567,3,1.234 KWD,1.397%',
        "bob,other,'@bob,6,,NA,,10,,,,",
        "UCX6OQ3DkcsbYNE6H8uQQuVA,youtube,unknown,7,,,,,,,,250 JPY",
        '_x_,x,"a, ""b"" ; c",10000000000,c++,,,,,,,0 EUR',
        "gargron@mastodon.social,mastodon,+1,8,,XK,,,,,,",
    ]
    assert counts(await run(database, header + "\n".join(rows))) == (5, 0, 0, 0)
    stored = await roster(database)
    assert {account.declared_rate for account in stored} == {0.01397, None}
    assert {account.name for account in stored} == {"=1+1", "@bob", "unknown", 'a, "b" ; c', "+1"}
    content = await export_roster(CsvFiles(), await collect_roster(database, PLANNER, AccountFilter()))
    assert counts(await run(database, content, platform=None, now=LATER)) == (0, 0, 5, 0)
    other = replace(PLANNER, guild_id=2)
    report = await run(database, content, platform=None, caller=other)
    assert (counts(report), report.problems) == ((5, 0, 0, 0), ())
    assert [replace(account, id=0) for account in await roster(database, other)] == [
        replace(account, id=0) for account in stored
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ig-33935-categories/influencers.csv", (33_934, 0, 0)),
        ("ig-maghreb-fr/influencers.csv", (2_074, 0, 0)),
        ("ig-top200-kmb/top_insta_influencers_data.csv", (198, 0, 1)),
        ("yt-minecraft-es/influencers.csv", (128, 1, 1)),
        ("tracker-template-tiktok/influencer-tracker.csv", (5, 0, 54)),
    ],
)
async def test_real_rosters_are_accounted_for_to_the_row(
    sqlite_database: SqlDatabase, name: str, expected: tuple[int, int, int]
) -> None:
    path = ROSTERS / name
    if not path.exists():
        pytest.skip(f"the real roster {name} is not here")
    report = await run(sqlite_database, path.read_bytes())
    new, repeated, rejected = expected
    assert counts(report) == (new, 0, repeated, rejected)
    assert len(await roster(sqlite_database)) == new
    assert all(problem.row > 1 and problem.reason for problem in report.problems)
    assert counts(await run(sqlite_database, path.read_bytes(), now=LATER)) == (0, 0, new + repeated, rejected)
