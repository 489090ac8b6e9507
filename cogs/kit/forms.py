"""A form, which hands over what was typed; whatever goes wrong goes to the one place that answers errors."""

import secrets

import discord
from discord import ui

from cogs.kit.host import host_of


class Form(ui.Modal):
    """A form of this name. Each one that opens has a custom id of its own, `form:<name>:<random>`."""

    def __init__(self, name: str, title: str) -> None:
        # discord.py finds a form by its custom id alone: of two with the same one, it would forget the older.
        super().__init__(title=title, custom_id=f"form:{name}:{secrets.token_hex(8)}")

    async def submitted(self, interaction: discord.Interaction) -> None:
        """Answer what was typed."""
        raise NotImplementedError

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Answer, and tell the host that it is done."""
        await self.submitted(interaction)
        host_of(interaction).answered(interaction)

    async def on_error(self, interaction: discord.Interaction, error: Exception) -> None:
        """The one place that answers errors."""
        await host_of(interaction).tree.on_error(interaction, error)
