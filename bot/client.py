"""The Discord client: what it listens to, what it may mention, and what happens before it connects."""

from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.errors import Outcome, answer_error
from bot.sync import DigestStore, sync_commands
from cogs.install import install
from cogs.kit.language import MicroscoutTranslator
from cogs.kit.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogs.kit.host import Handler


class Tree(app_commands.CommandTree["Microscout"]):
    """The commands; whatever goes wrong in one is answered by the one error ladder."""

    async def on_error(
        self, interaction: discord.Interaction["Microscout"], error: app_commands.AppCommandError
    ) -> None:
        """Answer the person who asked."""
        self.client.answered(interaction, await answer_error(interaction, error))


# It speaks in no voice channel, so it needs none of the libraries that discord.py would warn of.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False

_log = structlog.stdlib.get_logger("microscout.client")


class Microscout(commands.Bot):
    """The bot: only the `guilds` intent, no cache of people or messages, commands in servers only."""

    def __init__(self, services: Services, digests: DigestStore, *, dev_guild_id: int | None) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.services = services
        self.actions: dict[str, Handler] = {}
        self.command_ids: dict[str, int] = {}
        self.connected = False
        """Whether Discord's gateway is there, and knows the bot."""
        self.on_answer: Callable[[discord.Interaction[Any], Outcome], None] | None = None
        """Told of each interaction once it was answered to its end."""
        self._digests = digests
        self._dev_guild_id = dev_guild_id
        self.sync_at_login = True
        """False leaves the commands at Discord as they are, for whoever then calls `sync_commands`."""

    def mention(self, command: str) -> str:
        """A command by its full name, as something that can be clicked once Discord gave it an id."""
        known = self.command_ids.get(command.split()[0])
        return f"`/{command}`" if known is None else f"</{command}:{known}>"

    async def setup_hook(self) -> None:
        """Install every command with its translations, and tell Discord where they changed."""
        self.actions = await install(self, self.services)
        await self.tree.set_translator(MicroscoutTranslator(self.services.languages))
        if self.sync_at_login:
            await sync_commands(self, self._digests, guild_id=self._dev_guild_id)

    def answered(self, interaction: discord.Interaction[Any], outcome: Outcome = Outcome.OK) -> None:
        """A command, button or form was answered to its end."""
        if self.on_answer is not None:
            self.on_answer(interaction, outcome)

    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _command: object) -> None:
        """A command ended without an error."""
        self.answered(interaction)

    async def on_disconnect(self) -> None:
        """The connection is lost; discord.py tries again by itself."""
        self.connected = False

    async def on_resumed(self) -> None:
        """A lost connection is back, and goes on where it was."""
        self.connected = True

    async def on_ready(self) -> None:
        """Say so in the log: the start is over, or a lost connection is back."""
        self.connected = True
        _log.info("ready", user=str(self.user), servers=len(self.guilds))
