"""Posts that come by themselves: shortlists and alerts."""

from cogs.schedule.board import ScheduleBoardCog
from cogs.schedule.cog import ScheduleCog

__all__ = ["ScheduleBoardCog", "ScheduleCog"]
