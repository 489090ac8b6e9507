"""`/tier`: one account's report."""

from cogs.tier.cog import TierCog

__all__ = ["TierCog"]
