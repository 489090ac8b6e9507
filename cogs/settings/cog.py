"""`/settings` and its buttons."""

from zoneinfo import available_timezones

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.cards import Card
from cogs.kit.host import services_of
from cogs.kit.options import MOST_CHOICES, Choices, Typed, suggest_niche
from cogs.kit.request import Request, person_language
from cogs.kit.safe import code
from cogs.kit.services import Services
from cogs.settings.card import ladder_card, language_name, settings_card
from cogs.settings.tags_card import tag_change_card, tags_card
from planning.budget.currencies import parse_rate
from planning.errors import InvalidValue, LadderInvalid
from planning.money import CURRENCIES
from planning.reasons import Reason
from planning.services.settings import change_rate, change_settings, confirm_ladder, propose_ladder
from planning.services.tags import confirm_tag, forget_alias, list_tags, name_tag, propose_tag
from planning.tiers import CUSTOM, PRESETS, parse_bands

LADDERS = [
    *(app_commands.Choice(name=ladder.title, value=ladder.id) for ladder in PRESETS.values()),
    app_commands.Choice(name="Our own", value=CUSTOM),
]


async def suggest_currency(interaction: discord.Interaction, current: str) -> Choices:
    """Currencies by code or by name in the person's language."""
    t = person_language(interaction, services_of(interaction))
    typed = current.strip().casefold()
    names = {code: f"{code} · {t.locale.currencies.get(code, code)}" for code in sorted(CURRENCIES)}
    found = [
        (not code.casefold().startswith(typed), name, code) for code, name in names.items() if typed in name.casefold()
    ]
    return [app_commands.Choice(name=name[:100], value=code) for _, name, code in sorted(found)[:MOST_CHOICES]]


async def suggest_timezone(_interaction: discord.Interaction, current: str) -> Choices:
    """Time zones whose name contains what was typed."""
    typed = current.strip().replace(" ", "_").casefold()
    found = sorted(zone for zone in available_timezones() if "/" in zone and typed in zone.casefold())
    return [app_commands.Choice(name=zone.replace("_", " "), value=zone) for zone in found[:MOST_CHOICES]]


async def suggest_post_language(interaction: discord.Interaction, current: str) -> Choices:
    """The languages that the bot speaks, by their own names."""
    languages = services_of(interaction).languages
    names = {code: language_name(languages, code) for code in languages.codes}
    return [
        app_commands.Choice(name=name, value=code)
        for code, name in names.items()
        if current.casefold() in name.casefold()
    ]


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise InvalidValue("currency", text, Reason.NOT_A_CURRENCY_CODE)
    return code


def check_options(tag: str | None, into: str | None, alias: str | None) -> None:
    """Raises `InvalidValue` where these options of `/settings tags` make no sense together."""
    if into and alias:
        raise InvalidValue("alias", alias, Reason.INTO_AND_ALIAS)
    if into and not tag:
        raise InvalidValue("into", into, Reason.TAG_MISSING)
    if tag and not into and not alias:
        raise InvalidValue("tag", tag, Reason.TAG_ALONE)


