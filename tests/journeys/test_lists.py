"""`/list`: saved from a shortlist, voted on, exported, compared; and what stands against it."""

import csv
import io
import re
import zipfile

from tests.journeys.conftest import Journey
from tests.people import Answer, Person, Shown

HEADER = "handle,platform,followers,niches,likes,comments,posts,price\n"
ROSTER = HEADER + "\n".join(
    [
        "leaf,instagram,1500,vegan,190,9,20,40 EUR",
        "moss,instagram,3000,vegan,240,12,20,100 EUR",
        "fern,instagram,3200,vegan,220,12,20,110 EUR",
        "reed,instagram,2000,vegan;travel,120,4,20,120 EUR",
        "oak,instagram,2500,travel;vegan,100,4,20,",
        "ivy,instagram,1200,vegan,20,1,2,300 EUR",
        "rose,instagram,2600,travel,200,9,20,90 EUR",
    ]
)


def order(text: str) -> list[str]:
    return [line.split("`")[1] for line in text.splitlines() if line.startswith("**") and "`@" in line]


def result_id(text: str) -> str:
    found = re.search(r"Result `(\w{8})`", text)
    assert found is not None
    return found[1]


async def save(person: Person, name: str = "Autumn", **options: object) -> Answer:
    """A shortlist saved by its button."""
    answer = await person.slash("shortlist", niche="vegan", **options)
    form = await answer.click("Save to a list")
    return await form.submit({label(form): name})


def label(form: Answer) -> str:
    """The custom id of the one field of a form."""
    assert form.form is not None
    return form.form["components"][0]["component"]["custom_id"]


def row_of(shown: Answer | Shown, handle: str, text: str) -> str:
    """The custom id of this pick's button with this text."""
    place = order(shown.text).index(handle)
    return [str(button.custom_id) for button in shown.buttons if button.label and text in button.label][place]


async def test_a_shortlist_is_saved_by_its_button_and_shown(world: Journey):
    await world.load(world.home, ROSTER)
    saved = await save(world.planner)
    assert saved.ephemeral
    assert "Saved 6 picks to the new list Autumn." in saved.text
    shown = await saved.click("Show the list")
    assert len(order(shown.text)) == 5
    for part in ("## Autumn", "6 picks", "· no change since", "for engagement", "Against: "):
        assert part in shown.text, part
    last = await shown.click("Next page")
    assert order(last.text) == ["@ivy"]
    assert "only 2 posts" in last.text
    again = await save(world.planner, "AUTUMN", size=2)
    assert "2 were on it already" in again.text
    assert "**Autumn** · 6 picks" in (await world.member.slash("list all")).text


async def test_members_vote_change_and_take_back_and_say_why(world: Journey):
    await world.load(world.home, ROSTER)
    shown = await (await save(world.planner, size=2)).click("Show the list")
    await shown.click("Share to channel")
    post = world.member.sees()[-1]
    assert not post.ephemeral
    assert "Share to channel" not in post.labels
    first = order(post.text)[0]
    for press, expected in (("👍", ("👍 1", "👎 0")), ("👎", ("👍 0", "👎 1")), ("👎", ("👍 0", "👎 0"))):
        await world.member.click(post, custom_id=row_of(post, first, press))
        post = world.member.sees()[-1]
        assert tuple(post.labels[:2]) == expected
    await world.restart()
    post = world.member.sees()[-1]
    await world.member.click(post, custom_id=row_of(post, first, "👍"))
    pick = await world.member.click(post, custom_id=row_of(post, first, "Reasons"))
    assert pick.ephemeral
    form = await pick.click("Why I voted so")
    told = await form.submit({label(form): "her kitchen is lovely"})
    assert "👍" in told.text
    assert "“her kitchen is lovely”" in told.text
    trail = await world.planner.click(world.planner.sees()[-1], "Who did what")
    for part in ("voted for", "voted against", "took back their vote", "gave a reason", "saved the picks"):
        assert part in trail.text, part


