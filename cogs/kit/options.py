"""The options that several commands share: their choices and what is suggested while a person types."""

import asyncio
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands

from cogs.kit.host import services_of
from cogs.kit.language import Language, mark
from cogs.kit.problems import platform_label
from cogs.kit.request import person_language
from cogs.kit.services import Services
from planning.countries import COUNTRIES
from planning.errors import DatabaseUnavailable, InvalidValue
from planning.languages import LANGUAGES
from planning.platform import Platform
from planning.reasons import Reason
from planning.services.accounts import suggest_accounts
from planning.services.settings import load_settings
from planning.services.shortlists import list_niches
from planning.tiers import Ladder, Tier

MOST_CHOICES = 25
LONGEST_CHOICE = 100
DEADLINE = 2.0
"""Seconds that a suggestion may take: Discord waits three, and an empty list beats a failed one."""

MAX_COUNT = 10_000_000_000

Followers = app_commands.Range[int, 0, MAX_COUNT]
Average = app_commands.Range[float, 0, MAX_COUNT]
Posts = app_commands.Range[int, 1, 100_000]
Typed = app_commands.Range[str, 1, 200]

TIER_NAMES = (
    mark("nano"),
    mark("micro"),
    mark("mid-tier"),
    mark("mid"),
    mark("macro"),
    mark("mega"),
    mark("mega-macro"),
    mark("all-star"),
    mark("top"),
    mark("VIP"),
)
"""The tiers of the preset ladders, which have names in every language; a server's own names stay as they were typed."""

FORMATS = [app_commands.Choice(name="Excel", value="xlsx"), app_commands.Choice(name="CSV", value="csv")]
PLATFORMS = [app_commands.Choice(name=platform.label, value=platform.value) for platform in Platform]

Choices = list[app_commands.Choice[str]]


def choice(label: str, value: str) -> app_commands.Choice[str]:
    """A suggestion, cut to what Discord takes."""
    return app_commands.Choice(name=label[:LONGEST_CHOICE], value=value[:LONGEST_CHOICE])


def asker(interaction: discord.Interaction) -> tuple[Services, int, Language]:
    """The services, the server and the language of who is typing."""
    assert interaction.guild_id is not None, "commands are for servers only"
    services = services_of(interaction)
    return services, interaction.guild_id, person_language(interaction, services)


async def in_time(suggest: Callable[[], Awaitable[Choices]]) -> Choices:
    """What was found before the deadline; nothing where the database is slow or gone, so that one can go on typing."""
    try:
        async with asyncio.timeout(DEADLINE):
            return (await suggest())[:MOST_CHOICES]
    except (TimeoutError, DatabaseUnavailable):
        return []


async def suggest_handle(interaction: discord.Interaction, current: str) -> Choices:
    """The server's accounts by any part of their handle or name."""
    services, guild_id, t = asker(interaction)

    async def found() -> Choices:
        ladder = (await load_settings(services.database, guild_id)).ladder
        matches = await suggest_accounts(services.database, guild_id, current, limit=MOST_CHOICES)
        return [
            choice(
                " · ".join(
                    part
                    for part in (
                        f"@{match.handle}",
                        platform_label(t, match.platform),
                        tier_label(t, ladder, match.followers),
                        t.number(match.followers),
                        match.name,
                    )
                    if part
                ),
                f"{match.platform.value}:{match.handle}",
            )
            for match in matches
        ]

    return await in_time(found)


async def suggest_handles(interaction: discord.Interaction, current: str) -> Choices:
    """The same for a list: what stands before the last comma is kept, the rest completed."""
    before, comma, last = current.rpartition(",")
    kept = f"{before.strip()}, " if comma else ""
    found = await suggest_handle(interaction, last.strip())
    return [choice(kept + one.name, kept + one.value) for one in found if len(kept + one.value) <= LONGEST_CHOICE]


async def suggest_niche(interaction: discord.Interaction, current: str) -> Choices:
    """The server's niches with how many accounts carry each."""
    return await _suggest_niche(interaction, "", current)


async def suggest_niches(interaction: discord.Interaction, current: str) -> Choices:
    """The same for a list: what stands before the last comma is kept, the rest completed."""
    before, comma, last = current.rpartition(",")
    return await _suggest_niche(interaction, f"{before.strip()}, " if comma else "", last)


async def _suggest_niche(interaction: discord.Interaction, before: str, typed: str) -> Choices:
    services, guild_id, t = asker(interaction)

    async def found() -> Choices:
        counts = await list_niches(services.database, guild_id, typed, limit=MOST_CHOICES)
        return [choice(f"{before}{count.name} ({t.number(count.accounts)})", before + count.name) for count in counts]

    return await in_time(found)


async def suggest_tier(interaction: discord.Interaction, current: str) -> Choices:
    """The tiers of the server's ladder with their followers."""
    services, guild_id, t = asker(interaction)

    async def found() -> Choices:
        ladder = (await load_settings(services.database, guild_id)).ladder
        choices = [
            choice(f"{tier_name(t, tier, ladder)}: {band(t, tier.low, tier.high)}", tier.name) for tier in ladder.tiers
        ]
        return [choice for choice in choices if current.casefold() in choice.name.casefold()]

    return await in_time(found)


async def suggest_country(interaction: discord.Interaction, current: str) -> Choices:
    """Countries by name in the person's language."""
    t = person_language(interaction, services_of(interaction))
    return _by_name({code: t.country(code) for code in COUNTRIES}, current)


async def suggest_language(interaction: discord.Interaction, current: str) -> Choices:
    """Languages by name in the person's language."""
    t = person_language(interaction, services_of(interaction))
    return _by_name({code: t.language(code) for code in LANGUAGES}, current)


def _by_name(names: dict[str, str], current: str) -> Choices:
    """Those whose name contains what was typed, the ones that begin with it first."""
    typed = current.strip().casefold()
    found = [
        (not name.casefold().startswith(typed), name, code) for code, name in names.items() if typed in name.casefold()
    ]
    return [choice(name, code) for _, name, code in sorted(found)[:MOST_CHOICES]]


def find_tier(ladder: Ladder, name: str) -> Tier:
    """The tier of the server's ladder with this name. Raises `InvalidValue`."""
    tier = ladder.find(name.strip())
    if tier is None:
        raise InvalidValue("tier", name, Reason.NOT_A_TIER)
    return tier


def tier_label(t: Language, ladder: Ladder, followers: int) -> str:
    """The name of the tier of an account of this size: micro, or below nano."""
    return tier_name(t, ladder.tier(followers), ladder)


def tier_name(t: Language, tier: Tier | None, ladder: Ladder) -> str:
    """The name of a tier of the ladder; None is below its first."""
    return _word(t, tier.name) if tier else t("below {tier}", tier=_word(t, ladder.tiers[0].name))


def _word(t: Language, name: str) -> str:
    return t.word(name) if name in TIER_NAMES else name


def band(t: Language, low: int, high: int | None) -> str:
    """1,000–4,999 or 50,000 and up."""
    return t("{low} and up", low=t.number(low)) if high is None else f"{t.number(low)}–{t.number(high - 1)}"
