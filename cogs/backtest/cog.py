"""`/backtest`."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.backtest.card import backtest_card, too_few_card
from cogs.kit.request import Request
from cogs.kit.services import Services
from planning.services.backtests import backtest_server


class BacktestCog(commands.Cog):
    """Tests the estimates on the server's own posts."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    async def backtest(self, interaction: discord.Interaction) -> None:
        """How well the estimated rates foretell your own accounts' newest posts; for planners."""
        request = await Request.begin(interaction, self.services)
        found = await backtest_server(request.database, request.caller)
        if found is None:
            await request.answer(too_few_card(request.t, posts=request.mention("influencer posts")))
        else:
            await request.answer(backtest_card(request.t, found))
