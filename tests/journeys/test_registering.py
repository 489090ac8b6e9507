"""Registering, changing and removing influencers, as a planner does it and as others may not."""

import re

import pytest

from tests.journeys.conftest import Journey, enrol


async def test_a_planner_registers_an_influencer_and_sees_the_report(world: Journey):
    answer = await world.planner.slash(
        "influencer add",
        handle="@Moss.Kitchen",
        platform="instagram",
        followers=3210,
        niches="Vegan, #baking",
        name="Moss Kitchen",
        country="Netherlands",
        language="Dutch",
        likes=120.0,
        comments=12.5,
        views=2500.0,
        posts=9,
        price="250 EUR",
    )
    assert answer.ephemeral
    for part in (
        "@moss.kitchen",
        "Moss Kitchen · Instagram · Netherlands · Dutch",
        "vegan, baking",
        "Micro · 3,210 followers",
        "1,000–4,999 followers",
        "ladder of Harvard Media 2023",
        "Measured: 4.1% by followers",
        "(likes + comments) ÷ followers",
        "from the average of 9 posts",
        "€250 a post",
    ):
        assert part in answer.text
    assert re.search(r"Engagement rate about 5\.\d%, very likely 3\.\d–8\.\d%", answer.text)
    assert re.search(r"€1\.\d\d per engagement, very likely €0\.\d\d to €2\.\d\d", answer.text)


@pytest.mark.parametrize(
    ("handle", "platform", "shown"),
    [
        ("https://www.instagram.com/moss.kitchen/?hl=nl", "instagram", "moss.kitchen"),
        ("tiktok.com/@moss_kitchen", "tiktok", "moss\\_kitchen"),
        ("  @MOSS  ", "x", "moss"),
    ],
)
async def test_a_handle_may_be_typed_in_many_ways(world: Journey, handle: str, platform: str, shown: str):
    answer = await enrol(world.planner, handle, platform=platform)
    assert f"## @{shown}" in answer.text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"handle": "🦊🦊"}, "no handle"),
        ({"handle": "@everyone"}, "no handle"),
        ({"handle": "https://tiktok.com/@moss"}, "another platform"),
        ({"niches": "x" * 180}, "too long"),
        ({"niches": ",".join(f"niche {n}" for n in range(20))}, "too many niches"),
        ({"country": "Atlantis"}, "no country"),
        ({"language": "Klingonese"}, "no language"),
        ({"price": "cheap"}, "no price"),
        ({"price": "-5 EUR"}, "no price"),
    ],
)
async def test_bad_input_is_answered_to_its_sender_only_and_nothing_is_written(
    world: Journey, options: dict, said: str
):
    answer = await enrol(world.planner, **({"handle": "@moss"} | options))
    assert said in answer.text
    assert answer.ephemeral
    assert len(answer.messages) == 1
    roster = await world.planner.slash("influencer list")
    assert "0 accounts" in roster.text


async def test_names_never_ping_or_break_a_card(world: Journey):
    name = "@everyone `x` **b** [a](https://evil.example) <@1> # h"
    answer = await enrol(world.planner, "@moss", name=name)
    assert "@everyone" not in answer.text.replace("@\u200beveryone", "")
    assert "](https://evil" not in answer.text
    assert "://evil" not in answer.text
    assert "\\\\" not in answer.text
    assert "<@1>" not in answer.text
    assert "**b**" not in answer.text


async def test_an_existing_account_is_shown_and_its_update_offered(world: Journey):
    await enrol(world.planner, "@moss", niches="vegan")
    again = await enrol(world.planner, "@moss", followers=3300, price="€80")
    assert "registered already" in again.text
    assert "Followers: 3,210 → 3,300" in again.text
    assert "Price: — → €80" in again.text
    done = await again.click("Update it")
    assert "is updated" in done.text
    assert "3,300 followers" in (await world.planner.slash("tier", handle="moss")).text


async def test_adding_the_same_again_offers_nothing(world: Journey):
    await enrol(world.planner, "@moss")
    again = await enrol(world.planner, "@moss")
    assert "nothing to change" in again.text
    assert again.labels == []


async def test_an_update_left_alone_changes_nothing(world: Journey):
    await enrol(world.planner, "@moss")
    offer = await enrol(world.planner, "@moss", followers=4000)
    assert "Nothing was changed" in (await offer.click("Leave it")).text
    assert "3,210" in (await world.planner.slash("tier", handle="moss")).text


async def test_an_edit_says_what_it_changed_and_lands_in_the_history(world: Journey):
    await enrol(world.planner, "@moss", niches="vegan")
    world.clock.advance(hours=1)
    edited = await world.planner.slash("influencer edit", handle="@moss", followers=4100, niches="vegan, travel")
    assert "Followers: 3,210 → 4,100" in edited.text
    assert "Niches: vegan → vegan, travel" in edited.text
    history = await world.member.slash("influencer history", handle="moss")
    assert f"<@{world.planner.id}>" in history.text
    assert history.text.index("changed") < history.text.index("registered")
    assert "Followers: 3,210 → 4,100" in history.text


async def test_niches_are_completed_one_by_one(world: Journey):
    await enrol(world.planner, "@moss", niches="vegan, travel")
    offered = await world.planner.autocomplete("influencer edit", "niches", "baking, veg")
    assert [(choice.name, choice.value) for choice in offered] == [("baking, vegan (1)", "baking, vegan")]


async def test_an_edit_fills_what_is_missing_and_keeps_the_rest(world: Journey):
    await enrol(world.planner, "@moss", likes=100.0)
    filled = await world.planner.slash("influencer edit", handle="moss", comments=10.0, posts=8)
    assert "Comments: — → 10" in filled.text
    assert "Posts: — → 8" in filled.text
    assert "Likes" not in filled.text
    assert "average of 8 posts" in (await world.planner.slash("tier", handle="moss")).text


