"""`/tier` and the buttons that open or share a report."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.options import Typed, suggest_handle
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.tier.card import account_card, unknown_card
from planning.services.accounts import Unknown, get_account, look_up


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
            edit = request.mention("influencer edit")
            await request.answer(account_card(request.t, result.account, request.settings.ladder, edit=edit))

    @action("tier")
    async def open_report(self, interaction: discord.Interaction, state: str) -> None:
        """Show the report of the account with this id."""
        request = await Request.begin(interaction, self.services)
        account = await get_account(request.database, request.caller, int(state))
        edit = request.mention("influencer edit")
        await request.answer(account_card(request.t, account, request.settings.ladder, edit=edit))

    @action("tier-share")
    async def share_report(self, interaction: discord.Interaction, state: str) -> None:
        """Post the report of the account with this id to the channel, in the server's language."""
        request = await Request.begin_update(interaction, self.services)
        account = await get_account(request.database, request.caller, int(state))
        edit = request.mention("influencer edit")
        t = request.channel_language
        await request.post(account_card(t, account, request.settings.ladder, edit=edit, share=False))
