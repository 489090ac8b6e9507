"""What a person typed about an account, and the form to register one that nobody knows yet."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from cogs.kit.forms import Form
from cogs.kit.language import Language
from cogs.kit.options import PLATFORMS
from planning.accounts import CLEARABLE, Draft, Engagement
from planning.countries import parse_country
from planning.handles import parse_handle
from planning.languages import parse_language
from planning.money import parse_price
from planning.names import parse_name
from planning.niches import parse_niches
from planning.numbers import parse_count
from planning.platform import Platform

CLEAR = "-"
"""What empties a field."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of `/influencer add` and `edit` as they were typed; None was left out."""

    followers: int | None = None
    niches: str | None = None
    name: str | None = None
    country: str | None = None
    language: str | None = None
    likes: float | None = None
    comments: float | None = None
    views: float | None = None
    posts: int | None = None
    price: str | None = None

    def draft(self, platform: Platform, handle: str, *, currency: str) -> Draft:
        """What was typed, understood. Raises `InvalidValue`.

        A price without a currency is in the server's; a dash empties a field.
        """
        texts = {name: text for name in CLEARABLE if (text := getattr(self, name))}
        given = {name: text for name, text in texts.items() if text.strip() != CLEAR}
        return Draft(
            platform=platform,
            handle=handle,
            followers=self.followers,
            niches=parse_niches(given["niches"]) if "niches" in given else None,
            name=parse_name(given["name"]) if "name" in given else None,
            country=parse_country(given["country"]) if "country" in given else None,
            language=parse_language(given["language"]) if "language" in given else None,
            engagement=Engagement(self.likes, self.comments, self.views, self.posts),
            price=parse_price(given["price"], currency) if "price" in given else None,
            cleared=tuple(name for name in texts if name not in given),
        )


def read_handle(handle: str, platform: str | None) -> tuple[Platform, str]:
    """The account meant by a handle option and a platform option. Raises `InvalidValue`."""
    named, normal = parse_handle(handle, Platform(platform) if platform else None)
    return named or Platform.OTHER, normal


class RegisterForm(Form):
    """What is needed to register an account; `submit` gets the interaction, the handle, the platform and the rest."""

    def __init__(
        self,
        t: Language,
        *,
        handle: str,
        platform: str | None,
        submit: Callable[[discord.Interaction, str, str, Typed], Awaitable[None]],
    ) -> None:
        super().__init__("register", t("Register an influencer"))
        self.submit = submit
        options = [
            discord.SelectOption(label=choice.name, value=str(choice.value), default=choice.value == platform)
            for choice in PLATFORMS
        ]
        self.handle = ui.TextInput[Any](default=handle, max_length=200)
        self.platform = ui.Select[Any](options=options, placeholder=t("Choose a platform"))
        self.followers = ui.TextInput[Any](placeholder="3210 / 3.2k", max_length=20)
        self.niches = ui.TextInput[Any](placeholder=t("vegan, baking"), max_length=200, required=False)
        self.price = ui.TextInput[Any](placeholder="250 EUR", max_length=40, required=False)
        for text, component in (
            (t("Handle or address of the profile"), self.handle),
            (t("Platform"), self.platform),
            (t("Followers"), self.followers),
            (t("Niches, the main one first"), self.niches),
            (t("Price a post"), self.price),
        ):
            self.add_item(ui.Label(text=text, component=component))

    async def submitted(self, interaction: discord.Interaction) -> None:
        """Hand over what was typed."""
        typed = Typed(
            followers=parse_count(self.followers.value),
            niches=self.niches.value or None,
            price=self.price.value or None,
        )
        await self.submit(interaction, self.handle.value, self.platform.values[0], typed)
