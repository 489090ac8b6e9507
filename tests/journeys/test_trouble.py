"""When the database or Discord is in trouble, and buttons of another time."""

import sqlite3
from pathlib import Path

import discord
import pytest
from sqlalchemy import make_url

from bot.settings import Settings
from cogs.kit.buttons import ActionButton
from cogs.kit.cards import Card
from tests.journeys.conftest import Journey, enrol
from tests.people import Answer

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def database_file(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or "")


async def post(world: Journey, card: Card) -> None:
    """The bot posts a card to the team's channel."""
    channel = world.app.bot.get_channel(world.home.server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(view=card)


@on_sqlite
async def test_a_locked_database_gets_a_clear_answer_and_loses_nothing(world: Journey, database_file: Path):
    await enrol(world.planner, "@moss")
    other = sqlite3.connect(database_file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    world.world.env.settle_timeout = 30
    refused = await enrol(world.planner, "@fern")
    other.execute("ROLLBACK")
    other.close()
    assert "can't be reached right now" in refused.text
    assert "Reference:" in refused.text
    assert refused.ephemeral
    assert "1 account" in (await world.planner.slash("influencer list")).text
    assert "Micro" in (await enrol(world.planner, "@fern")).text


@on_sqlite
async def test_a_shortlist_that_cannot_be_kept_is_answered_all_the_same(world: Journey, database_file: Path):
    await enrol(world.planner, "@moss", niches="vegan")
    await world.member.slash("shortlist", niche="vegan")
    await world.planner.slash("influencer edit", handle="moss", followers=2_345)
    other = sqlite3.connect(database_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    world.world.env.settle_timeout = 30
    await world.member.slash("shortlist", niche="vegan")
    other.execute("ROLLBACK")
    other.close()
    answered, told = world.member.sees()[-2:]
    assert "2,345 followers" in answered.text
    assert "could not be kept" in told.text
    assert told.ephemeral


@on_sqlite
async def test_a_database_that_is_gone_for_a_while(world: Journey, database_file: Path):
    await enrol(world.planner, "@moss")
    rename = sqlite3.connect(database_file, isolation_level=None)
    rename.execute("ALTER TABLE account RENAME TO account_away")
    refused = await world.member.slash("tier", handle="moss")
    assert "Try again" in refused.text
    assert "Reference:" in refused.text
    assert "account" not in refused.text.casefold().replace("roster", "")
    rename.execute("ALTER TABLE account_away RENAME TO account")
    rename.close()
    world.world.forgive()
    assert "Micro" in (await world.member.slash("tier", handle="moss")).text


async def test_autocomplete_stays_quiet_in_trouble(world: Journey):
    await world.app.database.close()
    assert await world.member.autocomplete("tier", "handle", "mo") == []
    world.world.forgive()


async def test_a_button_of_an_older_version_says_so(world: Journey):
    await post(world, Card("An old card", buttons=[[ActionButton("gone-for-good", "1", label="Press")]]))
    answer = await world.member.click(world.member.sees()[-1], "Press")
    assert "older version" in answer.text
    assert answer.ephemeral
    world.world.forgive()


async def test_a_button_whose_account_is_gone_says_so(world: Journey):
    await enrol(world.planner, "@moss")
    report = await world.member.slash("tier", handle="moss")
    removal = await world.planner.slash("influencer remove", handle="moss")
    await removal.click("Remove")
    answer = await report.click("Share to channel")
    assert "gone" in answer.text


async def test_another_persons_button_on_a_shared_message(world: Journey):
    """A button that writes checks its presser, wherever it stands and whoever it was made for."""
    await enrol(world.planner, "@moss")
    found = await world.planner.slash("influencer remove", handle="moss")
    await post(world, Card("Forwarded", buttons=[[ActionButton("remove", state_of(found, "Remove"), label="Remove")]]))
    answer = await world.member.click(world.member.sees()[-1], "Remove")
    assert "manage the server" in answer.last.text
    assert answer.last.ephemeral
    assert "3,210" in (await world.member.slash("tier", handle="moss")).text


async def test_the_same_button_pressed_twice_writes_once(world: Journey):
    """Both presses were under way before the first had changed the message."""
    await enrol(world.planner, "@moss")
    offer = await enrol(world.planner, "@moss", followers=4000)
    token = state_of(offer, "Update it")
    for _ in range(2):
        await post(world, Card("Pressed", buttons=[[ActionButton("update", token, label="Update it")]]))
    first, second = world.planner.sees()[-2:]
    assert "is updated" in (await world.planner.click(first, "Update it")).text
    again = await world.planner.click(second, "Update it")
    assert "done already" in again.last.text
    assert again.last.ephemeral
    assert (await world.planner.slash("influencer history", handle="moss")).text.count("changed") == 1


async def test_nobody_confirms_for_someone_else(world: Journey):
    await enrol(world.planner, "@moss")
    token = state_of(await enrol(world.planner, "@moss", followers=4000), "Update it")
    role = world.home.add_role("Planners")
    await world.planner.slash("settings planner", role=role)
    colleague = world.home.add_person("noor", role)
    await post(world, Card("Forwarded", buttons=[[ActionButton("update", token, label="Update it")]]))
    answer = await colleague.click(world.planner.sees()[-1], "Update it")
    assert "Only the person who ran the command" in answer.last.text
    assert answer.last.ephemeral
    assert "3,210" in (await world.member.slash("tier", handle="moss")).text


async def test_who_may_not_write_in_a_channel_does_not_post_there_through_the_bot(world: Journey):
    await enrol(world.planner, "@moss")
    everyone = world.world.env.backend.get_guild(world.home.id).everyone_role
    everyone.permissions &= ~discord.Permissions(send_messages=True).value
    report = await world.member.slash("tier", handle="moss")
    refused = await report.click("Share to channel")
    assert "Send Messages" in refused.last.text
    assert refused.last.ephemeral


def state_of(answer: Answer, label: str) -> str:
    """What the button so called acts on."""
    custom_id = next(button.custom_id for button in answer.buttons if button.label == label)
    return (custom_id or "").removeprefix("v1:").partition(":")[2]


async def test_an_unexpected_failure_is_answered_with_a_reference(world: Journey):
    world.world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500, times=None)
    await world.member.slash("settings show")
    world.world.env.backend.faults.clear()
    assert world.world.forgive()
    assert "Currency" in (await world.member.slash("settings show")).text