class SettingsCog(commands.GroupCog, name="settings", description="What this server chooses for itself."):
    """Shows and changes the settings."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    async def show(self, interaction: discord.Interaction) -> None:
        """The ladder, currency, language, time zone and planners of this server."""
        request = await Request.begin(interaction, self.services)
        title = request.t("Settings")
        await request.answer(settings_card(request.t, request.settings, self.services.languages, title=title))

    @app_commands.command()
    @app_commands.choices(preset=LADDERS)
    async def ladder(self, interaction: discord.Interaction, preset: str, bands: Typed | None = None) -> None:
        """Choose how many followers make a micro, a macro and the rest; shows what changes first.

        Args:
            preset: A published ladder, or your own.
            bands: Your own tiers and where each begins, such as nano 500, micro 1000, macro 10000.
        """
        request = await Request.begin(interaction, self.services)
        if preset == CUSTOM and not bands:
            raise LadderInvalid("missing", "")
        ladder = parse_bands(bands) if preset == CUSTOM and bands else PRESETS[preset]
        change = await propose_ladder(request.database, request.caller, ladder, now=request.now)
        await request.answer(ladder_card(request.t, change))

    @app_commands.command()
    @app_commands.autocomplete(tag=suggest_niche, into=suggest_niche)
    async def tags(
        self,
        interaction: discord.Interaction,
        tag: Typed | None = None,
        into: Typed | None = None,
        alias: Typed | None = None,
    ) -> None:
        """The niches of this server as tags: rename one, merge two, or say what else you call one.

        Args:
            tag: The tag to change.
            into: Its new name, or the tag that it becomes one with; shows what changes first.
            alias: What else you call the tag; without a tag, an alias to forget.
        """
        request = await Request.begin(interaction, self.services)
        t = request.t
        check_options(tag, into, alias)
        if tag and into:
            change = await propose_tag(request.database, request.caller, tag, into, now=request.now)
            await request.answer(tag_change_card(t, change))
        elif tag and alias:
            spoken, known = await name_tag(request.database, request.caller, tag, alias, now=request.now)
            await request.answer(Card(t("{alias} now means {tag}.", alias=code(spoken), tag=code(known))))
        elif alias:
            spoken = await forget_alias(request.database, request.caller, alias, now=request.now)
            await request.answer(Card(t("{alias} is no alias any more.", alias=code(spoken))))
        else:
            await request.answer(tags_card(t, await list_tags(request.database, request.caller)))

    @action("tags")
    async def change_tag(self, interaction: discord.Interaction, state: str) -> None:
        """Rename or merge as it was shown."""
        request = await Request.begin_update(interaction, self.services)
        name, accounts = await confirm_tag(request.database, request.caller, state, now=request.now)
        words = request.t.many(
            "{n} account carries {tag} now.", "{n} accounts carry {tag} now.", accounts, tag=code(name)
        )
        await request.answer(Card(words))

    @app_commands.command()
    @app_commands.autocomplete(currency=suggest_currency)
    async def currency(self, interaction: discord.Interaction, currency: Typed) -> None:
        """The currency of prices typed without one.

        Args:
            currency: Its code, such as EUR.
        """
        code = _currency(currency)
        request = await Request.begin(interaction, self.services)
        settings = await change_settings(request.database, request.caller, now=request.now, currency=code)
        t, forgotten = request.t, request.settings.rates and not settings.rates
        title = t("Settings saved; exchange rates forgotten") if forgotten else t("Settings saved")
        await request.answer(settings_card(t, settings, self.services.languages, title=title))

    @app_commands.command()
    @app_commands.autocomplete(currency=suggest_currency)
    async def rate(self, interaction: discord.Interaction, currency: Typed, rate: Typed) -> None:
        """What another currency is worth in the server's own, so that plans can count its prices.

        Args:
            currency: Its code, such as USD.
            rate: What one of it is worth, such as 0.92; a dash forgets it.
        """
        request = await Request.begin(interaction, self.services)
        code, worth = _currency(currency), parse_rate(rate)
        settings = await change_rate(request.database, request.caller, code, worth, now=request.now)
        title = request.t("Settings saved")
        await request.answer(settings_card(request.t, settings, self.services.languages, title=title))

    @app_commands.command()
    @app_commands.autocomplete(language=suggest_post_language)
    async def language(self, interaction: discord.Interaction, language: Typed) -> None:
        """The language of what is posted to channels; answers to you follow your own Discord.

        Args:
            language: The language.
        """
        if language not in self.services.languages.codes:
            raise InvalidValue("language", language, Reason.NOT_SPOKEN)
        await self._change(interaction, language=language)

    @app_commands.command()
    @app_commands.autocomplete(timezone=suggest_timezone)
    async def timezone(self, interaction: discord.Interaction, timezone: Typed) -> None:
        """The time zone of this team.

        Args:
            timezone: Its name, such as Europe/Amsterdam.
        """
        if timezone not in available_timezones():
            raise InvalidValue("timezone", timezone, Reason.NOT_A_TIMEZONE)
        await self._change(interaction, timezone=timezone)

    @app_commands.command()
    @app_commands.checks.has_permissions(manage_guild=True)
    async def planner(self, interaction: discord.Interaction, role: discord.Role | None = None) -> None:
        """Who may change things, beside those who may manage the server.

        Args:
            role: The role of planners; leave it out to take the right away again.
        """
        await self._change(interaction, planner_role_id=role.id if role else None)

    @action("ladder")
    async def change_ladder(self, interaction: discord.Interaction, state: str) -> None:
        """Change to the ladder that was shown."""
        request = await Request.begin_update(interaction, self.services)
        settings = await confirm_ladder(request.database, request.caller, state, now=request.now)
        title = request.t("The ladder is changed")
        await request.answer(settings_card(request.t, settings, self.services.languages, title=title))

    async def _change(self, interaction: discord.Interaction, **changes: object) -> None:
        request = await Request.begin(interaction, self.services)
        settings = await change_settings(request.database, request.caller, now=request.now, **changes)
        title = request.t("Settings saved")
        await request.answer(settings_card(request.t, settings, self.services.languages, title=title))
