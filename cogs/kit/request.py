"""A person's request: acknowledged first, then known (who, which server, which language), then answered once."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import discord
from discord import app_commands

from cogs.kit.cards import Card
from cogs.kit.host import host_of
from cogs.kit.language import Language
from cogs.kit.services import Services
from planning.caller import Caller
from planning.ports import Database
from planning.services.settings import load_settings
from planning.settings import GuildSettings


@dataclass(frozen=True, slots=True)
class Request:
    """`t` is the person's language; what is posted to the channel for all takes `channel_language`."""

    interaction: discord.Interaction
    services: Services
    caller: Caller
    settings: GuildSettings
    t: Language

    @classmethod
    async def begin(cls, interaction: discord.Interaction, services: Services) -> Self:
        """Acknowledge with an answer to come that only this person sees, then read who they are."""
        return await cls._known(interaction, services, interaction.response.defer(ephemeral=True, thinking=True))

    @classmethod
    async def begin_update(cls, interaction: discord.Interaction, services: Services) -> Self:
        """Acknowledge a button whose own message will be replaced, then read who pressed it."""
        return await cls._known(interaction, services, interaction.response.defer())

    @classmethod
    async def begin_page(cls, interaction: discord.Interaction, services: Services) -> Self:
        """A page turned: in place where only this person sees the message, as an answer of their own otherwise."""
        message = interaction.message
        if message is not None and message.flags.ephemeral:
            return await cls.begin_update(interaction, services)
        return await cls.begin(interaction, services)

    @classmethod
    async def _known(
        cls, interaction: discord.Interaction, services: Services, acknowledgement: Awaitable[object]
    ) -> Self:
        """Acknowledge; the settings are read while that is on its way."""
        assert interaction.guild_id is not None, "commands are for servers only"
        loading = asyncio.create_task(load_settings(services.database, interaction.guild_id))
        try:
            await acknowledgement
        except BaseException:
            loading.cancel()
            raise
        settings = await loading
        return cls(
            interaction, services, caller_of(interaction, settings), settings, person_language(interaction, services)
        )

    @property
    def database(self) -> Database:
        """The database port."""
        return self.services.database

    @property
    def now(self) -> datetime:
        """Now, by the injected clock."""
        return self.services.clock()

    @property
    def channel_language(self) -> Language:
        """The server's language."""
        return self.services.languages.get(self.settings.language)

    async def answer(self, card: Card, *, files: Sequence[discord.File] = ()) -> None:
        """The one answer."""
        await self.interaction.edit_original_response(view=card, attachments=list(files))

    async def add(self, card: Card) -> None:
        """A message more, below the answer, that only this person sees."""
        await self.interaction.followup.send(view=card, ephemeral=True)

    def mention(self, command: str) -> str:
        """The command as something that can be clicked."""
        return host_of(self.interaction).mention(command)

    def must_post(self) -> None:
        """Raises `MissingPermissions` for who could not write in the channel themselves."""
        if not self.interaction.permissions.send_messages:
            raise app_commands.MissingPermissions(["send_messages"])

    async def post(self, card: Card, *, files: Sequence[discord.File] = ()) -> None:
        """A message that the whole channel sees; only for those who could write there themselves."""
        self.must_post()
        await self.interaction.followup.send(view=card, files=list(files), ephemeral=False)


def caller_of(interaction: discord.Interaction, settings: GuildSettings) -> Caller:
    """Who asks: a planner has the server's planner role or, always, may manage the server."""
    assert interaction.guild_id is not None, "commands are for servers only"
    role = settings.planner_role_id
    user = interaction.user
    has_role = role is not None and isinstance(user, discord.Member) and user.get_role(role) is not None
    planner = has_role or interaction.permissions.manage_guild
    return Caller(interaction.guild_id, user.id, planner, role)


def person_language(interaction: discord.Interaction, services: Services) -> Language:
    """The language of the person's own Discord."""
    return services.languages.get(interaction.locale.value)
