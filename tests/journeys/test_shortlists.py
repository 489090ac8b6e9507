"""`/shortlist`: ranked picks with reasons, what was left out, paging, export."""

import csv
import io
import re

from tests.journeys.conftest import Journey, enrol

HEADER = "handle,platform,followers,niches,country,language,likes,comments,posts,price\n"
ROSTER = HEADER + "\n".join(
    [
        "lucky,instagram,3000,vegan,NL,nl,300,0,1,100 EUR",
        "proven,instagram,3000,vegan,NL,nl,290,0,50,200 EUR",
        "second,instagram,3000,travel;vegan,NL,nl,290,0,50,200 EUR",
        "silent,instagram,3000,vegan,NL,nl,,,,",
        "dear,instagram,2000,vegan,NL,nl,500,10,40,900 EUR",
        "dollars,instagram,2000,vegan,NL,nl,400,10,40,90 USD",
        "abroad,instagram,2000,vegan,DE,de,300,10,40,90 EUR",
        "moving,tiktok,2000,vegan,NL,nl,300,10,40,90 EUR",
        "huge,instagram,90000,vegan,NL,nl,9000,10,40,90 EUR",
        "other,instagram,2000,travel,NL,nl,100,1,9,90 EUR",
    ]
)


def order(text: str) -> list[str]:
    """The handles in rank order."""
    return [line.split("`")[1] for line in text.splitlines() if line.startswith("**") and "`@" in line]


async def test_the_best_micro_influencers_for_a_niche_with_reasons(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="Vegan")
    assert answer.ephemeral
    ranked = order(answer.text)
    assert ranked[-1] == "@silent"
    assert ranked.index("@proven") < ranked.index("@second")
    assert ranked.index("@proven") < ranked.index("@lucky")
    assert "@huge" not in ranked
    assert "Left out: 1 in another tier" in answer.text
    for part in ("For: ", "main niche", "Against: ", "side niche", "only 1 post", "no rate can be computed"):
        assert part in answer.text, part
    assert re.search(r"\d+\.\d% \(\d+\.\d–\d+\.\d%\) · 50 posts · <t:\d+:R> · €0\.\d\d per engagement", answer.text)
    assert "no engagement numbers yet" in answer.text
    assert "(likes + comments) ÷ followers" in answer.text
    assert "ladder of Harvard Media 2023" in answer.text


