"""The form for a fresh reading of an account's numbers."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from cogs.kit.forms import Form
from cogs.kit.language import Language
from planning.numbers import parse_average, parse_count
from planning.services.readings import Reading

LONGEST = 20


class ReadingForm(Form):
    """Asks for followers and averages; what is left empty was not read."""

    def __init__(
        self, t: Language, account_id: int, submit: Callable[[discord.Interaction, int, Reading], Awaitable[None]]
    ) -> None:
        super().__init__("reading", t("A fresh reading of the numbers"))
        self._account_id = account_id
        self._submit = submit
        self._fields = {
            name: ui.TextInput[Any](placeholder=example, max_length=LONGEST, required=False)
            for name, example in (
                ("followers", "3210 / 3.2k"),
                ("likes", "120"),
                ("comments", "9"),
                ("views", "2100"),
                ("posts", "12"),
            )
        }
        for text, name in (
            (t("Followers now"), "followers"),
            (t("Likes of an average post"), "likes"),
            (t("Comments on an average post"), "comments"),
            (t("Views of an average post"), "views"),
            (t("Over how many posts"), "posts"),
        ):
            self.add_item(ui.Label(text=text, component=self._fields[name]))

    async def submitted(self, interaction: discord.Interaction) -> None:
        """Hand over what was typed."""
        typed = {name: field.value.strip() for name, field in self._fields.items()}
        reading = Reading(
            followers=parse_count(typed["followers"]) if typed["followers"] else None,
            likes=_average(typed, "likes"),
            comments=_average(typed, "comments"),
            views=_average(typed, "views"),
            posts=parse_count(typed["posts"], column="posts") if typed["posts"] else None,
        )
        await self._submit(interaction, self._account_id, reading)


def _average(typed: dict[str, str], name: str) -> float | None:
    return parse_average(typed[name], column=name) if typed[name] else None
