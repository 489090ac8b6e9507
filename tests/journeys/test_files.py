"""`/influencer import`, `export` and `list`."""

import csv
import io

import pytest

from sheets.files import SpreadsheetFiles
from tests.journeys.conftest import Journey, enrol
from tests.people import Answer
from tests.sheets.workbooks import xlsx

TABLE = (
    "Nom;IG_Handle;Followers;Topics;Land;Prijs\n"
    "Moss;@moss;3,2k;vegan, baking;Nederland;€ 250\n"
    "Fern;@fern;12.400;travel;Duitsland;\n"
    "Odd;@odd;n/a;travel;Duitsland;\n"
    "Lost;@lost;900;travel;Atlantis;\n"
).encode()


async def test_an_import_shows_what_it_understood_and_writes_only_after_confirm(world: Journey):
    preview = await world.planner.slash("influencer import", file=("roster.csv", TABLE))
    for part in ("4 rows", "3 new", "1 rejected", "`IG_Handle` → handle", "@moss", "3,200", "Netherlands"):
        assert part in preview.text
    assert "row 4" in preview.text
    assert "row 5" in preview.text
    assert "0 accounts" in (await world.planner.slash("influencer list")).text
    done = await preview.click("Confirm")
    assert "Imported" in done.text
    assert "3 accounts" in (await world.planner.slash("influencer list")).text
    text = (await world.planner.slash("tier", handle="fern")).text
    assert "Macro · 12,400 followers" in text
    assert "from a file" in text
    assert "imported" in (await world.planner.slash("influencer history", handle="fern")).text


async def test_a_cancelled_import_writes_nothing(world: Journey):
    preview = await world.planner.slash("influencer import", file=("roster.csv", TABLE))
    assert "Nothing was changed" in (await preview.click("Cancel")).text
    assert "0 accounts" in (await world.planner.slash("influencer list")).text


async def test_confirm_works_after_a_restart_and_once(world: Journey):
    first = await world.planner.slash("influencer import", file=("roster.csv", TABLE))
    confirm = next(button.custom_id for button in first.buttons if button.label == "Confirm")
    await world.restart()
    assert "Imported" in (await first.click(custom_id=confirm)).text
    again = await world.planner.slash("influencer import", file=("roster.csv", TABLE))
    assert "3 unchanged" in again.text
    assert "Confirm" not in again.labels


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("empty.csv", b""), "empty"),
        (("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "no spreadsheet"),
        (("words.csv", b"once upon a time\nthere was a bot\n"), "no column of handles"),
        (("large.csv", b"handle,followers\n" + b"x" * 10_000_001), "larger than 10 MB"),
    ],
)
async def test_a_file_that_is_no_roster_is_refused_clearly(world: Journey, file: tuple[str, bytes], said: str):
    answer = await world.planner.slash("influencer import", file=file)
    assert said in answer.text
    assert answer.ephemeral
    assert len(answer.messages) == 1


async def test_a_declared_rate_is_shown_as_such(world: Journey):
    table = b"handle,platform,followers,Engagement Rate\nmoss,tiktok,3200,4.2%\n"
    preview = await world.planner.slash("influencer import", file=("a.csv", table))
    assert "declared 4.2%" in preview.text
    await preview.click("Confirm")
    text = (await world.planner.slash("tier", handle="moss")).text
    assert "A file declares a rate of 4.2%, by an unknown definition. It goes into no estimate." in text
    assert "Engagement rate: not computable" in text
    assert "declared rate 4.2%" in (await world.planner.slash("influencer history", handle="moss")).text


async def test_the_card_says_why_a_column_is_read_as_it_is(world: Journey):
    rows = "".join(f"@ann{n},tiktok,{n}.1K,{n}100,{place}\n" for n, place in enumerate(["Spain", "Peru", "France"], 1))
    table = f"handle,platform,Followers,Followers,Views\n{rows}"
    preview = await world.planner.slash("influencer import", file=("a.csv", table.encode()))
    for part in (
        "`Followers` (column D) → followers",
        "`Followers` (column D) is used and not `Followers` (column C)",
        "`Views` → country",
        "`Views`: by what it holds, 80.0% sure",
        "1,100 · Spain",
    ):
        assert part in preview.text


async def choose(answer: Answer, column: str, field: str) -> Answer:
    """Say in the menus of a preview what a column is."""
    return await (await answer.select(column)).select(field)


