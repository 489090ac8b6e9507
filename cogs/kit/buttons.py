"""Buttons and menus that work for ever: what they do stands in their custom id, what they act on in the database.

One DynamicItem class serves all buttons, another all menus. A message with any of these holds no other interactive item
but links, has no time-out and is never stopped; otherwise discord.py 2.7 forgets the class for the whole bot.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

import discord
from discord import ui

from cogs.kit.host import Handler, host_of

MAX_CUSTOM_ID = 100


class ActionButton(ui.DynamicItem[ui.Button[Any]], template=r"v1:(?P<action>[a-z-]+)(?::(?P<state>.*))?"):
    """A button `v1:<action>:<state>`; the bot's `actions` say who answers."""

    def __init__(
        self,
        action: str,
        state: object = None,
        *,
        label: str | None = None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        disabled: bool = False,
    ) -> None:
        custom_id = f"v1:{action}" if state is None else f"v1:{action}:{state}"
        assert len(custom_id) <= MAX_CUSTOM_ID, custom_id
        self.action = action
        self.state = "" if state is None else str(state)
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id, disabled=disabled))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew from the id of the button that was pressed."""
        return cls(match["action"], match["state"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand the press to its action; an error goes to the one place that answers errors."""
        await _answer(interaction, self.action, self.state)


class ActionMenu(ui.DynamicItem[ui.Select[Any]], template=r"m1:(?P<action>[a-z-]+):(?P<state>.*)"):
    """A menu `m1:<action>:<state>` of which one option is taken; its action is given `<option's value>:<state>`."""

    def __init__(self, action: str, state: str, *, options: Sequence[discord.SelectOption], placeholder: str) -> None:
        custom_id = f"m1:{action}:{state}"
        assert len(custom_id) <= MAX_CUSTOM_ID, custom_id
        self.action = action
        self.state = state
        super().__init__(ui.Select(custom_id=custom_id, options=[*options], placeholder=placeholder))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew from the menu that was used."""
        assert isinstance(item, ui.Select)
        return cls(match["action"], match["state"], options=item.options, placeholder=item.placeholder or "")

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand the choice to its action."""
        await _answer(interaction, self.action, f"{self.item.values[0]}:{self.state}")


async def _answer(interaction: discord.Interaction, action: str, state: str) -> None:
    """Let an action answer; an error goes to the one place that answers errors."""
    host = host_of(interaction)
    try:
        await host.actions.get(action, _retired)(interaction, state)
        host.answered(interaction)
    except Exception as error:  # noqa: BLE001 - a dynamic item has no on_error; this is the edge, and the ladder answers
        await host.tree.on_error(interaction, error)


class RetiredButton(Exception):
    """A button of a version that is gone."""


async def _retired(_interaction: discord.Interaction, _state: str) -> None:
    raise RetiredButton


def action(name: str) -> Callable[[Callable[..., Awaitable[None]]], Callable[..., Awaitable[None]]]:
    """Mark a cog's method as what answers the buttons and menus of this action."""

    def decorate(method: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        method.__dict__["action"] = name
        return method

    return decorate


def actions_of(cog: object) -> dict[str, Handler]:
    """The marked methods of a cog, by action."""
    found: dict[str, Handler] = {}
    for name in dir(type(cog)):
        marked = getattr(getattr(type(cog), name), "__dict__", {}).get("action")
        if isinstance(marked, str):
            found[marked] = getattr(cog, name)
    return found
