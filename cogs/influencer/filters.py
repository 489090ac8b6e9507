"""The options that say which part of the roster is meant."""

from cogs.kit import options
from planning.countries import parse_country
from planning.niches import normalise_niche
from planning.platform import Platform
from planning.records import AccountFilter
from planning.tiers import Ladder

SUGGESTED = {
    "niche": options.suggest_niche,
    "tier": options.suggest_tier,
    "country": options.suggest_country,
}


def read_filter(
    ladder: Ladder, niche: str | None, tier: str | None, platform: str | None, country: str | None
) -> AccountFilter:
    """The filter that was given. Raises `InvalidValue`."""
    chosen = options.find_tier(ladder, tier) if tier else None
    return AccountFilter(
        niches=(normalise_niche(niche),) if niche else (),
        followers=(chosen.low, chosen.high) if chosen else None,
        platform=Platform(platform) if platform else None,
        country=parse_country(country) if country else None,
    )