async def test_a_column_is_read_as_the_person_says_and_the_next_file_too(world: Journey):
    table = b"who,reach now,last year,where\nmoss,3200,7,NL\nfern,900,8,BE\n"
    first = await world.planner.slash("influencer import", file=("a.csv", table), platform="tiktok")
    assert "no column of handles, or none of followers" in first.text
    assert "Confirm" not in first.labels
    second = await choose(first, "0", "handle")
    assert "`who`: as you chose" in second.text
    third = await choose(second, "1", "followers")
    for part in ("2 new", "`reach now` → followers", "`who` → handle", "3,200"):
        assert part in third.text
    await world.restart()
    fourth = await choose(third, "3", "country")
    assert "Netherlands" in fourth.text
    assert "Imported" in (await fourth.click("Confirm")).text
    assert "2 accounts" in (await world.planner.slash("influencer list")).text
    later = table.replace(b"3200", b"3300").replace(b"who", b"Who")
    again = await world.planner.slash("influencer import", file=("b.csv", later), platform="tiktok")
    for part in ("as you chose for such a file before", "1 changed", "1 unchanged"):
        assert part in again.text
    elsewhere = await world.away.planner.slash("influencer import", file=("b.csv", later), platform="tiktok")
    assert "no column of handles" in elsewhere.text


async def test_a_column_may_be_left_out_and_a_choice_taken_back(world: Journey):
    table = b"handle,platform,followers,country\nmoss,tiktok,3200,NL\n"
    first = await world.planner.slash("influencer import", file=("a.csv", table))
    left_out = await choose(first, "3", "-")
    assert "Netherlands" not in left_out.text
    asked = await left_out.select("3")
    assert "What is column D?" in asked.text
    back = await asked.click("Back")
    assert "Netherlands" not in back.text
    assert "Netherlands" in (await choose(back, "3", "country")).text


async def test_a_workbook_is_read_and_another_of_its_sheets_can_be_chosen(world: Journey):
    header = ["handle", "platform", "followers"]
    book = xlsx(
        {
            "Notes": [["call Ann"]],
            "Spring": [header, ["@moss", "tiktok", 3200], ["@fern", "tiktok", "12.4K"]],
            "Autumn": [header, ["@oak", "tiktok", 900]],
        }
    )
    first = await world.planner.slash("influencer import", file=("roster.xlsx", book))
    for part in ("2 new", "Sheet Spring, one of 3", "12,400"):
        assert part in first.text
    second = await first.select("Autumn")
    for part in ("1 new", "Sheet Autumn", "@oak"):
        assert part in second.text
    assert "no column of handles" in (await second.select("Notes")).text
    await second.click("Confirm")
    assert "1 account" in (await world.planner.slash("influencer list")).text


async def test_each_problem_is_shown_with_its_rows_and_what_rejects_a_row_first(world: Journey):
    table = b"handle,followers,price\na_one,100,TBD\na_two,200,soon\na_three,-5,\n"
    answer = await world.planner.slash("influencer import", file=("a.csv", table), platform="tiktok")
    shown = answer.text.split("**Problems**")[1].strip().split("\n")
    assert shown[0].startswith("1 row rejected: `followers`")
    assert shown[1] == "-# row 4: `-5`"
    assert shown[2].startswith("2 cells left out: `price`")
    assert shown[3] == "-# row 2: `TBD` · row 3: `soon`"


async def test_many_problems_come_as_a_file(world: Journey):
    rows = "\n".join(f"name{n},lots" for n in range(30))
    answer = await world.planner.slash(
        "influencer import", file=("a.csv", b"handle,followers\nok,5\n" + rows.encode()), platform="tiktok"
    )
    problems = list(csv.DictReader(io.StringIO(answer.files["problems.csv"].decode("utf-8-sig"))))
    assert len(problems) == 30
    assert problems[0]["row"] == "3"


async def test_a_platform_is_asked_for_where_the_file_does_not_say_it(world: Journey):
    table = b"handle,followers\nmoss,3200\n"
    asked = await world.planner.slash("influencer import", file=("a.csv", table))
    assert "platform is not said" in asked.text
    given = await world.planner.slash("influencer import", file=("a.csv", table), platform="tiktok")
    assert "1 new" in given.text


