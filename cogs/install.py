"""Puts every feature into the bot."""

from discord.ext import commands

from cogs.backtest import BacktestCog
from cogs.compare import CompareCog
from cogs.help import HelpCog
from cogs.influencer import InfluencerCog
from cogs.kit.buttons import ActionButton, ActionMenu, actions_of
from cogs.kit.host import Handler
from cogs.kit.services import Services
from cogs.lists import BoardCog, ListCog
from cogs.plan import PlanCog
from cogs.schedule import ScheduleBoardCog, ScheduleCog
from cogs.settings import SettingsCog
from cogs.shortlist import ShortlistCog
from cogs.tier import TierCog

FEATURES = (
    *(InfluencerCog, TierCog, CompareCog, ShortlistCog, ListCog, BoardCog, PlanCog),
    *(ScheduleCog, ScheduleBoardCog),
    *(BacktestCog, SettingsCog, HelpCog),
)


async def install(bot: commands.Bot, services: Services) -> dict[str, Handler]:
    """Add every feature and the one class of persistent buttons; who answers which button."""
    actions: dict[str, Handler] = {}
    for feature in FEATURES:
        cog = feature(services)
        await bot.add_cog(cog)
        found = actions_of(cog)
        assert not actions.keys() & found.keys(), "two features answer the same button"
        actions |= found
    bot.add_dynamic_items(ActionButton, ActionMenu)
    return actions
