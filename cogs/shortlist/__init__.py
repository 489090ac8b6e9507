"""`/shortlist`: the best influencers for a niche."""

from cogs.shortlist.cog import ShortlistCog

__all__ = ["ShortlistCog"]
