"""The figures of a plan, for its picture."""

from cogs.kit.language import Language
from cogs.kit.options import tier_name
from cogs.kit.safe import plain
from cogs.pictures.figures import BudgetFigures, PlannedFigures
from planning.budget.values import Plan
from planning.money import Money
from planning.services.plans import Planned
from planning.tiers import Ladder

MORE = 0.1
"""The share of more money that a plan is made for as well."""


def budget_figures(t: Language, planned: Planned, plan: Plan, ladder: Ladder) -> BudgetFigures:
    """What the budget buys, a little more of it, and each tier alone."""
    query, answer = planned.query, planned.answer
    currency = query.budget.currency
    names = {tier.name: tier_name(t, tier, ladder) for tier in ladder.tiers}
    return BudgetFigures(
        goal=query.goal,
        budget=query.budget,
        plan=_figures(plan, currency),
        more=_figures(answer.more, currency) if answer.more else None,
        share=MORE,
        tiers=[
            (plain(names[alone.tier]), _figures(alone.plan, currency) if isinstance(alone.plan, Plan) else None)
            for alone in answer.tiers
        ],
    )


def _figures(plan: Plan, currency: str) -> PlannedFigures:
    total = plan.total
    return PlannedFigures(len(plan.picks), Money(plan.left, currency), total.middle, total.low, total.high)
