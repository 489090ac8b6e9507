"""The simulated Discord itself, with a bot so small that what it shows is the simulation's doing."""

import asyncio
import io
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import discord
import pytest
import pytest_asyncio
from discord import app_commands, ui
from discord.ext import commands

from bot.simulator import PageError, World, simulate
from planning.errors import Expired
from tests.people import Team

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


class Counter(ui.LayoutView):
    def __init__(self, presses: int) -> None:
        super().__init__(timeout=None)
        self.presses = presses
        button = ui.Button["Counter"](label="Press", custom_id="press")
        button.callback = self.press
        self.add_item(ui.Container(ui.TextDisplay(f"Pressed **{presses}**"), ui.ActionRow(button)))

    async def press(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Counter(self.presses + 1))


class Form(ui.Modal, title="A form"):
    name = ui.TextInput["Form"](label="Your name", custom_id="name")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Hello {self.name.value}", ephemeral=True)


class TinyCog(commands.Cog):
    @app_commands.command(description="Answers with what it was told")
    async def echo(self, interaction: discord.Interaction, text: str) -> None:
        await interaction.response.defer(ephemeral=True)
        manages = interaction.permissions.manage_guild
        said = f"{text} {interaction.locale} {interaction.guild_locale} {manages} {interaction.created_at:%Y-%m-%d}"
        await interaction.followup.send(said, file=discord.File(io.BytesIO(b"a,b"), "said.csv"))

    @echo.autocomplete("text")
    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed} {interaction.locale}", value=typed)]

    @app_commands.command(description="A button for everyone")
    async def counter(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Counter(0))

    @app_commands.command(description="A form")
    async def form(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    @app_commands.command(description="Fails as told")
    async def fail(self, interaction: discord.Interaction, expected: bool) -> None:  # noqa: ARG002 - an option
        raise Expired if expected else ZeroDivisionError


class TinyBot(commands.Bot):
    def __init__(self) -> None:
        super().__init__("!", intents=discord.Intents(guilds=True), help_command=None)
        self.tree.error(self.tell)

    async def setup_hook(self) -> None:
        await self.add_cog(TinyCog())
        await self.tree.sync()

    async def tell(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await interaction.response.send_message(f"Sorry: {type(error.__cause__).__name__}", ephemeral=True)


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with simulate(TinyBot(), clock=lambda: NOW) as world:
        yield world


@pytest.fixture
def home(world: World) -> Team:
    return Team(world, world.home)


async def test_a_command_carries_its_persons_language_rights_and_our_time(home: Team) -> None:
    asked = await home.planner.speaks("nl").slash("echo", text="hi")
    assert asked.text == "hi nl en-US True 2026-05-04"
    assert asked.ephemeral
    assert asked.files == {"said.csv": b"a,b"}
    assert (await home.member.slash("echo", text="hi")).text == "hi en-US en-US False 2026-05-04"


async def test_autocomplete_follows_the_language_too(home: Team) -> None:
    [choice] = await home.planner.speaks("nl").autocomplete("echo", "text", "ab")
    assert (choice.name, choice.value) == ("ab nl", "ab")


async def test_a_public_message_has_a_button_that_others_can_press(home: Team) -> None:
    shown = await home.planner.slash("counter")
    assert (shown.text, shown.labels, shown.ephemeral) == ("Pressed **0**", ["Press"], False)
    pressed = await home.member.click(shown.last, "Press")
    assert pressed.text == "Pressed **1**"
    assert shown.text == pressed.text, "the same message, edited"
    assert [message.text for message in home.member.sees()] == ["Pressed **1**"]


async def test_an_ephemeral_answer_is_seen_by_one(home: Team) -> None:
    await home.planner.slash("echo", text="hi")
    assert [len(person.sees()) for person in (home.planner, home.member)] == [1, 0]


async def test_a_form_is_read_and_filled(home: Team) -> None:
    shown = await home.member.slash("form")
    assert {"A form", "Your name"} <= set(shown.words)
    assert (await shown.submit({"name": "Jo"})).text == "Hello Jo"


async def test_a_persons_mistake_is_no_bug_and_a_bug_is_one(world: World, home: Team) -> None:
    assert (await home.member.slash("fail", expected=True)).text == "Sorry: Expired"
    assert world.bugs == []
    assert (await home.member.slash("fail", expected=False)).text == "Sorry: ZeroDivisionError"
    assert len(world.bugs) == 1
    assert len(world.forgive()) == 1
    assert world.bugs == []


async def test_a_bug_fails_whoever_runs_the_simulation() -> None:
    with pytest.raises(BaseExceptionGroup, match="the bot raised"):
        async with simulate(TinyBot(), clock=lambda: NOW) as world:
            await Team(world, world.home).member.slash("fail", expected=False)


async def test_after_a_restart_messages_and_people_are_still_there(world: World, home: Team) -> None:
    shown = await home.planner.slash("counter")
    await world.restart(TinyBot())
    assert shown.last.text == "Pressed **0**"
    assert (await home.planner.slash("echo", text="again")).text.startswith("again")


async def test_the_page_shows_what_the_bot_posts_of_its_own_accord(world: World) -> None:
    async with world.page(world.home, port=0, language="nl") as page, aiohttp.ClientSession() as browser:
        address, _, capability = page.url.partition("/#")
        headers = {"X-Simcord-Capability": capability}
        async with browser.post(f"{address}/api/pages", json={}, headers=headers | {"Origin": address}) as opened:
            headers["X-Simcord-Context"] = (await opened.json())["context"]["id"]

        channel = world.env.bot.get_channel(world.home.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.send("Good morning")

        async with asyncio.timeout(10):
            while "Good morning" not in await read(browser, f"{address}/api/state", headers):
                pass


async def read(browser: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> str:
    async with browser.get(url, headers=headers) as answer:
        return await answer.text()


async def test_a_page_that_cannot_open_says_why(world: World) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(PageError, match=str(port)):
            async with world.page(world.home, port=port, language="en-US"):
                pass


async def test_ids_are_the_same_at_every_start() -> None:
    met: list[list[tuple[int, int, int, int]]] = []
    for year in (2026, 2030):
        async with simulate(TinyBot(), clock=lambda year=year: NOW.replace(year=year)) as world:
            met.append([(each.id, each.channel.id, each.planner.id, each.member.id) for each in world.servers])
    assert met[0] == met[1]
