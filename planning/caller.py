"""Who asks."""

from dataclasses import dataclass

from planning.errors import NotAPlanner

COMMAND_LINE = 0
"""The actor id of whoever works at the operator's command line."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person (Discord ids) in a server; `planner` says whether they may write."""

    guild_id: int
    user_id: int
    planner: bool
    planner_role_id: int | None = None

    def must_plan(self) -> None:
        """Raises `NotAPlanner` where this person may only read."""
        if not self.planner:
            raise NotAPlanner(self.planner_role_id)
