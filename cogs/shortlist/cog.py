"""`/shortlist` and its buttons."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.cards import WARNING, Card
from cogs.kit.language import Language
from cogs.kit.options import (
    PLATFORMS,
    Typed,
    suggest_country,
    suggest_language,
    suggest_niche,
    suggest_tier,
)
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.shortlist.asking import GOALS, asked_query
from cogs.shortlist.card import no_niche_card, shortlist_card
from cogs.shortlist.export import as_file, pick_columns, pick_rows
from cogs.shortlist.ranking import ranking_card
from cogs.shortlist.state import read_query
from planning.errors import DatabaseUnavailable
from planning.ranking import RankingGoal
from planning.services.results import keep_result
from planning.services.shortlists import NoSuchNiche, Shortlist, make_shortlist
from planning.shortlists import ShortlistQuery


class ShortlistCog(commands.Cog):
    """Suggests influencers for a niche."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    @app_commands.choices(platform=PLATFORMS, goal=GOALS)
    @app_commands.autocomplete(
        niche=suggest_niche, tier=suggest_tier, country=suggest_country, language=suggest_language
    )
    async def shortlist(
        self,
        interaction: discord.Interaction,
        niche: Typed,
        tier: Typed | None = None,
        size: app_commands.Range[int, 1, 25] = 10,
        platform: str | None = None,
        country: Typed | None = None,
        language: Typed | None = None,
        max_price: Typed | None = None,
        goal: str = RankingGoal.ENGAGEMENT.value,
    ) -> None:
        """The best micro-influencers for a niche, ranked, each with why it is there.

        Args:
            niche: What the campaign is about, in your own words, such as vegan baking.
            tier: Another size than micro, by the server's ladder.
            size: How many to pick: 1 to 25, 10 unless you say otherwise.
            platform: Only this platform.
            country: Only this country.
            language: Only this language.
            max_price: At most this much a post, such as 400 EUR.
            goal: What the picks are ranked for; engagement unless you say otherwise.
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
        await self._answer(request, query)

    @action("sl")
    async def turn_page(self, interaction: discord.Interaction, state: str) -> None:
        """Another page."""
        request = await Request.begin_page(interaction, self.services)
        await self._answer(request, read_query(state, request.settings.currency))

    @action("slx")
    async def switch(self, interaction: discord.Interaction, state: str) -> None:
        """The same shortlist with a tag more, or less."""
        await self.turn_page(interaction, state)

    @action("sls")
    async def share(self, interaction: discord.Interaction, state: str) -> None:
        """Post this page to the channel, in the server's language."""
        request = await Request.begin_update(interaction, self.services)
        result = await self._find(request, read_query(state, request.settings.currency))
        await request.post(_card(request, result, request.channel_language, share=False))
        await self._keep(request, result)

    @action("slw")
    async def explain(self, interaction: discord.Interaction, state: str) -> None:
        """How this page is ranked, in figures."""
        request = await Request.begin(interaction, self.services)
        result = await self._find(request, read_query(state, request.settings.currency))
        if isinstance(result, NoSuchNiche):
            await request.answer(_card(request, result, request.t))
            return
        await request.answer(ranking_card(request.t, result.query, result.picks, request.now))

    @action("slc")
    async def export(self, interaction: discord.Interaction, state: str) -> None:
        """This page as a CSV file, with the reasons."""
        await self._export(interaction, state, workbook=False)

    @action("slz")
    async def export_workbook(self, interaction: discord.Interaction, state: str) -> None:
        """This page as a workbook, with the reasons."""
        await self._export(interaction, state, workbook=True)

    async def _export(self, interaction: discord.Interaction, state: str, *, workbook: bool) -> None:
        request = await Request.begin(interaction, self.services)
        result = await self._find(request, read_query(state, request.settings.currency))
        if isinstance(result, NoSuchNiche):
            await request.answer(_card(request, result, request.t))
            return
        t, query = request.t, result.query
        rows = pick_rows(t, result.picks, query, request.now)
        file = as_file(self.services, query.niche, pick_columns(t), rows, workbook=workbook, filename="shortlist")
        text = t.many("{n} pick, with the reasons.", "{n} picks, with the reasons.", len(result.picks))
        await request.answer(Card(text, files=[file.filename]), files=[file])

    async def _answer(self, request: Request, query: ShortlistQuery) -> None:
        """The answer first; it is kept under its id while it is read."""
        result = await self._find(request, query)
        await request.answer(_card(request, result, request.t))
        await self._keep(request, result)

    async def _find(self, request: Request, query: ShortlistQuery) -> Shortlist | NoSuchNiche:
        return await make_shortlist(request.database, self.services.meanings, request.caller, query, now=request.now)

    async def _keep(self, request: Request, result: Shortlist | NoSuchNiche) -> None:
        """Keep what was answered; where that can't be done, the answer stays, and one is told so."""
        if isinstance(result, NoSuchNiche) or not result.picks:
            return
        try:
            await keep_result(request.database, request.caller, result.result)
        except DatabaseUnavailable:
            t = request.t
            text = t(
                "This shortlist could not be kept, so it can't be saved to a list yet. Ask for it again in a minute."
            )
            await request.add(Card(text, accent=WARNING))


def _card(request: Request, result: Shortlist | NoSuchNiche, t: Language, *, share: bool = True) -> Card:
    if isinstance(result, NoSuchNiche):
        return no_niche_card(t, result, add=request.mention("influencer add"))
    return shortlist_card(t, result, request.settings.ladder, request.now, share=share)
