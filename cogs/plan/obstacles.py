"""Why there is no plan: the condition that stands against it, and the nearest budget with which there is one."""

from cogs.kit.cards import WARNING, Card, bold, heading, lines, small
from cogs.kit.language import Language, mark
from cogs.plan.words import NOTHING_EXPECTED, conditions, handle, handles, left_out
from planning.budget.candidates import Lack
from planning.budget.values import Infeasible, Obstacle
from planning.money import Money
from planning.services.plans import Absence, Planned
from planning.tiers import Ladder

ABSENT: dict[Lack | Absence, str] = {
    Absence.GONE: mark("was removed from the roster"),
    Absence.FILTERED: mark("does not pass the other filters"),
    Lack.PRICE: mark("has no price"),
    Lack.RATE: mark("has a price in a currency without a rate"),
}
"""What a must-have lacks; what is missing to expect anything of it depends on the goal."""

CANDIDATES_LACK = {Obstacle.NOBODY, Obstacle.TOO_FEW, Obstacle.FEWEST_ABOVE_BUDGET}
"""Where it helps to hear who else there would be."""


def no_plan_card(t: Language, planned: Planned, ladder: Ladder, *, rate: str, add: str) -> Card:
    """One message: what stands against it, with the figures, and who was left out."""
    found = planned.answer.plan
    assert isinstance(found, Infeasible), "there is no plan"
    money = t.money(planned.query.budget)
    return Card(
        lines(heading(t("No plan for {money}", money=money)), small(conditions(t, planned, ladder))),
        lines(
            bold(_sentence(t, planned, found, add)),
            _nearest(t, planned, found),
            small(left_out(t, planned, rate=rate) or "") or None if found.obstacle in CANDIDATES_LACK else None,
        ),
        accent=WARNING,
    )


def _sentence(t: Language, planned: Planned, found: Infeasible, add: str) -> str:
    query, available = planned.query, found.available
    named = [handle(planned.accounts.get(account_id), account_id) for account_id in found.accounts]
    money = t.money(query.budget)
    match found.obstacle:
        case Obstacle.FEWEST_ABOVE_MOST:
            return t(
                "At least {fewest} and at most {most} creators can't both hold.",
                fewest=t.number(query.fewest),
                most=t.number(query.most or 0),
            )
        case Obstacle.MUST_EXCLUDED:
            return t("{names}: a must-have that is excluded. Take it out of one of the two.", names=handles(t, named))
        case Obstacle.MUST_UNAVAILABLE:
            return t("Must-haves that can't be planned with: {reasons}.", reasons=_absent(t, planned, found))
        case Obstacle.MUST_ABOVE_MOST:
            return t.many(
                "{n} must-have is more than the {most} creators that there may be.",
                "{n} must-haves are more than the {most} creators that there may be.",
                len(found.accounts),
                most=t.number(query.most or 0),
            )
        case Obstacle.NOBODY if not planned.roster:
            return t("The roster is empty. Register accounts with {command}, or import a file.", command=add)
        case Obstacle.NOBODY:
            return t("None of the accounts that pass the filters can be planned with.")
        case Obstacle.TOO_FEW:
            return t.many(
                "Only {n} creator can be planned with, of at least {fewest}.",
                "Only {n} creators can be planned with, of at least {fewest}.",
                available,
                fewest=t.number(query.fewest),
            )
        case Obstacle.MUST_ABOVE_BUDGET:
            return t("The must-haves cost more than {money}: {names}.", money=money, names=handles(t, named))
        case Obstacle.FEWEST_ABOVE_BUDGET:
            return t.many(
                "Not even the cheapest creator can be paid from {money}.",
                "Not even the cheapest {n} creators can be paid from {money}.",
                query.fewest,
                money=money,
            )


def _nearest(t: Language, planned: Planned, found: Infeasible) -> str | None:
    if found.nearest is None:
        return None
    nearest = Money(found.nearest, planned.query.budget.currency)
    return t("The smallest budget with which there is a plan: {money}.", money=t.money(nearest))


def _absent(t: Language, planned: Planned, found: Infeasible) -> str:
    said: list[str] = []
    for account_id in found.accounts[:5]:
        reason = planned.absent[account_id]
        words = NOTHING_EXPECTED[planned.query.goal] if reason is Lack.EXPECTED else ABSENT[reason]
        said.append(f"{handle(planned.accounts.get(account_id), account_id)} {t(words)}")
    return "; ".join(said)
