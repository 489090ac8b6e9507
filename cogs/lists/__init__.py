"""`/list`: a team's named shortlists, and the results that they are saved from."""

from cogs.lists.board import BoardCog
from cogs.lists.cog import ListCog

__all__ = ["BoardCog", "ListCog"]
