"""A form with one text: a list's name, a handle, a reason, a note."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from cogs.kit.forms import Form

Submit = Callable[[discord.Interaction, str], Awaitable[None]]
LINE = 100
"""A longer text gets more lines to be typed on."""


class TextForm(Form):
    """Asks for one text, and hands it over."""

    def __init__(self, title: str, label: str, submit: Submit, *, longest: int, required: bool = True) -> None:
        super().__init__("text", title)
        self._submit = submit
        style = discord.TextStyle.paragraph if longest > LINE else discord.TextStyle.short
        self._field = ui.TextInput[Any](max_length=longest, required=required, style=style)
        self.add_item(ui.Label(text=label, component=self._field))

    async def submitted(self, interaction: discord.Interaction) -> None:
        """Hand over what was typed."""
        await self._submit(interaction, self._field.value.strip())