async def test_a_reason_needs_a_vote(world: Journey):
    await world.load(world.home, ROSTER)
    shown = await (await save(world.planner, size=1)).click("Show the list")
    first = order(shown.text)[0]
    await world.planner.click(shown.last, custom_id=row_of(shown, first, "👍"))
    pick = await world.planner.click(shown.last, custom_id=row_of(shown, first, "Reasons"))
    form = await pick.click("Why I voted so")
    await world.planner.click(shown.last, custom_id=row_of(shown, first, "👍"))
    assert "you have not voted on this pick" in (await form.submit({label(form): "too late"})).text


async def test_veto_note_and_adding_by_hand(world: Journey):
    await world.load(world.home, ROSTER)
    shown = await (await save(world.planner, size=1)).click("Show the list")
    first = order(shown.text)[0]
    pick = await world.planner.click(shown.last, custom_id=row_of(shown, first, "Reasons"))
    form = await pick.click("Veto")
    vetoed = await form.submit({label(form): "worked for a rival"})
    assert "Vetoed by" in vetoed.text
    form = await vetoed.click("Add a note")
    noted = await form.submit({label(form): "ask again\nin spring"})
    assert "“ask again in spring”" in noted.text
    form = await shown.click("Add by hand")
    assert "`@rose` is on the list now" in (await form.submit({label(form): "@rose"})).text
    form = await shown.click("Add by hand")
    assert "on the list already" in (await form.submit({label(form): "rose"})).text
    form = await shown.click("Add by hand")
    wrong = await form.submit({label(form): "roze"})
    assert "isn't registered" in wrong.text
    assert "Did you mean `@rose`" in wrong.text
    shown = await world.member.slash("list show", name="autumn")
    assert order(shown.text) == [first, "@rose"]
    assert "Vetoed by" in shown.text
    assert "“worked for a rival”" in shown.text
    assert "Added by hand by" in shown.text
    theirs = await world.member.click(shown.last, custom_id=row_of(shown, first, "Reasons"))
    assert "Lift the veto" not in theirs.labels
    shown = await world.planner.slash("list show", name="autumn")
    mine = await world.planner.click(shown.last, custom_id=row_of(shown, first, "Reasons"))
    lifted = await mine.click("Lift the veto")
    assert "Vetoed" not in lifted.text
    assert "is off the list" in (await lifted.click("Take off the list")).text
    assert order((await world.member.slash("list show", name="autumn")).text) == ["@rose"]
    assert "Take off the list" not in theirs.labels


async def test_a_list_from_several_shortlists_says_which_pick_is_from_where(world: Journey):
    await world.load(world.home, ROSTER)
    await save(world.planner, size=3)
    before = (await world.member.slash("list show", name="Autumn")).text
    travel = await world.planner.slash("shortlist", niche="travel", goal="views")
    assert order(travel.text) == []
    travel = await world.planner.slash("shortlist", niche="travel", size=2)
    form = await travel.click("Save to a list")
    await form.submit({label(form): "Autumn"})
    after = (await world.member.slash("list show", name="Autumn")).text
    assert "From vegan, for engagement" in after
    assert "From travel, for engagement" in after
    kept = [line for line in before.splitlines() if "For: " in line or "Against: " in line]
    assert [line for line in after.splitlines() if "For: " in line or "Against: " in line][: len(kept)] == kept
    assert "name a second list" in (await world.member.slash("list diff", first="Autumn")).text