async def test_filters_and_what_each_left_out(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash(
        "shortlist", niche="vegan", platform="instagram", country="Netherlands", language="nl", max_price="€400"
    )
    assert set(order(answer.text)) == {"@lucky", "@proven", "@second"}
    for part in (
        "1 in another tier",
        "1 on another platform",
        "1 from elsewhere or unknown",
        "2 without a price in EUR",
        "1 above €400",
    ):
        assert part in answer.text


async def test_who_is_near_the_line_is_named_with_the_reason(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan", max_price="€400", size=1)
    text = answer.text
    assert "Only a filter keeps these out: " in text
    assert "`@dear` (€900, above €400)" in text
    assert "`@dollars` ($90)" in text
    assert "Next in line: " in text
    line = next(line for line in text.splitlines() if "Next in line" in line)
    assert "`@" in line
    everywhere = await world.member.slash("shortlist", niche="vegan", platform="tiktok")
    assert "(on Instagram)" in everywhere.text
    small = await world.member.slash("shortlist", niche="vegan", country="Germany")
    assert "(Netherlands)" in small.text


async def test_who_cannot_be_told_apart_is_marked(world: Journey):
    twins = ["one,instagram,3000,vegan,NL,nl,290,0,50,200 EUR", "two,instagram,3000,vegan,NL,nl,291,0,50,200 EUR"]
    await world.load(world.home, HEADER + "\n".join([*twins, "far,instagram,3000,vegan,NL,nl,40,0,50,200 EUR"]))
    text = (await world.member.slash("shortlist", niche="vegan")).text
    assert "**1.** ≈ `@two`" in text
    assert "**2.** ≈ `@one`" in text
    assert "**3.** `@far`" in text
    assert "≈ Can't be told apart, against what is usual at their size: 1–2" in text


async def test_a_goal_changes_the_order_and_the_card_names_its_weights(world: Journey):
    header = "handle,platform,followers,niches,likes,comments,views,posts,price\n"
    rows = [
        "keen,instagram,2000,vegan,400,10,500,40,900 EUR",
        "cheap,instagram,2000,vegan,200,10,700,40,20 EUR",
        "seen,instagram,2000,vegan,100,10,9000,40,200 EUR",
        "dollars,instagram,2000,vegan,200,10,,40,10 USD",
    ]
    await world.load(world.home, header + "\n".join(rows))
    goals = {goal: await world.member.slash("shortlist", niche="vegan", goal=goal) for goal in ("value", "views")}
    assert order((await world.member.slash("shortlist", niche="vegan")).text)[0] == "@keen"
    assert order(goals["value"].text) == ["@cheap", "@seen", "@keen"]
    assert "1 without a rate or a price that can be compared" in goals["value"].text
    assert order(goals["views"].text) == ["@seen", "@keen", "@cheap"] or order(goals["views"].text)[0] == "@seen"
    assert "1 whose views are not known" in goals["views"].text
    assert "for value for money" in goals["value"].text
    assert "(weight ¼)" in goals["views"].text
    assert "9,000 views a post" in goals["views"].text
    nobody = await world.member.slash("shortlist", niche="vegan", goal="reach")
    assert order(nobody.text) == []
    assert "4 whose reach is not known" in nobody.text
    await world.planner.slash("settings rate", currency="USD", rate="0.9")
    assert order((await world.member.slash("shortlist", niche="vegan", goal="value")).text)[0] == "@dollars"
    page = await goals["value"].click("How it is ranked")
    assert page.ephemeral
    for part in ("How it is ranked: vegan", "1 dollars", "value", "A score is the product"):
        assert part in page.text, part
    await world.restart()
    assert order((await goals["value"].click("How it is ranked")).text) == []


async def test_the_export_opens_as_a_workbook_too(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan", size=3)
    book = await answer.click("Export Excel")
    assert book.files["shortlist.xlsx"].startswith(b"PK")


async def test_another_tier(world: Journey):
    await world.load(world.home, ROSTER)
    assert order((await world.member.slash("shortlist", niche="vegan", tier="all-star")).text) == ["@huge"]
    assert "no such tier" in (await world.member.slash("shortlist", niche="vegan", tier="colossal")).text


async def test_on_a_ladder_without_micro_the_tier_must_be_said(world: Journey):
    await world.load(world.home, ROSTER)
    proposal = await world.planner.slash("settings ladder", preset="custom", bands="small 100, big 5000")
    await proposal.click("Change it")
    assert "no such tier" in (await world.member.slash("shortlist", niche="vegan")).text
    assert order((await world.member.slash("shortlist", niche="vegan", tier="big")).text) == ["@huge"]


async def test_filters_that_leave_nobody_say_so(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan", country="Japan")
    assert "None of the accounts" in answer.text
    assert "from elsewhere or unknown" in answer.text
    assert order(answer.text) == []


async def test_pages_go_on_where_the_last_one_ended_also_after_a_restart(world: Journey):
    rows = [f"creator{n:02},instagram,{1000 + n},vegan,NL,nl,{50 + n},5,20,90 EUR" for n in range(60)]
    await world.load(world.home, HEADER + "\n".join(rows))
    page = await world.member.slash("shortlist", niche="vegan", size=25)
    seen = order(page.text)
    while "Next page" in page.labels:
        await world.restart()
        page = await page.click("Next page")
        seen += order(page.text)
    assert len(seen) == 60
    assert len(set(seen)) == 60
    assert "Previous page" in page.labels


async def test_the_export_holds_the_picks_and_their_reasons(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan", size=3)
    exported = await answer.click("Export CSV")
    assert exported.ephemeral
    rows = list(csv.DictReader(io.StringIO(exported.files["shortlist.csv"].decode("utf-8-sig"))))
    assert [f"@{row['handle']}" for row in rows] == order(answer.text)
    assert "main niche" in " ".join(row["for"] for row in rows)


async def test_sharing_shows_the_channel_the_same_picks(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegan", size=2)
    await answer.click("Share to channel")
    post = world.planner.sees()[-1]
    assert not post.ephemeral
    assert order(post.text) == order(answer.text)
    onward = await world.planner.click(post, "Next page")
    assert onward.ephemeral
    assert order(world.planner.sees()[-1].text) == order(post.text) or onward.messages


async def test_a_niche_nobody_carries_gets_the_nearest_ones(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("shortlist", niche="vegn")
    assert "None of this server's niches means" in answer.text
    assert "`vegan`" in answer.text


async def test_an_empty_roster_says_how_to_begin(world: Journey):
    answer = await world.member.slash("shortlist", niche="vegan")
    assert "</influencer add:" in answer.text


async def test_autocomplete_offers_the_servers_own_niches_with_counts(world: Journey):
    await world.load(world.home, ROSTER)
    choices = await world.member.autocomplete("shortlist", "niche", "")
    assert [(choice.name, choice.value) for choice in choices] == [("vegan (9)", "vegan"), ("travel (2)", "travel")]
    assert [choice.value for choice in await world.member.autocomplete("shortlist", "niche", "TRAV")] == ["travel"]
    tiers = await world.member.autocomplete("shortlist", "tier", "mi")
    assert [choice.value for choice in tiers] == ["micro", "mid-tier"]


async def test_the_list_follows_every_change(world: Journey):
    await enrol(world.planner, "@moss", niches="vegan", likes=100.0, comments=1.0, posts=9)
    assert order((await world.member.slash("shortlist", niche="vegan")).text) == ["@moss"]
    await world.planner.slash("influencer edit", handle="moss", niches="travel")
    assert "None of this server's niches means" in (await world.member.slash("shortlist", niche="vegan")).text
    assert order((await world.member.slash("shortlist", niche="travel")).text) == ["@moss"]
    removal = await world.planner.slash("influencer remove", handle="moss")
    await removal.click("Remove")
    assert "None of this server's niches means" in (await world.member.slash("shortlist", niche="travel")).text


async def test_mentions_and_markdown_in_a_niche_stay_text(world: Journey):
    answer = await world.member.slash("shortlist", niche="@everyone `**[x](http://y)")
    assert "](http" not in answer.text.replace("`@everyone ˋ**[x](http://y)`", "")
    assert answer.ephemeral
