"""How a shortlist is ranked, in words and, on request, in figures."""

import math
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from cogs.kit.cards import Card, heading, lines, small, table
from cogs.kit.language import Language, mark
from cogs.kit.safe import plain
from planning.breakdowns import break_down
from planning.ranking import Part, RankingGoal
from planning.shortlists import Pick, ShortlistQuery

GOALS: dict[RankingGoal, str] = {
    RankingGoal.ENGAGEMENT: mark("for engagement"),
    RankingGoal.REACH: mark("for reach"),
    RankingGoal.VALUE: mark("for value for money"),
    RankingGoal.VIEWS: mark("for views"),
}
WEIGHED: dict[RankingGoal, str] = {
    RankingGoal.ENGAGEMENT: mark("the lower end of the rate against what is usual at its size (weight 1)"),
    RankingGoal.REACH: mark(
        "the average reach of its posts (weight 1) and the lower end of the rate against what is usual at its size "
        "(weight ¼)"
    ),
    RankingGoal.VALUE: mark("the likes and comments that the lower end of the rate buys for the price (weight 1)"),
    RankingGoal.VIEWS: mark(
        "the average views of its posts (weight 1) and the lower end of the rate against what is usual at its size "
        "(weight ¼)"
    ),
}
COLUMNS: dict[Part, str] = {
    Part.RATE: mark("vs usual"),
    Part.REACH: mark("reach"),
    Part.VIEWS: mark("views"),
    Part.VALUE: mark("value"),
    Part.FIT: mark("fit"),
    Part.FLAGS: mark("flags"),
    Part.AGE: mark("age"),
}
SHORT_HANDLE = 12


def ranked_by(t: Language, query: ShortlistQuery) -> str:
    """What the picks are ranked by, with the weights of the goal."""
    return t(
        "Ranked {goal}: {weighed}; then fit of the niche, things to ask about and age of the numbers. Ties: more "
        "followers first.",
        goal=t(GOALS[query.goal]),
        weighed=t(WEIGHED[query.goal]),
    )


def ranking_card(t: Language, query: ShortlistQuery, picks: Sequence[Pick], now: datetime) -> Card:
    """What each pick's score is made of."""
    found = [break_down(pick, query, now) for pick in picks]
    parts = [part for part in Part if any(_tells(factors.get(part)) for factors in found)]
    rows = [
        (
            f"{query.offset + rank} {pick.account.handle[:SHORT_HANDLE]}",
            *(_figure(t, part, factors.get(part)) for part in parts),
            t.exact(Decimal(f"{math.prod(factors.values()):.2f}")),
        )
        for rank, (pick, factors) in enumerate(zip(picks, found, strict=True), start=1)
    ]
    header = ("", *(t(COLUMNS[part]) for part in parts), t("score"))
    notes = [
        *([_rate_note(t, query)] if Part.RATE in parts else []),
        *([t("value: likes and comments that 1 {currency} surely buys.", currency=query.currency)]
          if Part.VALUE in parts else []),
        t("fit: 1 for the main niche, 0.8 for another; less where a tag only comes near the niche."),
        t("flags: 0.8 for each thing to ask about. age: half for each year that the numbers are old."),
        t("What is 1 for every pick is not shown."),
        t("A score is the product. Equal scores: more followers first, then who was added last."),
    ]  # fmt: skip
    return Card(
        heading(t("How it is ranked: {niche}", niche=plain(query.niche))),
        lines(ranked_by(t, query), table([header, *rows]) if rows else None),
        small("\n".join(notes)),
    )


def _tells(factor: float | None) -> bool:
    """Whether a factor changes a score, to two decimals."""
    return factor is not None and round(factor, 2) != 1


def _rate_note(t: Language, query: ShortlistQuery) -> str:
    if query.goal is RankingGoal.ENGAGEMENT:
        return t("vs usual: the lower end of the rate's range ÷ the usual rate on its platform at its size.")
    return t("vs usual: the fourth root of (the lower end of the rate's range ÷ the usual rate at its size).")


def _figure(t: Language, part: Part, factor: float | None) -> str:
    if factor is None:
        return "–"
    return t.rough(factor) if part in {Part.REACH, Part.VIEWS} else t.exact(Decimal(f"{factor:.2f}"))