async def test_a_number_of_posts_alone_says_nothing(world: Journey):
    assert "give likes, comments or views too" in (await enrol(world.planner, "@moss", posts=8)).text
    await enrol(world.planner, "@moss")
    alone = await world.planner.slash("influencer edit", handle="moss", posts=8)
    assert "give likes, comments or views too" in alone.text


async def test_a_dash_empties_a_field(world: Journey):
    await enrol(world.planner, "@moss", niches="vegan", price="250 EUR", country="NL", name="Moss", language="nl")
    emptied = await world.planner.slash(
        "influencer edit", handle="moss", niches="-", price="-", country="-", name="-", language="-"
    )
    for line in ("Niches: vegan → —", "Price: €250 → —", "Country: Netherlands → —", "Name: Moss → —"):
        assert line in emptied.text
    assert "Missing: niches, country" in (await world.planner.slash("tier", handle="moss")).text
    assert "None of this server's niches means" in (await world.planner.slash("shortlist", niche="vegan")).text


async def test_an_edit_of_nothing_writes_nothing(world: Journey):
    await enrol(world.planner, "@moss")
    assert "Nothing to change" in (await world.planner.slash("influencer edit", handle="moss", followers=3210)).text
    assert "changed" not in (await world.planner.slash("influencer history", handle="moss")).text


async def test_a_handle_on_two_platforms_must_say_which(world: Journey):
    await enrol(world.planner, "@moss")
    await enrol(world.planner, "@moss", platform="tiktok")
    unclear = await world.planner.slash("influencer edit", handle="moss", followers=9)
    assert "several platforms" in unclear.text
    assert "tiktok:moss" in unclear.text
    edited = await world.planner.slash("influencer edit", handle="moss", platform="tiktok", followers=9)
    assert "is updated" in edited.text


async def test_removal_asks_first(world: Journey):
    await enrol(world.planner, "@moss")
    asked = await world.planner.slash("influencer remove", handle="moss")
    assert "Remove `@moss` (Instagram)" in asked.text
    assert "Micro" in (await world.planner.slash("tier", handle="moss")).text
    assert "is removed" in (await asked.click("Remove")).text
    assert "isn't registered" in (await world.planner.slash("tier", handle="moss")).text
    history = await world.planner.slash("influencer history", handle="moss")
    assert "removed" in history.text


async def test_a_removal_pressed_again_says_so(world: Journey):
    await enrol(world.planner, "@moss")
    first = await world.planner.slash("influencer remove", handle="moss")
    second = await world.planner.slash("influencer remove", handle="moss")
    await first.click("Remove")
    assert "That is done already" in (await second.click("Remove")).text


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("influencer add", {"handle": "@new", "platform": "instagram", "followers": 10}),
        ("influencer edit", {"handle": "@moss", "followers": 10}),
        ("influencer remove", {"handle": "@moss"}),
        ("influencer import", {"file": ("a.csv", b"handle,followers\nnew,10\n")}),
        ("settings currency", {"currency": "USD"}),
        ("settings ladder", {"preset": "iab-uk"}),
        ("settings timezone", {"timezone": "Europe/Paris"}),
        ("settings language", {"language": "nl"}),
        ("settings planner", {}),
    ],
)
async def test_a_member_without_rights_may_not_write(world: Journey, command: str, options: dict):
    await enrol(world.planner, "@moss")
    answer = await world.member.slash(command, **options)
    assert "manage the server" in answer.text or "lack a permission" in answer.text
    assert answer.ephemeral
    assert "1 account" in (await world.member.slash("influencer list")).text
    assert "EUR" in (await world.member.slash("settings show")).text


async def test_whoever_has_the_planner_role_may_write(world: Journey):
    role = world.home.add_role("Planners")
    person = world.home.add_person("noor", role)
    assert "manage the server" in (await enrol(person, "@moss")).text
    await world.planner.slash("settings planner", role=role)
    assert "Micro" in (await enrol(person, "@moss")).text
    refused = await enrol(world.member, "@other")
    assert f"<@&{role.id}>" in refused.text


async def test_a_button_pressed_by_someone_without_rights_does_nothing(world: Journey):
    await enrol(world.planner, "@moss")
    answer = await world.member.slash("tier", handle="moss")
    shared = await answer.click("Share to channel")
    assert not shared.messages[-1].ephemeral
    unknown = await world.member.slash("tier", handle="nobody.at.all")
    assert "Register it" not in unknown.labels


async def test_buttons_work_after_a_restart(world: Journey):
    await enrol(world.planner, "@moss")
    offer = await enrol(world.planner, "@moss", followers=4000)
    removal = await world.planner.slash("influencer remove", handle="moss")
    await world.restart()
    assert "is updated" in (await offer.click("Update it")).text
    assert "is removed" in (await removal.click("Remove")).text


async def test_no_server_sees_or_touches_another_servers_accounts(world: Journey):
    await enrol(world.planner, "@moss", niches="vegan", price="€80")
    stranger = world.away.planner
    assert "isn't registered" in (await stranger.slash("tier", handle="moss")).text
    assert "isn't registered" in (await stranger.slash("influencer edit", handle="moss", followers=1)).text
    assert "isn't registered" in (await stranger.slash("influencer remove", handle="moss")).text
    assert "isn't registered" in (await stranger.slash("influencer history", handle="moss")).text
    assert "0 accounts" in (await stranger.slash("influencer list")).text
    assert await stranger.autocomplete("tier", "handle", "mos") == []
    assert await stranger.autocomplete("shortlist", "niche", "") == []
    assert "3,210" in (await world.planner.slash("tier", handle="moss")).text