async def test_what_is_exported_reads_back_without_loss(world: Journey):
    await enrol(
        world.planner,
        "@moss",
        name='=HYPERLINK("http://evil")',
        niches="vegan, baking",
        country="NL",
        language="nl",
        likes=120.5,
        comments=3.0,
        views=900.0,
        posts=7,
        price="1,200.50 USD",
    )
    await enrol(world.planner, "@plain", platform="tiktok", followers=0)
    exported = await world.planner.slash("influencer export")
    content = exported.files["roster.csv"]
    assert b"\n=HYPERLINK" not in content
    assert b",=HYPERLINK" not in content
    again = await world.planner.slash("influencer import", file=("roster.csv", content))
    assert "2 unchanged" in again.text
    world.clock.advance(days=40)
    elsewhere = await world.away.planner.slash("influencer import", file=("roster.csv", content))
    await elsewhere.click("Confirm")
    assert (await world.away.planner.slash("influencer export")).files["roster.csv"] == content


@pytest.mark.parametrize("language", ["en-US", "nl"])
async def test_an_exported_workbook_reads_back_without_loss(world: Journey, language: str):
    header = "handle,platform,name,followers,niches,country,language,likes,comments,views,posts averaged,price,ER\n"
    rows = (
        'moss,instagram,"=LINK(""http://evil"")",3210,"vegan, baking",NL,nl,523.3333333333334,0.1,1e,7,250 EUR,3.2%\n'
        "fern_,tiktok,@fern,0,,,,0.30000000000000004,,900,,\n"
        "gargron@mastodon.social,mastodon,+1,10000000000,,DE,,,,,,1200.50 USD\n"
    )
    await world.load(world.home, header + rows)
    world.clock.advance(days=3)
    planner = world.planner.speaks(language)
    exported = await planner.slash("influencer export", kind="xlsx")
    content = exported.files["roster.xlsx"]
    book = SpreadsheetFiles().read("a", content)
    handle, tier, age = (list(book.header).index(name) for name in ("handle", book.header[4], book.header[17]))
    assert {row[handle] for row in book.rows} == {"moss", "fern_", "gargron@mastodon.social"}
    assert {row[age] for row in book.rows} == {"3"}
    assert all(row[tier] for row in book.rows)
    again = await planner.slash("influencer import", file=("roster.xlsx", content))
    assert ("3 unchanged" if language == "en-US" else "3 ongewijzigd") in again.text
    elsewhere = await world.away.planner.slash("influencer import", file=("roster.xlsx", content))
    await elsewhere.click("Confirm")
    files = [(await team.planner.slash("influencer export")).files for team in (world.home, world.away)]
    assert files[0]["roster.csv"] == files[1]["roster.csv"]


async def test_an_export_takes_the_filters_of_the_list(world: Journey):
    header = "handle,platform,followers,niches,country\n"
    rows = "\n".join(f"creator{n:02},{'tiktok' if n % 2 else 'instagram'},{1000 * n},vegan,NL" for n in range(40))
    await world.load(world.home, header + rows)
    chosen = {"niche": "vegan", "tier": "micro", "platform": "tiktok", "country": "nl"}
    exported = await world.member.slash("influencer export", **chosen)
    assert "2 accounts" in exported.text
    found = csv.DictReader(io.StringIO(exported.files["roster.csv"].decode("utf-8-sig")))
    assert [row["handle"] for row in found] == ["creator01", "creator03"]
    nothing = await world.member.slash("influencer export", niche="cars", kind="xlsx")
    assert "0 accounts" in nothing.text


async def test_formulas_and_mentions_in_cells_stay_text(world: Journey):
    table = b'handle,platform,followers,name\nmoss,tiktok,50,"=1+1 @everyone `x`"\n'
    preview = await world.planner.slash("influencer import", file=("a.csv", table))
    assert "@everyone" not in preview.text.replace("@\u200beveryone", "")


async def test_the_list_filters_and_pages(world: Journey):
    header = "handle,platform,followers,niches,country\n"
    rows = "\n".join(f"creator{n:02},{'tiktok' if n % 2 else 'instagram'},{1000 * n},vegan,NL" for n in range(40))
    await world.load(world.home, header + rows)
    first = await world.member.slash("influencer list")
    assert "40 accounts" in first.text
    assert "`@creator00`" in first.text
    second = await first.click("Next page")
    assert "`@creator15`" in second.text
    assert "`@creator00`" not in second.text
    filtered = await world.member.slash("influencer list", niche="vegan", tier="micro", platform="tiktok", country="nl")
    assert "2 accounts" in filtered.text
    assert "`@creator01`" in filtered.text
    assert "`@creator03`" in filtered.text
    assert "Nobody here" in (await world.member.slash("influencer list", niche="cars")).text
