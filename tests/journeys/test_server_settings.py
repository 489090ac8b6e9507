"""`/settings` and `/help`."""

import pytest

from tests.journeys.conftest import Journey, enrol


async def test_the_defaults_are_shown(world: Journey):
    text = (await world.member.slash("settings show")).text
    for part in ("Currency: EUR", "English", "UTC", "whoever may manage the server", "1,000–4,999", "Harvard Media"):
        assert part.casefold() in text.casefold()


async def test_a_ladder_shows_what_moves_before_it_is_changed(world: Journey):
    await enrol(world.planner, "@small", followers=3_000)
    await enrol(world.planner, "@middle", followers=12_000)
    await enrol(world.planner, "@large", followers=2_000_000)
    proposal = await world.planner.slash("settings ladder", preset="iab-uk")
    assert "3 of 3 accounts move" in proposal.text
    assert "macro → micro   1" in proposal.text
    assert "micro → nano    1" in proposal.text
    assert "Micro · 3,000" in (await world.member.slash("tier", handle="small")).text
    await proposal.click("Change it")
    text = (await world.member.slash("tier", handle="small")).text
    assert "Nano · 3,000" in text
    assert "ladder of IAB UK" in text
    assert "already" in (await world.planner.slash("settings ladder", preset="iab-uk")).text


async def test_a_servers_own_ladder(world: Journey):
    await enrol(world.planner, "@small", followers=3_000)
    proposal = await world.planner.slash(
        "settings ladder", preset="custom", bands="seedling 0, sprout 2000, tree 90000"
    )
    await world.restart()
    await proposal.click("Change it")
    text = (await world.member.slash("tier", handle="small")).text
    assert "Sprout · 3,000" in text
    assert "this server's own ladder" in text
    assert "sprout" in (await world.member.autocomplete("shortlist", "tier", "spr"))[0].name


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (None, "Say where your own tiers begin"),
        ("a 5, b 2", "below the one before"),
        ("a", "can't be read"),
        ("@everyone 1, `x` 1", "below"),
    ],
)
async def test_a_ladder_that_does_not_hold_is_explained(world: Journey, bands: str | None, said: str):
    options = {"bands": bands} if bands else {}
    answer = await world.planner.slash("settings ladder", preset="custom", **options)
    assert said in answer.text
    assert answer.ephemeral


async def test_currency_serves_prices_typed_without_one(world: Journey):
    await world.planner.slash("settings currency", currency="usd")
    assert "$250 a post" in (await enrol(world.planner, "@moss", price="250")).text
    assert "no currency we know" in (await world.planner.slash("settings currency", currency="GOLD")).text
    assert [c.value for c in await world.planner.autocomplete("settings currency", "currency", "us d")] == ["USD"]


async def test_time_zone_by_autocomplete(world: Journey):
    choices = await world.planner.autocomplete("settings timezone", "timezone", "amster")
    assert [choice.value for choice in choices] == ["Europe/Amsterdam"]
    assert "Europe/Amsterdam" in (await world.planner.slash("settings timezone", timezone="Europe/Amsterdam")).text
    assert "no time zone" in (await world.planner.slash("settings timezone", timezone="Mars/Base")).text


async def test_language_of_posts(world: Journey):
    choices = await world.planner.autocomplete("settings language", "language", "")
    assert {choice.value for choice in choices} >= {"en", "nl"}
    assert "Nederlands" in (await world.planner.slash("settings language", language="nl")).text
    assert "speak this language" in (await world.planner.slash("settings language", language="tlh")).text


async def test_settings_outlive_a_restart_and_stay_on_their_server(world: Journey):
    await world.planner.slash("settings currency", currency="GBP")
    await world.restart()
    assert "GBP" in (await world.member.slash("settings show")).text
    assert "EUR" in (await world.away.member.slash("settings show")).text


async def test_help_names_every_command_as_something_to_click(world: Journey):
    text = (await world.member.slash("help")).text
    for command in world.planner.actor.available_commands(world.home.server.channel):
        if command != "help":
            assert f"</{command}:" in text
