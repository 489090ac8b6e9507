"""What a budget buys: the plan itself, a little more money, and the same money on each tier alone."""

from collections.abc import Sequence

from cogs.kit.cards import capital, joined
from cogs.kit.language import Language, mark
from cogs.pictures.axes import count_axis
from cogs.pictures.figures import BudgetFigures, PlannedFigures
from cogs.pictures.picture import MOST_DESCRIPTION, Drawing
from cogs.pictures.spec import BudgetRowSpec, BudgetSpec
from planning.budget.values import Goal

MOST_TIERS = 7
"""More rows would be too small to read where the picture is small: of more tiers the best are drawn, in their order."""

WORTH_TELLING = 0.05
"""Money that is left is told where it is this share of the budget or more."""

TITLES = {
    Goal.ENGAGEMENT: mark("Expected likes and comments"),
    Goal.REACH: mark("Expected reach"),
    Goal.VIEWS: mark("Expected views"),
}


def budget_drawing(t: Language, figures: BudgetFigures) -> Drawing:
    """What is to be drawn for `/plan budget`."""
    rows = _rows(t, figures)
    spec = BudgetSpec(
        title=t(TITLES[figures.goal]),
        subtitle=t("{money}: the plan, and each tier alone", money=t.money(figures.budget)),
        counts=count_axis(t, max(row.high for row in rows)),
        rows=tuple(rows),
        total_label=t("in all"),
        interval_label=t("90% interval"),
        shaded_label=t("interval of the plan"),
    )
    return Drawing(spec, "budget.png", _description(t, figures, rows))


def _rows(t: Language, figures: BudgetFigures) -> list[BudgetRowSpec]:
    possible = [(tier, planned) for tier, planned in figures.tiers if planned]
    best = sorted(possible, key=lambda way: -way[1].total)[:MOST_TIERS]
    tiers = [way for way in possible if way in best][:MOST_TIERS]
    more = t("{share} more money", share=t.whole_percent(figures.share))
    return [
        _row(t, figures, t("the plan"), figures.plan, ours=True),
        *([_row(t, figures, more, figures.more)] if figures.more else ()),
        *(_row(t, figures, tier, planned) for tier, planned in tiers),
    ]


def _row(
    t: Language, figures: BudgetFigures, title: str, planned: PlannedFigures, *, ours: bool = False
) -> BudgetRowSpec:
    left = planned.left.minor >= max(1, WORTH_TELLING * figures.budget.minor)
    return BudgetRowSpec(
        title=capital(title),
        facts=joined(
            t.many("{n} creator", "{n} creators", planned.creators),
            t("{money} left", money=t.money(planned.left)) if left else None,
        ),
        figures=joined(t.rough(planned.total), f"{t.rough(planned.low)} – {t.rough(planned.high)}"),
        low=planned.low,
        total=planned.total,
        high=planned.high,
        ours=ours,
    )


def _description(t: Language, figures: BudgetFigures, rows: Sequence[BudgetRowSpec]) -> str:
    """The picture in words; one row's line is never cut in two."""
    said = t("What {money} buys, each with its 90% interval.", money=t.money(figures.budget))
    none = [tier for tier, planned in figures.tiers if planned is None]
    lines = [t("{way}: {facts}.", way=row.title, facts=joined(row.figures, row.facts)) for row in rows]
    lines += [t("No plan for {tiers} alone.", tiers=t.all_of(none))] if none else []
    for line in lines:
        if len(said) + 1 + len(line) <= MOST_DESCRIPTION:
            said += "\n" + line
    return said
