"""The buttons of schedules and of what they post."""

import discord
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.cards import Card
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.kit.state import unpack
from cogs.schedule.cards import removal_card
from cogs.schedule.permissions import must_post
from cogs.schedule.posts import trial_card
from cogs.schedule.steps import all_of, answer_view, channel_of, pause_it, person_of, resume_it, role_of, run_it
from cogs.schedule.words import channel, name_of
from planning.errors import Expired
from planning.scheduling.schedules import Schedule
from planning.services.pending import discard
from planning.services.schedules import confirm, find_by_id, find_proposed, remove, show_by_id


class ScheduleBoardCog(commands.Cog):
    """Answers the buttons of schedules."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @action("sch")
    async def about(self, interaction: discord.Interaction, state: str) -> None:
        """What a post comes from, for whoever asks."""
        request = await Request.begin(interaction, self.services)
        schedule_id = int(unpack(state, 2)[0] or 0)
        await answer_view(request, await show_by_id(request.database, request.caller, schedule_id, now=request.now))

    @action("sch-yes")
    async def start(self, interaction: discord.Interaction, state: str) -> None:
        """Make the schedule that was shown."""
        request = await Request.begin_update(interaction, self.services)
        await self._still_allowed(request, state)
        view = await confirm(request.database, request.caller, state, now=request.now)
        await answer_view(request, view, request.t("It is running."))

    @action("sch-test")
    async def test(self, interaction: discord.Interaction, state: str) -> None:
        """Show in the channel that posting works; the schedule waits on."""
        request = await Request.begin(interaction, self.services)
        request.caller.must_plan()
        schedule = await self._still_allowed(request, state)
        where = channel_of(interaction, schedule)
        await where.send(view=trial_card(request.channel_language, schedule))
        await request.answer(Card(request.t("It works: look in {channel}.", channel=channel(where.id))))

    @action("sch-no")
    async def cancel(self, interaction: discord.Interaction, state: str) -> None:
        """Not after all."""
        request = await Request.begin_update(interaction, self.services)
        await discard(request.database, request.caller, state)
        await request.answer(Card(request.t("No schedule was made.")))

    @action("sch-all")
    async def turn_page(self, interaction: discord.Interaction, state: str) -> None:
        """Another page of all schedules."""
        await all_of(await Request.begin_page(interaction, self.services), int(state))

    @action("sch-run")
    async def run(self, interaction: discord.Interaction, state: str) -> None:
        """Post once now."""
        await run_it(await Request.begin_update(interaction, self.services), int(state))

    @action("sch-pause")
    async def pause(self, interaction: discord.Interaction, state: str) -> None:
        """Post nothing until it is resumed."""
        await pause_it(await Request.begin_update(interaction, self.services), int(state))

    @action("sch-resume")
    async def resume(self, interaction: discord.Interaction, state: str) -> None:
        """Post again."""
        await resume_it(await Request.begin_update(interaction, self.services), int(state))

    @action("sch-ask")
    async def ask(self, interaction: discord.Interaction, state: str) -> None:
        """Ask before it goes."""
        request = await Request.begin_update(interaction, self.services)
        await request.answer(removal_card(request.t, await find_by_id(request.database, request.caller, int(state))))

    @action("sch-gone")
    async def remove(self, interaction: discord.Interaction, state: str) -> None:
        """Remove it now."""
        request = await Request.begin_update(interaction, self.services)
        schedule = await remove(request.database, request.caller, int(state))
        await request.answer(Card(request.t("{name} is removed; its posts stay.", name=name_of(schedule))))

    @action("sch-keep")
    async def keep(self, interaction: discord.Interaction, _state: str) -> None:
        """Not after all."""
        request = await Request.begin_update(interaction, self.services)
        await request.answer(Card(request.t("Nothing was removed.")))

    async def _still_allowed(self, request: Request, token: str) -> Schedule:
        """What waits for its Confirm, with the channel and the role looked at again. Raises `Expired`, `CannotPost`."""
        schedule = await find_proposed(request.database, request.caller, token)
        if schedule is None:
            raise Expired
        interaction = request.interaction
        must_post(channel_of(interaction, schedule), person_of(interaction), role_of(interaction, schedule))
        return schedule
