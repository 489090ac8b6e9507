"""`/compare` and its button."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from cogs.compare.card import comparison_card, one_account_card
from cogs.kit.buttons import action
from cogs.kit.language import Language
from cogs.kit.options import Typed, suggest_handle
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.pictures.comparison import comparison_drawing
from cogs.pictures.figures import ComparedFigures
from cogs.pictures.picture import Picture
from cogs.tier.card import unknown_card
from cogs.tier.picture import expected
from planning.measured import post_rates
from planning.services.accounts import Unknown, look_up
from planning.services.reports import Report, make_reports

HANDLES = ("handle1", "handle2", "handle3", "handle4", "handle5")


class CompareCog(commands.Cog):
    """Puts accounts side by side."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    @app_commands.autocomplete(**dict.fromkeys(HANDLES, suggest_handle))
    async def compare(
        self,
        interaction: discord.Interaction,
        handle1: Typed,
        handle2: Typed,
        handle3: Typed | None = None,
        handle4: Typed | None = None,
        handle5: Typed | None = None,
    ) -> None:
        """Two to five accounts side by side: what differs, and what can't be told apart.

        Args:
            handle1: The first account.
            handle2: The second account.
            handle3: A third account.
            handle4: A fourth account.
            handle5: A fifth account.
        """
        request = await Request.begin(interaction, self.services)
        found: list[int] = []
        for handle in filter(None, (handle1, handle2, handle3, handle4, handle5)):
            result = await look_up(request.database, request.caller, handle)
            if isinstance(result, Unknown):
                await request.answer(unknown_card(request.t, result, may_register=request.caller.planner))
                return
            found.append(result.account.id)
        reports, picture = await self._reports(request, request.t, list(dict.fromkeys(found)))
        if len(reports) < 2:
            await request.answer(one_account_card(request.t, reports[0].account))
            return
        card = comparison_card(request.t, reports, request.settings.ladder, picture=picture)
        await request.answer(card, files=[picture.file()] if picture else [])

    @action("compare-share")
    async def share(self, interaction: discord.Interaction, state: str) -> None:
        """Post the comparison of the accounts with these ids to the channel, in the server's language."""
        request = await Request.begin_update(interaction, self.services)
        request.must_post()
        t = request.channel_language
        reports, picture = await self._reports(request, t, [int(account_id) for account_id in state.split(".")])
        card = comparison_card(t, reports, request.settings.ladder, picture=picture, share=False)
        await request.post(card, files=[picture.file()] if picture else [])

    async def _reports(
        self, request: Request, t: Language, account_ids: Sequence[int]
    ) -> tuple[list[Report], Picture | None]:
        reports = await make_reports(request.database, request.caller, account_ids)
        figures = [
            ComparedFigures(
                report.account.handle,
                expected(report.account.estimate),
                [rate for _, rate in post_rates(report.visible, report.account.followers)],
            )
            for report in reports
        ]
        return reports, await self.services.studio.draw(comparison_drawing(t, figures))