async def test_a_name_that_would_hide_a_result_is_refused(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.planner.slash("shortlist", niche="vegan")
    form = await answer.click("Save to a list")
    assert "choose another name" in (await form.submit({label(form): result_id(answer.text).upper()})).text


async def test_a_list_deleted_while_someone_votes(world: Journey):
    await world.load(world.home, ROSTER)
    shown = await (await save(world.planner)).click("Show the list")
    await shown.click("Share to channel")
    post = world.member.sees()[-1]
    refused = await world.member.slash("list delete", name="Autumn")
    assert "planner" in refused.text.lower() or "manage" in refused.text
    question = await world.planner.slash("list delete", name="Autumn")
    assert "with its 6 picks" in question.text
    assert "Nothing was deleted." in (await question.click("Keep it")).text
    question = await world.planner.slash("list delete", name="Autumn")
    assert "Autumn is deleted." in (await question.click("Delete it")).text
    late = await world.member.click(post, custom_id=row_of(post, order(post.text)[0], "👍"))
    assert late.last.ephemeral
    assert "was deleted meanwhile" in late.text
    assert "was deleted meanwhile" in (await world.member.click(post, "Who did what")).text
    assert "There is no list yet." in (await world.member.slash("list all")).text


async def test_a_result_comes_back_as_it_was_with_what_changed_since(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan", size=3)
    same = await world.planner.slash("shortlist", niche="vegan", size=3)
    assert result_id(answer.text) == result_id(same.text), "the same for the same data"
    first = order(answer.text)[0].removeprefix("@")
    await world.planner.slash("influencer edit", handle=first, followers=7_000, price="900 EUR")
    gone = order(answer.text)[1].removeprefix("@")
    await (await world.planner.slash("influencer remove", handle=gone)).click("Remove")
    shown = await world.member.slash("list show", name=result_id(answer.text).upper())
    assert order(shown.text) == order(answer.text)
    for part in ("7,000 followers (+", "tier mid-tier", "€900", "no longer on the roster", "Then: ", "no change since"):
        assert part in shown.text, part
    changed = await world.member.slash("shortlist", niche="vegan", size=3)
    assert result_id(changed.text) != result_id(answer.text)
    diff = await world.member.slash("list diff", first=result_id(answer.text))
    assert "the same shortlist today" in diff.text
    assert f"**Only on the first**\n`@{first}`" in diff.text
    assert "Only on the second" in diff.text


async def test_export_as_csv_and_excel(world: Journey):
    await world.load(world.home, ROSTER)
    shown = await (await save(world.planner)).click("Show the list")
    first = order(shown.text)[0]
    await world.planner.click(shown.last, custom_id=row_of(shown, first, "👍"))
    answer = await world.member.slash("list export", name="Autumn", kind="csv")
    rows = list(csv.DictReader(io.StringIO(answer.files["list.csv"].decode("utf-8-sig"))))
    assert len(rows) == 6
    assert rows[0]["votes_for"] == "1"
    assert rows[0]["handle"] == first.removeprefix("@")
    assert "side niche" in " ".join(row["against"] for row in rows)
    book = await world.member.slash("list export", name="Autumn")
    with zipfile.ZipFile(io.BytesIO(book.files["list.xlsx"])) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        texts = file.read("xl/sharedStrings.xml").decode()
    assert "pane" in sheet
    assert "<f>" not in sheet
    assert first.removeprefix("@") in texts


async def test_names_are_checked_and_nobody_sees_another_servers_lists(world: Journey):
    await world.load(world.home, ROSTER)
    await save(world.planner)
    await save(world.planner, "Winter", size=1)
    taken = await world.planner.slash("list rename", name="winter", new_name="AUTUMN")
    assert "another list has this name" in taken.text
    assert "1 to 60 characters" in (await world.planner.slash("list rename", name="winter", new_name="x" * 61)).text
    assert "is called Spring now" in (await world.planner.slash("list rename", name="winter", new_name=" Spring ")).text
    assert "no list of this name" in (await world.planner.slash("list show", name="winter")).text
    assert "no list of this name" in (await world.planner.slash("list save", name="New", result="abcdefgh")).text
    choices = await world.member.autocomplete("list show", "name", "aut")
    assert [choice.value for choice in choices][:1] == ["Autumn"]
    assert "no list of this name" in (await world.away.member.slash("list show", name="Autumn")).text
    assert await world.away.member.autocomplete("list show", "name", "") == []
    assert "There is no list yet" in (await world.away.member.slash("list all")).text
