"""`/plan`: what a budget buys."""

from cogs.plan.cog import PlanCog

__all__ = ["PlanCog"]
