"""`/tier` and the buttons of a report."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.language import Language
from cogs.kit.options import Typed, suggest_handle
from cogs.kit.request import Request, person_language
from cogs.kit.services import Services
from cogs.kit.state import unpack
from cogs.pictures.picture import Picture
from cogs.pictures.report import report_drawing
from cogs.tier.card import account_card, unknown_card
from cogs.tier.details import POSTS_PAGE, definitions_card, posts_card
from cogs.tier.doubts import doubts
from cogs.tier.flags import flags_card
from cogs.tier.form import ReadingForm
from cogs.tier.picture import report_figures
from planning.accounts import Account
from planning.services.accounts import Unknown, get_account, look_up
from planning.services.post_imports import list_posts
from planning.services.readings import Reading, log_reading
from planning.services.reports import Report, make_report


class TierCog(commands.Cog):
    """Reports one account."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    @app_commands.autocomplete(handle=suggest_handle)
    async def tier(self, interaction: discord.Interaction, handle: Typed) -> None:
        """Tier, engagement rate and cost of one influencer's account.

        Args:
            handle: @name, a part of the name, or the address of a profile.
        """
        request = await Request.begin(interaction, self.services)
        result = await look_up(request.database, request.caller, handle)
        if isinstance(result, Unknown):
            await request.answer(unknown_card(request.t, result, may_register=request.caller.planner))
        else:
            await self._show(request, result.account)

    @action("tier")
    async def open_report(self, interaction: discord.Interaction, state: str) -> None:
        """Show the report of the account with this id."""
        request = await Request.begin(interaction, self.services)
        await self._show(request, await get_account(request.database, request.caller, int(state)))

    @action("tier-share")
    async def share_report(self, interaction: discord.Interaction, state: str) -> None:
        """Post the report of the account with this id to the channel, in the server's language."""
        request = await Request.begin_update(interaction, self.services)
        request.must_post()
        t = request.channel_language
        report, picture = await self._report(request, t, int(state))
        edit = request.mention("influencer edit")
        card = account_card(
            t, report.account, request.settings.ladder, edit=edit, report=report, picture=picture, share=False
        )
        await request.post(card, files=_files(picture))

    @action("tier-posts")
    async def turn_posts(self, interaction: discord.Interaction, state: str) -> None:
        """A page of the account's posts."""
        request = await Request.begin(interaction, self.services)
        account_id, start = unpack(state, 2)
        offset = int(start or 0)
        account, posts, total = await list_posts(
            request.database, request.caller, int(account_id or 0), offset=offset, limit=POSTS_PAGE
        )
        await request.answer(posts_card(request.t, account, posts, offset, total))

    @action("tier-rates")
    async def show_definitions(self, interaction: discord.Interaction, state: str) -> None:
        """Every definition of the account's rate side by side."""
        request = await Request.begin(interaction, self.services)
        report = await make_report(request.database, request.caller, int(state))
        await request.answer(definitions_card(request.t, report))

    @action("tier-flags")
    async def show_flags(self, interaction: discord.Interaction, state: str) -> None:
        """What is unusual about the account's numbers, with the figures."""
        request = await Request.begin(interaction, self.services)
        report = await make_report(request.database, request.caller, int(state))
        await request.answer(flags_card(request.t, report.account, report.flags))

    @action("tier-log")
    async def open_form(self, interaction: discord.Interaction, state: str) -> None:
        """Open the form for a fresh reading of the account's numbers."""
        t = person_language(interaction, self.services)
        await interaction.response.send_modal(ReadingForm(t, int(state), self._log))

    async def _log(self, interaction: discord.Interaction, account_id: int, reading: Reading) -> None:
        request = await Request.begin(interaction, self.services)
        result = await log_reading(request.database, request.caller, account_id, reading, now=request.now)
        assert not isinstance(result, Unknown), "an id names one account or none"
        note = "\n".join(doubts(request.t, result.before, result.after)) or None
        await self._show(request, result.after, note=note)

    async def _show(self, request: Request, account: Account, *, note: str | None = None) -> None:
        """Answer at once with what the roster says, then with the whole report and its picture."""
        t, ladder, edit = request.t, request.settings.ladder, request.mention("influencer edit")
        await request.answer(account_card(t, account, ladder, edit=edit, note=note))
        report, picture = await self._report(request, t, account.id)
        card = account_card(t, report.account, ladder, edit=edit, report=report, picture=picture, note=note)
        await request.answer(card, files=_files(picture))

    async def _report(self, request: Request, t: Language, account_id: int) -> tuple[Report, Picture | None]:
        report = await make_report(request.database, request.caller, account_id)
        drawing = report_drawing(t, report_figures(t, report, request.settings.ladder))
        return report, await self.services.studio.draw(drawing)


def _files(picture: Picture | None) -> list[discord.File]:
    return [picture.file()] if picture else []
