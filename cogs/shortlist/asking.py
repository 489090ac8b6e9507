"""What a person asks of a shortlist, from the options of a command to a query."""

from discord import app_commands

from cogs.kit.options import find_tier
from planning.countries import parse_country
from planning.languages import parse_language
from planning.matching.texts import readable
from planning.money import parse_price
from planning.niches import normalise_niche
from planning.platform import Platform
from planning.ranking import RankingGoal
from planning.settings import GuildSettings
from planning.shortlists import ShortlistQuery

GOALS = [
    app_commands.Choice(name="engagement", value=RankingGoal.ENGAGEMENT.value),
    app_commands.Choice(name="reach", value=RankingGoal.REACH.value),
    app_commands.Choice(name="value for money", value=RankingGoal.VALUE.value),
    app_commands.Choice(name="views", value=RankingGoal.VIEWS.value),
]
MICRO = "micro"
"""The tier of a shortlist unless another is named; a ladder of one's own may lack it, and then one must be."""


def asked_query(
    settings: GuildSettings,
    niche: str,
    *,
    tier: str | None,
    size: int,
    platform: str | None,
    country: str | None,
    language: str | None,
    max_price: str | None,
    goal: str,
) -> ShortlistQuery:
    """The query by the server's ladder and currency. Raises `InvalidValue` for what can't be understood."""
    chosen = find_tier(settings.ladder, tier or MICRO)
    price = parse_price(max_price, settings.currency) if max_price else None
    return ShortlistQuery(
        niche=asked_niche(niche),
        followers=(chosen.low, chosen.high),
        platform=Platform(platform) if platform else None,
        country=parse_country(country) if country else None,
        language=parse_language(language) if language else None,
        max_price_minor=price.minor if price else None,
        currency=price.currency if price else settings.currency,
        limit=size,
        goal=RankingGoal(goal),
    )


def asked_niche(text: str) -> str:
    """A niche as someone said it. Raises `InvalidValue`."""
    return normalise_niche(readable(text))
