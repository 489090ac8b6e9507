"""What the options of `/schedule` suggest while a person types."""

from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from cogs.kit.options import Choices, asker, choice, in_time
from cogs.schedule.words import STATUS
from planning.cadence.suggestions import suggestions
from planning.scheduling.schedules import Status
from planning.services.schedules import suggest_schedules
from planning.services.settings import load_settings

Name = app_commands.Range[str, 1, 100]
Size = app_commands.Range[int, 1, 25]
Jump = app_commands.Range[int, 1, 1000]
"""In per cent."""
Days = app_commands.Range[int, 1, 365]
Hours = app_commands.Range[int, 1, 72]


async def suggest_when(interaction: discord.Interaction, current: str) -> Choices:
    """Times to post at that go on from what was typed, by the server's clock."""
    services, guild_id, t = asker(interaction)

    async def found() -> Choices:
        zone = ZoneInfo((await load_settings(services.database, guild_id)).timezone)
        phrases = suggestions(current, now=services.clock(), zone=zone, dutch=t.code == "nl")
        return [choice(phrase, phrase) for phrase in phrases]

    return await in_time(found)


async def suggest_schedule(interaction: discord.Interaction, current: str) -> Choices:
    """The server's schedules by name, with how each stands where it isn't running."""
    services, guild_id, t = asker(interaction)

    async def found() -> Choices:
        schedules = await suggest_schedules(services.database, guild_id, current)
        return [
            choice(one.name if one.status is Status.ACTIVE else f"{one.name} ({t(STATUS[one.status])})", one.name)
            for one in schedules
        ]

    return await in_time(found)
