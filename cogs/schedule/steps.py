"""The steps that the commands and the buttons of schedules share."""

from typing import cast
from zoneinfo import ZoneInfo

import discord

from cogs.kit.request import Request
from cogs.schedule.cards import all_card, schedule_card
from planning.cadence.phrases import When, parse
from planning.errors import CannotPost, InvalidValue
from planning.reasons import Reason
from planning.scheduling.schedules import Schedule
from planning.services.schedules import ScheduleView, list_schedules, pause, resume, run_now


def parse_when(request: Request, text: str) -> When:
    """When to post, as someone typed it, by the server's clock. Raises `UnclearCadence`."""
    return parse(text, now=request.now, zone=ZoneInfo(request.settings.timezone))


async def answer_view(request: Request, view: ScheduleView, title: str = "") -> None:
    """The schedule as it stands; `title` says what was just done."""
    caller, ladder = request.caller, request.settings.ladder
    card = schedule_card(request.t, view, ladder, caller.guild_id, planner=caller.planner, title=title)
    await request.answer(card)


async def pause_it(request: Request, schedule_id: int) -> None:
    """Post nothing until it is resumed."""
    view = await pause(request.database, request.caller, schedule_id, now=request.now)
    await answer_view(request, view, request.t("It is paused."))


async def resume_it(request: Request, schedule_id: int) -> None:
    """Post again, from the next time on."""
    view = await resume(request.database, request.caller, schedule_id, now=request.now)
    await answer_view(request, view, request.t("It is running again."))


async def run_it(request: Request, schedule_id: int) -> None:
    """Post once, in a moment."""
    view = await run_now(request.database, request.caller, schedule_id, now=request.now)
    text = request.t("It posts in {channel} in a moment.", channel=f"<#{view.schedule.channel_id}>")
    await answer_view(request, view, text)


async def all_of(request: Request, offset: int) -> None:
    """A page of the server's schedules."""
    views = await list_schedules(request.database, request.caller)
    make = request.mention("schedule shortlist")
    await request.answer(all_card(request.t, views, offset, request.caller.guild_id, make=make))


def here(interaction: discord.Interaction) -> discord.TextChannel:
    """The channel of the command. Raises `InvalidValue` (NOT_A_CHANNEL) where nothing is posted in such a one."""
    if not isinstance(interaction.channel, discord.TextChannel):
        raise InvalidValue("channel", "", Reason.NOT_A_CHANNEL)
    return interaction.channel


def channel_of(interaction: discord.Interaction, schedule: Schedule) -> discord.TextChannel:
    """The schedule's channel. Raises `CannotPost` where it is gone, or the bot can't see it."""
    assert interaction.guild is not None
    found = interaction.guild.get_channel(schedule.channel_id)
    if not isinstance(found, discord.TextChannel):
        raise CannotPost(schedule.channel_id, ["view_channel"])
    return found


def role_of(interaction: discord.Interaction, schedule: Schedule) -> discord.Role | None:
    """The role that the schedule mentions; None where it mentions none, or that is gone."""
    assert interaction.guild is not None
    role_id = schedule.mention_role_id
    return interaction.guild.get_role(role_id) if role_id is not None else None


def person_of(interaction: discord.Interaction) -> discord.Member:
    """Who asks; commands are for servers only."""
    return cast("discord.Member", interaction.user)
