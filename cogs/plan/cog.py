"""`/plan budget` and its buttons."""

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
    suggest_handles,
    suggest_niche,
    suggest_tier,
)
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.pictures.budget import budget_drawing
from cogs.plan.card import plan_card
from cogs.plan.export import EXPORT_HEADER, export_rows
from cogs.plan.obstacles import no_plan_card
from cogs.plan.picture import budget_figures
from cogs.tier.card import unknown_card
from planning.budget.values import Goal, Infeasible
from planning.countries import parse_country
from planning.errors import InvalidValue
from planning.matching.texts import readable
from planning.money import Money, parse_price
from planning.niches import normalise_niche
from planning.plans import PlanQuery
from planning.platform import Platform
from planning.services.accounts import Unknown
from planning.services.plans import MOST_CANDIDATES, Planned, find_named, keep_query, load_query, make_plan

Creators = app_commands.Range[int, 1, MOST_CANDIDATES]
Handles = app_commands.Range[str, 1, 600]
GOALS = [
    app_commands.Choice(name="engagement", value=Goal.ENGAGEMENT.value),
    app_commands.Choice(name="reach", value=Goal.REACH.value),
    app_commands.Choice(name="views", value=Goal.VIEWS.value),
]


class PlanCog(commands.GroupCog, name="plan", description="What a campaign's money buys."):
    """Spends a budget on the creators who bring the most."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    @app_commands.choices(goal=GOALS, platform=PLATFORMS)
    @app_commands.autocomplete(
        niche=suggest_niche, tier=suggest_tier, country=suggest_country, must=suggest_handles, exclude=suggest_handles
    )
    async def budget(
        self,
        interaction: discord.Interaction,
        budget: Typed,
        niche: Typed | None = None,
        goal: str = Goal.ENGAGEMENT.value,
        tier: Typed | None = None,
        platform: str | None = None,
        country: Typed | None = None,
        min_creators: Creators = 1,
        max_creators: Creators | None = None,
        must: Handles | None = None,
        exclude: Handles | None = None,
        price_others: bool = False,
    ) -> None:
        """The creators who bring the most for a budget, and the same money on each tier alone.

        Args:
            budget: How much there is to spend, such as 2000 EUR.
            niche: Only accounts with this niche, in your own words.
            goal: What to get the most of; engagement unless you say otherwise.
            tier: Only this size, by the server's ladder.
            platform: Only this platform.
            country: Only this country.
            min_creators: At least so many creators.
            max_creators: At most so many creators.
            must: Who has to be in the plan, with commas between.
            exclude: Who must not be in the plan, with commas between.
            price_others: Price accounts without a price from your own paid rates.
        """
        request = await Request.begin(interaction, self.services)
        band = find_tier(request.settings.ladder, tier) if tier else None
        named: list[list[int]] = []
        for text in (must, exclude):
            found = await find_named(request.database, request.caller, text or "")
            if isinstance(found, Unknown):
                await request.answer(unknown_card(request.t, found, may_register=request.caller.planner))
                return
            named.append(found)
        query = PlanQuery(
            budget=_money(budget, request.settings.currency),
            goal=Goal(goal),
            niche=normalise_niche(readable(niche)) if niche else None,
            followers=(band.low, band.high) if band else None,
            platform=Platform(platform) if platform else None,
            country=parse_country(country) if country else None,
            fewest=min_creators,
            most=max_creators,
            must=tuple(named[0]),
            exclude=tuple(named[1]),
            price_others=price_others,
        )
        planned = await make_plan(request.database, self.services.meanings, request.caller, query)
        if not isinstance(planned.answer.plan, Infeasible):
            await keep_query(request.database, request.caller, query)
        card, files = await self._card(request, request.t, planned)
        await request.answer(card, files=files)

    @action("plan-share")
    async def share(self, interaction: discord.Interaction, state: str) -> None:
        """Post the plan to the channel, on today's numbers and in the server's language."""
        request = await Request.begin_update(interaction, self.services)
        request.must_post()
        planned = await self._again(request, state)
        if isinstance(planned.answer.plan, Infeasible):
            card, files = await self._card(request, request.t, planned)
            await request.answer(card, files=files)
            return
        card, files = await self._card(request, request.channel_language, planned, share=False)
        await request.post(card, files=files)

    @action("plan-export")
    async def export(self, interaction: discord.Interaction, state: str) -> None:
        """The picks as a CSV file, on today's numbers."""
        request = await Request.begin(interaction, self.services)
        planned, t, ladder = await self._again(request, state), request.t, request.settings.ladder
        plan = planned.answer.plan
        if isinstance(plan, Infeasible):
            card, files = await self._card(request, t, planned)
            await request.answer(card, files=files)
            return
        content = self.services.writer.write(EXPORT_HEADER, export_rows(t, planned, plan, ladder))
        await request.answer(
            Card(t.many("{n} creator of the plan.", "{n} creators of the plan.", len(plan.picks)), files=["plan.csv"]),
            files=[discord.File(io.BytesIO(content), "plan.csv")],
        )

    async def _again(self, request: Request, token: str) -> Planned:
        query = await load_query(request.database, request.caller, token)
        return await make_plan(request.database, self.services.meanings, request.caller, query)

    async def _card(
        self, request: Request, t: Language, planned: Planned, *, share: bool = True
    ) -> tuple[Card, list[discord.File]]:
        plan, ladder, rate = planned.answer.plan, request.settings.ladder, request.mention("settings rate")
        if isinstance(plan, Infeasible):
            add = request.mention("influencer add")
            return no_plan_card(t, planned, ladder, rate=rate, add=add), []
        picture = await self.services.studio.draw(budget_drawing(t, budget_figures(t, planned, plan, ladder)))
        card = plan_card(t, planned, plan, ladder, rate=rate, picture=picture, share=share)
        return card, [picture.file()] if picture else []


def _money(text: str, currency: str) -> Money:
    try:
        return parse_price(text, currency)
    except InvalidValue as error:
        raise InvalidValue("budget", error.value, error.reason) from error
