"""`/shortlist` and its buttons."""

import io

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.cards import Card
from cogs.kit.language import Language
from cogs.kit.options import (
    PLATFORMS,
    Typed,
    find_tier,
    suggest_country,
    suggest_language,
    suggest_niche,
    suggest_tier,
)
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.shortlist.card import EXPORT_HEADER, export_rows, no_niche_card, shortlist_card
from cogs.shortlist.state import read_query
from planning.countries import parse_country
from planning.languages import parse_language
from planning.matching.texts import readable
from planning.money import parse_price
from planning.niches import normalise_niche
from planning.platform import Platform
from planning.services.shortlists import NoSuchNiche, make_shortlist
from planning.shortlists import ShortlistQuery

MICRO = "micro"
"""The tier of a shortlist unless another is named; a ladder of one's own may lack it, and then one must be."""


class ShortlistCog(commands.Cog):
    """Suggests influencers for a niche."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    @app_commands.choices(platform=PLATFORMS)
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
        """
        request = await Request.begin(interaction, self.services)
        settings = request.settings
        chosen = find_tier(settings.ladder, tier or MICRO)
        price = parse_price(max_price, settings.currency) if max_price else None
        query = ShortlistQuery(
            niche=normalise_niche(readable(niche)),
            followers=(chosen.low, chosen.high),
            platform=Platform(platform) if platform else None,
            country=parse_country(country) if country else None,
            language=parse_language(language) if language else None,
            max_price_minor=price.minor if price else None,
            currency=price.currency if price else settings.currency,
            limit=size,
        )
        await request.answer(await self._card(request, query, request.t))

    @action("sl")
    async def turn_page(self, interaction: discord.Interaction, state: str) -> None:
        """Another page."""
        request = await Request.begin_page(interaction, self.services)
        await request.answer(await self._card(request, read_query(state, request.settings.currency), request.t))

    @action("slx")
    async def switch(self, interaction: discord.Interaction, state: str) -> None:
        """The same shortlist with a tag more, or less."""
        await self.turn_page(interaction, state)

    @action("sls")
    async def share(self, interaction: discord.Interaction, state: str) -> None:
        """Post this page to the channel, in the server's language."""
        request = await Request.begin_update(interaction, self.services)
        query = read_query(state, request.settings.currency)
        await request.post(await self._card(request, query, request.channel_language, share=False))

    @action("slc")
    async def export(self, interaction: discord.Interaction, state: str) -> None:
        """This page as a CSV file, with the reasons."""
        request = await Request.begin(interaction, self.services)
        query = read_query(state, request.settings.currency)
        result = await make_shortlist(request.database, self.services.meanings, request.caller, query)
        if isinstance(result, NoSuchNiche):
            await request.answer(no_niche_card(request.t, result, query, add=request.mention("influencer add")))
            return
        content = self.services.writer.write(EXPORT_HEADER, export_rows(request.t, result))
        await request.answer(
            Card(
                request.t.many("{n} pick, with the reasons.", "{n} picks, with the reasons.", len(result.picks)),
                file="shortlist.csv",
            ),
            files=[discord.File(io.BytesIO(content), "shortlist.csv")],
        )

    async def _card(self, request: Request, query: ShortlistQuery, t: Language, *, share: bool = True) -> Card:
        result = await make_shortlist(request.database, self.services.meanings, request.caller, query)
        if isinstance(result, NoSuchNiche):
            return no_niche_card(t, result, query, add=request.mention("influencer add"))
        return shortlist_card(t, result, request.settings.ladder, share=share)
