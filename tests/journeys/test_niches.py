"""Niches in one's own words: `/shortlist` by meaning, and `/settings tags`."""

import csv
import io

import pytest

from planning.matching.encoder import Encoder, LazyEncoder
from planning.niches import MAX_NICHE
from tests.journeys.conftest import Journey, enrol
from tests.journeys.test_shortlists import HEADER, order
from tests.people import Answer

ROSTER = HEADER + "\n".join(
    f"{handle},instagram,3000,{niches},NL,nl,{likes},9,30,100 EUR"
    for handle, niches, likes in (
        ("cook", "vegan recipes", 300),
        ("baker", "baking;vegan recipes", 290),
        ("cakes", "baking", 280),
        ("sweet", "plant-based desserts", 270),
        ("player", "gaming", 900),
        ("potter", "陶芸", 100),
    )
)


def stays(answer: Answer) -> list[str]:
    """The labels of the buttons that switch a tag."""
    return [label for label in answer.labels if label.startswith(("With ", "Without "))]


async def test_the_tags_are_found_by_meaning_and_the_card_says_which(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan baking")
    assert set(order(answer.text)) == {"@cook", "@baker", "@cakes"}
    assert "Tags: vegan recipes, baking" in answer.text
    assert "Not used, but close: plant-based desserts" in answer.text
    assert "side niche vegan recipes" in answer.text or "main niche baking" in answer.text
    assert stays(answer) == ["Without vegan recipes", "Without baking", "With plant-based desserts"]


async def test_in_dutch(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.speaks("nl").slash("shortlist", niche="veganistisch bakken")
    assert set(order(answer.text)) == {"@cook", "@baker"}
    assert "Zonder vegan recipes" in answer.labels
    assert "Met baking" in answer.labels


async def test_a_tag_is_switched_off_and_on_also_after_a_restart(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan baking")
    first = order(answer.text)
    without = await answer.click("Without baking")
    assert order(without.text) == ["@cook", "@baker"]
    assert "Not used, but close: baking, plant-based desserts" in without.text
    await world.restart()
    more = await without.click("With plant-based desserts")
    assert set(order(more.text)) == {"@cook", "@baker", "@sweet"}
    again = await (await more.click("With baking")).click("Without plant-based desserts")
    assert order(again.text) == first


async def test_every_tag_switched_off_is_said(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan baking")
    answer = await (await answer.click("Without baking")).click("Without vegan recipes")
    assert order(answer.text) == []
    assert "Every tag is switched off" in answer.text
    assert stays(answer) == answer.labels == ["With vegan recipes", "With baking", "With plant-based desserts"]
    assert order((await answer.click("With baking")).text) == ["@baker", "@cakes"]


async def test_pages_exports_and_posts_keep_the_switches(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan baking", size=2)
    page = await (await answer.click("Without vegan recipes")).click("With plant-based desserts")
    wanted = {"@baker", "@cakes", "@sweet"}
    second = await page.click("Next page")
    first = await second.click("Previous page")
    assert set(order(first.text) + order(second.text)) <= wanted
    exported = await first.click("Export CSV")
    rows = list(csv.DictReader(io.StringIO(exported.files["shortlist.csv"].decode("utf-8-sig"))))
    assert {f"@{row['handle']}" for row in rows} <= wanted
    assert any("main niche baking" in row["for"] for row in rows)
    await first.click("Share to channel")
    post = world.planner.sees()[-1]
    assert "Tags: baking, plant-based desserts" in post.text
    assert not [label for label in post.labels if label.startswith("With")], "a post is no one's to switch"


async def test_what_means_nothing_here_offers_the_nearest_and_no_strangers(world: Journey):
    await world.load(world.home, ROSTER)
    near = await world.member.slash("shortlist", niche="mathematics of tax")
    assert order(near.text) == []
    assert "None of this server's niches means `mathematics of tax`" in near.text
    assert "None comes near" in near.text
    assert "baking" in near.labels
    assert order((await near.click("baking")).text) == ["@baker", "@cakes"]


async def test_what_is_only_close_is_offered_and_not_used(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="pottery")
    assert order(answer.text) == []
    assert "No tag here surely means this" in answer.text
    assert order((await answer.click("With 陶芸")).text) == ["@potter"]


async def test_another_script(world: Journey):
    await world.load(world.home, ROSTER)
    for niche in ("керамика", "陶芸"):
        assert order((await world.member.slash("shortlist", niche=niche)).text) == ["@potter"]


async def test_the_longest_niche_with_every_filter(world: Journey):
    niche = ("vegan baking and plant based desserts for children " * 2)[:MAX_NICHE]
    await world.load(world.home, ROSTER)
    answer = await world.member.slash(
        "shortlist", niche=niche, tier="micro", size=25, platform="instagram", country="NL", language="nl",
        max_price="99999999.99 EUR",
    )  # fmt: skip
    assert "Tags: " in answer.text
    assert order(answer.text)
    assert "Share to channel" in answer.labels
    too_long = await world.member.slash("shortlist", niche="x" * 51)
    assert "a niche is too long" in too_long.text


async def test_a_hashtag_is_read_as_words(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="#PlantBasedDesserts")
    assert order(answer.text) == ["@sweet"]


async def test_tags_are_listed_renamed_and_merged(world: Journey):
    await world.load(world.home, ROSTER + "\nlate,instagram,3000,Vegan Recipe,NL,nl,100,9,30,100 EUR")
    book = await world.member.slash("settings tags")
    assert "`vegan recipes` (2)" in book.text
    assert "These seem to be one tag" in book.text
    proposal = await world.planner.slash("settings tags", tag="vegan recipe", into="vegan recipes")
    assert "Make `vegan recipe` and `vegan recipes` one tag?" in proposal.text
    await world.restart()
    assert "3 accounts carry `vegan recipes` now" in (await proposal.click("Change it")).text
    renaming = await world.planner.slash("settings tags", tag="gaming", into="#Video Games")
    assert "Rename `gaming` to `video games`?" in renaming.text
    assert "1 account carries `video games` now" in (await renaming.click("Change it")).text
    assert order((await world.member.slash("shortlist", niche="video games")).text) == ["@player"]
    left = await world.planner.slash("settings tags", tag="baking", into="bread")
    await left.click("Leave it")
    assert "`baking` (2)" in (await world.member.slash("settings tags")).text


async def test_a_teams_own_words(world: Journey):
    await world.load(world.home, ROSTER)
    assert "None of" in (await world.member.slash("shortlist", niche="project bramble")).text
    said = await world.planner.slash("settings tags", tag="baking", alias="Project Bramble")
    assert "`project bramble` now means `baking`" in said.text
    await world.restart()
    assert order((await world.member.slash("shortlist", niche="project bramble")).text) == ["@baker", "@cakes"]
    assert "`project bramble` → `baking`" in (await world.member.slash("settings tags")).text
    assert "None of" in (await world.away.member.slash("shortlist", niche="project bramble")).text
    forgotten = await world.planner.slash("settings tags", alias="project bramble")
    assert "no alias any more" in forgotten.text
    assert "None of" in (await world.member.slash("shortlist", niche="project bramble")).text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"tag": "gaming"}, "say what it becomes"),
        ({"into": "gaming"}, "say which tag"),
        ({"tag": "gaming", "into": "x", "alias": "y"}, "one at a time"),
        ({"tag": "nobody's", "into": "x"}, "no account here carries this"),
        ({"tag": "gaming", "into": "Gaming"}, "called already"),
        ({"tag": "gaming", "into": "a, b"}, "without commas"),
        ({"tag": "gaming", "alias": "baking"}, "a tag itself"),
        ({"alias": "@everyone `x`"}, "no alias"),
    ],
)
async def test_options_that_make_no_sense_are_explained(world: Journey, options: dict[str, str], said: str):
    await world.load(world.home, ROSTER)
    answer = await world.planner.slash("settings tags", **options)
    assert said in answer.text
    assert answer.ephemeral


async def test_tags_are_for_planners_to_change_and_for_all_to_see(world: Journey):
    assert "No account has a niche yet" in (await world.member.slash("settings tags")).text
    await enrol(world.planner, "@moss", niches="vegan")
    assert "vegan" in (await world.member.slash("settings tags")).text
    assert "Only people who may manage" in (await world.member.slash("settings tags", tag="vegan", into="x")).text


async def test_autocomplete_offers_the_tags_to_change(world: Journey):
    await world.load(world.home, ROSTER)
    for option in ("tag", "into"):
        choices = await world.planner.autocomplete("settings tags", option, "GAM")
        assert [choice.value for choice in choices] == ["gaming"]


async def test_without_the_encoder_letters_are_compared(world: Journey, monkeypatch: pytest.MonkeyPatch):
    async def none(_self: LazyEncoder) -> Encoder | None:
        return None

    monkeypatch.setattr(LazyEncoder, "load", none)
    await world.load(world.home, ROSTER)
    assert order((await world.member.slash("shortlist", niche="vegan recipe")).text) == ["@cook", "@baker"]
    assert "None of" in (await world.member.slash("shortlist", niche="veganistisch")).text


async def test_a_switch_of_a_tag_that_is_gone_switches_nothing(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan baking")
    renaming = await world.planner.slash("settings tags", tag="baking", into="bread")
    await renaming.click("Change it")
    switched = await answer.click("Without baking")
    assert "@cook" in order(switched.text)
