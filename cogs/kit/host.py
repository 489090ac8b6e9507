"""What the features expect of the bot that they are installed in."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

import discord

from cogs.kit.services import Services

Handler = Callable[[discord.Interaction, str], Awaitable[None]]
"""Answers a press of a button, given the state in its custom id."""


class ErrorLadder(Protocol):
    """What answers whatever goes wrong: the command tree."""

    async def on_error(self, interaction: Any, error: Any, /) -> None:
        """Answer the person who asked."""
        ...


class Host(Protocol):
    """The bot's client. `actions` say who answers which button."""

    services: Services
    actions: dict[str, Handler]

    @property
    def tree(self) -> ErrorLadder:
        """The commands, with the one place that answers errors."""
        ...

    def answered(self, interaction: Any, /) -> None:
        """An interaction was answered to its end, without an error."""
        ...

    def mention(self, command: str) -> str:
        """A command by its full name, as something that can be clicked."""
        ...


def host_of(interaction: discord.Interaction) -> Host:
    """The bot that the interaction came to."""
    return cast("Host", interaction.client)


def services_of(interaction: discord.Interaction) -> Services:
    """The services of the bot that the interaction came to."""
    return host_of(interaction).services
