"""When Discord is told about the commands: only where they, their translations or the application changed."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio
from discord import app_commands

from bot.app import App, build
from bot.settings import Settings
from bot.sync import GLOBAL_SCOPE, digest_of, sync_commands, translated_payload
from tests.loopback.server import Loopback, loopback

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
GUILD = 1_400_000_000_000_000_002


class OneWord(app_commands.Translator):
    """Knows one word in Dutch."""

    def __init__(self, message: str, word: str) -> None:
        self.message, self.word = message, word

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        del context
        return self.word if (string.message, locale) == (self.message, discord.Locale.dutch) else None


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Loopback]:
    async with loopback(TOKEN) as discord_server:
        yield discord_server


@pytest_asyncio.fixture
async def app(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """The bot, logged in but not told to sync."""
    monkeypatch.setattr("discord.http.Route.BASE", server.api_url)
    settings = Settings.model_validate({"database_url": f"sqlite:///{tmp_path}/sync.db"})
    app = build(settings)
    app.bot.sync_at_login = False
    await app.start_database()
    await app.bot.login(TOKEN)
    yield app
    await app.close()


async def test_discord_is_told_once(app: App, server: Loopback) -> None:
    assert await sync_commands(app.bot, app.database)
    assert not await sync_commands(app.bot, app.database)

    assert len(server.syncs) == 1


async def test_what_is_digested_is_what_is_sent(app: App, server: Loopback) -> None:
    await sync_commands(app.bot, app.database)

    sent = server.syncs[0].body
    assert sorted(sent, key=lambda command: command["name"]) == await translated_payload(app.bot.tree)
    stored = await app.database.load_command_digest(GLOBAL_SCOPE)
    assert stored == digest_of(await translated_payload(app.bot.tree), application_id=app.bot.application_id)


async def test_a_changed_description_is_told(app: App, server: Loopback) -> None:
    await sync_commands(app.bot, app.database)
    help_command = app.bot.tree.get_command("help")
    assert isinstance(help_command, app_commands.Command)
    help_command.description = "Something else."

    assert await sync_commands(app.bot, app.database)
    assert len(server.syncs) == 2


async def test_a_changed_translation_is_told(app: App, server: Loopback) -> None:
    await app.bot.tree.set_translator(OneWord("help", "hulp"))
    await sync_commands(app.bot, app.database)
    await app.bot.tree.set_translator(OneWord("help", "bijstand"))

    assert await sync_commands(app.bot, app.database)
    assert len(server.syncs) == 2


async def test_servers_are_told_apart_from_everywhere(app: App, server: Loopback) -> None:
    assert await sync_commands(app.bot, app.database)
    assert await sync_commands(app.bot, app.database, guild_id=GUILD)
    assert not await sync_commands(app.bot, app.database, guild_id=GUILD)

    assert [request.path.split("/")[3] for request in server.syncs] == ["commands", "guilds"]
    assert len(server.syncs[1].body) == len(server.syncs[0].body)


async def test_force_tells_again(app: App, server: Loopback) -> None:
    await sync_commands(app.bot, app.database)

    assert await sync_commands(app.bot, app.database, force=True)
    assert len(server.syncs) == 2


async def test_what_discord_refuses_is_not_remembered(app: App, server: Loopback) -> None:
    server.token = "another"

    with pytest.raises(discord.HTTPException):
        await sync_commands(app.bot, app.database)

    server.token = TOKEN
    assert await sync_commands(app.bot, app.database)


async def test_commands_can_be_mentioned_whether_told_or_not(app: App, server: Loopback) -> None:
    assert app.bot.mention("influencer list") == "`/influencer list`"
    for _ in range(2):
        await sync_commands(app.bot, app.database)

        assert app.bot.mention("influencer list") == f"</influencer list:{server.command_id('influencer')}>"
        app.bot.command_ids = {}


def test_another_application_has_another_digest() -> None:
    payload = [{"name": "help", "description": "What it does."}]

    assert digest_of(payload, application_id=1) != digest_of(payload, application_id=2)
    assert digest_of(payload, application_id=1) == digest_of([dict(reversed(payload[0].items()))], application_id=1)
