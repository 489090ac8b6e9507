"""`/compare`: accounts side by side."""

from cogs.compare.cog import CompareCog

__all__ = ["CompareCog"]
