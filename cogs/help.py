"""`/help`: what the bot does, in one screen."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.cards import Card, bold, heading, joined, lines, small
from cogs.kit.language import Language
from cogs.kit.request import Request
from cogs.kit.services import Services
from planning.claims import CLAIMS, ClaimKind


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
            t("{command} whom a budget is best spent on", command=mention("plan budget")),
            t("{command} tier, engagement rate and cost of one account", command=mention("tier")),
            t("{command} two to five accounts side by side", command=mention("compare")),
            t("{command} the roster, filtered", command=mention("influencer list")),
        ),
        lines(
            bold(t("Keep shortlists")),
            t("{command} a saved list, to vote on, or a shortlist as it was", command=mention("list show")),
            t("{command} how two differ, or one and today", command=mention("list diff")),
            t("{command} as Excel or CSV, with reasons and votes", command=mention("list export")),
            joined(*(mention(f"list {name}") for name in ("all", "save", "rename", "delete"))),
        ),
        lines(
            bold(t("Have it posted")),
            t("{command} a shortlist again and again, with what changed", command=mention("schedule shortlist")),
            t("{command} when accounts change tier, jump or grow old", command=mention("schedule alert")),
            t("{command} when each posts next, and how the last went", command=mention("schedule list")),
            joined(*(mention(f"schedule {name}") for name in ("show", "edit", "pause", "resume", "run", "remove"))),
        ),
        lines(
            bold(t("Keep the roster")),
            t("{command} register an account", command=mention("influencer add")),
            t("{command} change what is known", command=mention("influencer edit")),
            t("{command} remove an account", command=mention("influencer remove")),
            t(
                "{command} who stands here twice; {merge} and {split} make one of two, and two again",
                command=mention("influencer duplicates"),
                merge=mention("influencer merge"),
                split=mention("influencer split"),
            ),
            t("{command} a fresh reading of followers and averages", command=mention("influencer log")),
            t("{command} an account's posts, from the export it sends you", command=mention("influencer posts")),
            t("{command} where each value came from", command=mention("influencer history")),
            t("{command} read your spreadsheet; a large one in the background", command=mention("influencer import")),
            t("{command} write it out again", command=mention("influencer export")),
        ),
        lines(
            bold(t("Set up")),
            t("{command} what is set", command=mention("settings show")),
            t("{command} what counts as micro: sources disagree", command=mention("settings ladder")),
            t("{command} your niches: rename, merge, give other names", command=mention("settings tags")),
            t("{command} who may change things", command=mention("settings planner")),
            t("{command} what other currencies are worth", command=mention("settings rate")),
            joined(mention("settings currency"), mention("settings language"), mention("settings timezone")),
        ),
        lines(
            bold(t("What is said, and what your numbers say")),
            small(_claims(t)),
            t("{command} how well the estimates foretell your own posts", command=mention("backtest")),
        ),
        small(
            t(
                "Everyone may look, vote and comment on lists; planners may change the rest. "
                "Nobody sees another server's roster."
            )
        ),
    )


def _claims(t: Language) -> str:
    """What is claimed of micro-influencers, by whom and when, and that it is no measurement."""
    share = {claim.kind: t.whole_percent(claim.share) for claim in CLAIMS}
    claims = t(
        "{source} ({year}) claims for micro-influencers {rate} engagement, up to {engagement} more engagement and "
        "{conversions} more conversions than macro, and that {people} of people asked value authenticity.",
        source=CLAIMS[0].attributed_to,
        year=CLAIMS[0].year,
        rate=share[ClaimKind.ENGAGEMENT_RATE],
        engagement=share[ClaimKind.MORE_ENGAGEMENT_THAN_MACRO],
        conversions=share[ClaimKind.MORE_CONVERSIONS_THAN_MACRO],
        people=share[ClaimKind.VALUE_AUTHENTICITY],
    )
    so = t("Studies disagree with each other, so here only your own numbers count.")
    return f"{claims} {so}"
