"""`/schedule shortlist` and `/schedule alert`: what is to be posted, echoed in full before it begins."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.options import PLATFORMS, Typed, suggest_country, suggest_language, suggest_niche, suggest_tier
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.lists.options import suggest_list
from cogs.schedule.cards import proposal_card
from cogs.schedule.options import Days, Jump, Name, Size, suggest_when
from cogs.schedule.permissions import must_post
from cogs.schedule.steps import here, parse_when, person_of
from cogs.shortlist.asking import GOALS, MICRO, asked_niche, asked_query
from planning.errors import InvalidValue
from planning.ranking import RankingGoal
from planning.reasons import Reason
from planning.scheduling.schedules import AlertTask, Schedule, ShortlistTask, Task
from planning.services.schedules import find_watched, propose

EVERY_DAY = "every day 9:00"
"""When an alert looks, unless another time is said."""


class Making(commands.Cog):
    """The commands that make a schedule; part of the cog, which has the `services`."""

    services: Services

    @app_commands.command()
    @app_commands.choices(platform=PLATFORMS, goal=GOALS)
    @app_commands.autocomplete(
        niche=suggest_niche, when=suggest_when, tier=suggest_tier, country=suggest_country, language=suggest_language
    )
    async def shortlist(
        self,
        interaction: discord.Interaction,
        niche: Typed,
        when: Name,
        channel: discord.TextChannel | None = None,
        name: Name | None = None,
        tier: Typed | None = None,
        size: Size = 10,
        platform: str | None = None,
        country: Typed | None = None,
        language: Typed | None = None,
        max_price: Typed | None = None,
        goal: str = RankingGoal.ENGAGEMENT.value,
        mention: discord.Role | None = None,
    ) -> None:
        """Post a shortlist again and again, each time with what changed since the last.

        Args:
            niche: What the campaign is about, in your own words, such as vegan baking.
            when: When to post, such as every Monday 9:00, first Friday of the month 14:00, tomorrow 15:00.
            channel: Where to post; here unless you say otherwise.
            name: What you call it; the niche unless you say otherwise.
            tier: Another size than micro, by the server's ladder.
            size: How many to pick: 1 to 25, 10 unless you say otherwise.
            platform: Only this platform.
            country: Only this country.
            language: Only this language.
            max_price: At most this much a post, such as 400 EUR.
            goal: What the picks are ranked for; engagement unless you say otherwise.
            mention: The role to call with each post; nobody unless you name one.
        """
        request = await Request.begin(interaction, self.services)
        query = asked_query(
            request.settings,
            niche,
            tier=tier,
            size=size,
            platform=platform,
            country=country,
            language=language,
            max_price=max_price,
            goal=goal,
        )
        await _propose(request, ShortlistTask(query, tier or MICRO), when, channel, name, mention)

    @app_commands.command()
    @app_commands.rename(of_list="list")
    @app_commands.autocomplete(niche=suggest_niche, of_list=suggest_list, when=suggest_when)
    async def alert(
        self,
        interaction: discord.Interaction,
        niche: Typed | None = None,
        of_list: Name | None = None,
        when: Name = EVERY_DAY,
        channel: discord.TextChannel | None = None,
        name: Name | None = None,
        jump: Jump = 20,
        older_than: Days = 30,
        mention: discord.Role | None = None,
    ) -> None:
        """Post when accounts change tier, their followers jump, or their numbers become old.

        Args:
            niche: Watch the accounts with this niche.
            of_list: Watch the accounts on this list.
            when: When to look; every day at 9:00 unless you say otherwise.
            channel: Where to post; here unless you say otherwise.
            name: What you call it.
            jump: Tell when followers change by this many per cent; 20 unless you say otherwise.
            older_than: Tell when numbers are older than this many days; 30 unless you say otherwise.
            mention: The role to call with each post; nobody unless you name one.
        """
        request = await Request.begin(interaction, self.services)
        if bool(niche) is bool(of_list):
            raise InvalidValue("niche", "", Reason.NICHE_OR_LIST)
        list_id = await find_watched(request.database, request.caller, of_list) if of_list else None
        task = AlertTask(asked_niche(niche) if niche else None, list_id, jump / 100, older_than)
        await _propose(request, task, when, channel, name, mention)


async def _propose(
    request: Request,
    task: Task,
    when: str,
    channel: discord.TextChannel | None,
    name: str | None,
    mention: discord.Role | None,
) -> None:
    meant = parse_when(request, when)
    interaction = request.interaction
    channel = channel or here(interaction)
    must_post(channel, person_of(interaction), mention)
    draft = Schedule(
        name=name or "",
        task=task,
        cadence=meant.cadence,
        zone=meant.zone_name,
        channel_id=channel.id,
        created_by=request.caller.user_id,
        created_at=request.now.replace(microsecond=0),
        mention_role_id=mention.id if mention else None,
    )
    services = request.services
    proposal = await propose(request.database, services.meanings, request.caller, draft, now=request.now)
    timezone = request.mention("settings timezone")
    await request.answer(proposal_card(request.t, proposal, request.settings.ladder, timezone=timezone))
