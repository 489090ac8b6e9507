"""`/help`: what the bot does, in one screen."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.cards import Card, bold, heading, joined, lines, small
from cogs.kit.request import Request
from cogs.kit.services import Services


class HelpCog(commands.Cog):
    """Explains the bot."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    async def help(self, interaction: discord.Interaction) -> None:
        """What Microscout does and how to begin."""
        request = await Request.begin(interaction, self.services)
        await request.answer(help_card(request))


def help_card(request: Request) -> Card:
    """Every command in one screen, to click."""
    t, mention = request.t, request.mention
    return Card(
        lines(
            heading(t("Plan micro-influencer campaigns here")),
            t("A roster of influencers that your team shares, and shortlists that say why each pick is there."),
        ),
        lines(
            bold(t("Find")),
            t("{command} the best influencers for a niche", command=mention("shortlist")),
            t("{command} tier, engagement rate and cost of one account", command=mention("tier")),
            t("{command} the roster, filtered", command=mention("influencer list")),
        ),
        lines(
            bold(t("Keep the roster")),
            t("{command} register an account", command=mention("influencer add")),
            t("{command} change what is known", command=mention("influencer edit")),
            t("{command} remove an account", command=mention("influencer remove")),
            t("{command} who changed what", command=mention("influencer history")),
            t("{command} read your spreadsheet (CSV)", command=mention("influencer import")),
            t("{command} write it out again", command=mention("influencer export")),
        ),
        lines(
            bold(t("Set up")),
            t("{command} what is set", command=mention("settings show")),
            t("{command} what counts as micro: sources disagree", command=mention("settings ladder")),
            t("{command} who may change things", command=mention("settings planner")),
            joined(mention("settings currency"), mention("settings language"), mention("settings timezone")),
        ),
        small(t("Everyone here may look; planners may change. Nobody sees another server's roster.")),
    )
