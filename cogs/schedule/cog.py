"""`/schedule`: what is there, how it goes, and what is done about it. Its buttons are in `cogs.schedule.board`."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.options import PLATFORMS, Typed, suggest_country, suggest_language, suggest_niche, suggest_tier
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.lists.options import suggest_list
from cogs.schedule.cards import removal_card
from cogs.schedule.editing import CLEARABLE, WHEN_UNCHANGED, Wanted, changing
from cogs.schedule.making import Making
from cogs.schedule.options import Days, Hours, Jump, Name, Size, suggest_schedule, suggest_when
from cogs.schedule.permissions import must_post
from cogs.schedule.steps import all_of, answer_view, channel_of, parse_when, pause_it, person_of, resume_it, run_it
from cogs.shortlist.asking import GOALS
from planning.errors import InvalidValue
from planning.reasons import Reason
from planning.services.schedules import Edit, edit, find_to_change, find_watched, show_schedule


class ScheduleCog(Making, commands.GroupCog, name="schedule", description="Posts that come by themselves."):
    """Makes, shows and changes schedules."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(name="list")
    async def list_all(self, interaction: discord.Interaction) -> None:
        """Every schedule: when it posts next, and how its last run went."""
        request = await Request.begin(interaction, self.services)
        await all_of(request, 0)

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_schedule)
    async def show(self, interaction: discord.Interaction, name: Name) -> None:
        """One schedule: what it posts, when, how it stands, and how its last runs went.

        Args:
            name: The schedule.
        """
        request = await Request.begin(interaction, self.services)
        await answer_view(request, await show_schedule(request.database, request.caller, name, now=request.now))

    @app_commands.command()
    @app_commands.rename(of_list="list")
    @app_commands.choices(platform=PLATFORMS, goal=GOALS, if_unchanged=WHEN_UNCHANGED, clear=CLEARABLE)
    @app_commands.autocomplete(
        name=suggest_schedule,
        when=suggest_when,
        niche=suggest_niche,
        of_list=suggest_list,
        tier=suggest_tier,
        country=suggest_country,
        language=suggest_language,
    )
    async def edit(
        self,
        interaction: discord.Interaction,
        name: Name,
        when: Name | None = None,
        channel: discord.TextChannel | None = None,
        new_name: Name | None = None,
        niche: Typed | None = None,
        of_list: Name | None = None,
        tier: Typed | None = None,
        size: Size | None = None,
        platform: str | None = None,
        country: Typed | None = None,
        language: Typed | None = None,
        max_price: Typed | None = None,
        goal: str | None = None,
        jump: Jump | None = None,
        older_than: Days | None = None,
        mention: discord.Role | None = None,
        if_unchanged: str | None = None,
        grace: Hours | None = None,
        clear: str | None = None,
    ) -> None:
        """Change a schedule; what you leave out stays as it is.

        Args:
            name: The schedule.
            when: When to post, such as every Monday 9:00.
            channel: Where to post.
            new_name: What it is called from now on.
            niche: Another niche.
            of_list: For an alert: watch the accounts on this list.
            tier: Another size, by the server's ladder.
            size: How many to pick: 1 to 25.
            platform: Only this platform.
            country: Only this country.
            language: Only this language.
            max_price: At most this much a post, such as 400 EUR.
            goal: What the picks are ranked for.
            jump: For an alert: tell when followers change by this many per cent.
            older_than: For an alert: tell when numbers are older than this many days.
            mention: The role to call with each post.
            if_unchanged: What to post where nothing is new since the last post.
            grace: How many hours late a post may still be made; 12 unless you say otherwise.
            clear: What to do without from now on.
        """
        request = await Request.begin(interaction, self.services)
        before = await find_to_change(request.database, request.caller, name)
        list_id = await find_watched(request.database, request.caller, of_list) if of_list else None
        wanted = Wanted(
            niche=niche,
            list_id=list_id,
            tier=tier,
            size=size,
            platform=platform,
            country=country,
            language=language,
            max_price=max_price,
            goal=goal,
            jump=jump,
            older_than=older_than,
            if_unchanged=if_unchanged,
            grace=grace,
            clear=clear,
        )
        if wanted == Wanted() and not (when or channel or new_name or mention):
            raise InvalidValue("schedule", "", Reason.NOTHING_TO_CHANGE)
        if channel or mention:
            must_post(channel or channel_of(interaction, before), person_of(interaction), mention)
        meant = parse_when(request, when) if when else None
        change = changing(wanted, request.settings, meant, channel and channel.id, mention and mention.id)
        changed = Edit(change, new_name, replan=meant is not None)
        view = await edit(request.database, self.services.meanings, request.caller, name, changed, now=request.now)
        await answer_view(request, view, request.t("It is changed."))

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_schedule)
    async def pause(self, interaction: discord.Interaction, name: Name) -> None:
        """Post nothing until it is resumed.

        Args:
            name: The schedule.
        """
        request = await Request.begin(interaction, self.services)
        schedule = await find_to_change(request.database, request.caller, name)
        await pause_it(request, schedule.id)

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_schedule)
    async def resume(self, interaction: discord.Interaction, name: Name) -> None:
        """Post again, from the next time on.

        Args:
            name: The schedule.
        """
        request = await Request.begin(interaction, self.services)
        schedule = await find_to_change(request.database, request.caller, name)
        await resume_it(request, schedule.id)

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_schedule)
    async def run(self, interaction: discord.Interaction, name: Name) -> None:
        """Post once now; its rhythm stays as it is.

        Args:
            name: The schedule.
        """
        request = await Request.begin(interaction, self.services)
        schedule = await find_to_change(request.database, request.caller, name)
        await run_it(request, schedule.id)

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_schedule)
    async def remove(self, interaction: discord.Interaction, name: Name) -> None:
        """Remove a schedule; it asks first, and its posts stay.

        Args:
            name: The schedule.
        """
        request = await Request.begin(interaction, self.services)
        await request.answer(removal_card(request.t, await find_to_change(request.database, request.caller, name)))
