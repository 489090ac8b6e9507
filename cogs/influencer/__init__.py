"""`/influencer`: the roster."""

from cogs.influencer.cog import InfluencerCog

__all__ = ["InfluencerCog"]
