"""Autocomplete for lists and results."""

import discord

from cogs.kit.options import MOST_CHOICES, Choices, asker, choice, in_time
from planning.services.lists import suggest_lists
from planning.services.results import suggest_results


async def suggest_list(interaction: discord.Interaction, current: str) -> Choices:
    """The server's lists, the newest first."""
    services, guild_id, t = asker(interaction)

    async def found() -> Choices:
        lists = await suggest_lists(services.database, guild_id, current, limit=MOST_CHOICES)
        picks = [t.many("{n} pick", "{n} picks", entry.picks) for entry in lists]
        return [choice(f"{entry.name} ({n})", entry.name) for entry, n in zip(lists, picks, strict=True)]

    return await in_time(found)


async def suggest_result(interaction: discord.Interaction, current: str) -> Choices:
    """The newest results, by id and niche."""
    services, guild_id, t = asker(interaction)

    async def found() -> Choices:
        results = await suggest_results(services.database, guild_id, current, limit=MOST_CHOICES)
        days = [t.short_date(result.made_at.date()) for result in results]
        return [
            choice(f"{result.id}: {result.niche}, {day}", result.id) for result, day in zip(results, days, strict=True)
        ]

    return await in_time(found)


async def suggest_list_or_result(interaction: discord.Interaction, current: str) -> Choices:
    """Lists first, then results."""
    lists = await suggest_list(interaction, current)
    results = await suggest_result(interaction, current) if len(lists) < MOST_CHOICES else []
    return [*lists, *results][:MOST_CHOICES]
