"""The card of a plan: who is picked, what they bring, what more money would buy, and each tier alone."""

from collections.abc import Iterable, Sequence

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import MAX_CHARACTERS, Card, bold, fitting, heading, joined, lines, small, table
from cogs.kit.language import Language, mark
from cogs.kit.options import tier_label, tier_name
from cogs.kit.safe import plain
from cogs.pictures.picture import Picture
from cogs.plan.words import conditions, counted, handle, handles, left_out, span
from cogs.tier.rates import definition_of
from planning.budget.overlaps import alike
from planning.budget.values import Candidate, Goal, Plan
from planning.engagement import Definition
from planning.money import Money, minor_digits
from planning.services.plans import Planned
from planning.tiers import Ladder

PER_THOUSAND = 1_000
SHORT_NAME = 14
ROOM_FOR_GROUPS = 300
"""Characters; the default ladder has six tiers, a ladder of one's own up to twelve with long names."""

COSTS: dict[Goal, str] = {
    Goal.ENGAGEMENT: mark("{cost} per expected engagement"),
    Goal.REACH: mark("{cost} per 1,000 of expected reach"),
    Goal.VIEWS: mark("{cost} per 1,000 expected views"),
}
CAPTIONS: dict[Goal, str] = {
    Goal.ENGAGEMENT: mark("tier · price · likes and comments of one post (very likely)"),
    Goal.REACH: mark("tier · price · reach of one post (very likely)"),
    Goal.VIEWS: mark("tier · price · views of one post (very likely)"),
}
DEFINITIONS: dict[Goal, str] = {
    Goal.ENGAGEMENT: mark("Expected: estimated rate × followers, likes and comments of one post of each."),
    Goal.REACH: mark("Expected: the average reach of the posts that are known, for one post of each."),
    Goal.VIEWS: mark("Expected: the account's average views a post, for one post of each."),
}


def plan_card(
    t: Language,
    planned: Planned,
    plan: Plan,
    ladder: Ladder,
    *,
    rate: str,
    picture: Picture | None = None,
    share: bool = True,
) -> Card:
    """The whole answer; the picks get the room that the rest leaves."""
    query = planned.query
    header = lines(heading(t("What {money} buys", money=t.money(query.budget))), small(conditions(t, planned, ladder)))
    after = [_more(t, planned, plan), _tiers(t, planned, ladder), _notes(t, planned, plan, rate)]
    blocks = [header, _summary(t, planned, plan), *(block for block in after if block)]
    entries = [_entry(t, planned, rank, pick, ladder) for rank, pick in enumerate(plan.picks, start=1)]
    caption = small(t(CAPTIONS[query.goal]))
    blocks.insert(2, _picks(t, caption, entries, MAX_CHARACTERS - sum(map(len, blocks))))
    token = query.token
    buttons = [ActionButton("plan-export", token, label=t("Export"))]
    if share:
        buttons.append(ActionButton("plan-share", token, label=t("Share to channel")))
    return Card(*blocks, picture=picture, buttons=[buttons])


def _summary(t: Language, planned: Planned, plan: Plan) -> str:
    goal, currency = planned.query.goal, planned.query.budget.currency
    per = 1 if goal is Goal.ENGAGEMENT else PER_THOUSAND
    spend = t.money(Money(plan.spend, currency))
    cost = t.cost(per * plan.spend / plan.total.middle, currency)
    return lines(
        bold(
            joined(
                t.many("{n} creator for {spend}", "{n} creators for {spend}", len(plan.picks), spend=spend),
                t("{money} left", money=t.money(Money(plan.left, currency))) if plan.left else None,
            )
        ),
        t(
            "Expected: {total}, very likely {range}",
            total=counted(t, goal, plan.total.middle),
            range=span(t, plan.total),
        ),
        joined(t(COSTS[goal], cost=cost), _proof(t, plan)),
    )


def _proof(t: Language, plan: Plan) -> str:
    if plan.gap <= 0:
        return t("proven best: no other choice of these brings more")
    return t("the best found in time: another choice could bring up to {share} more", share=t.percent(plan.gap))


def _picks(t: Language, caption: str, entries: Sequence[str], room: int) -> str:
    """As many picks as fit, most expected first."""
    more = len(t("{n} more are in the export.", n=t.number(len(entries)))) + 4
    shown = fitting(entries, room=room - more - len(caption) - 1)
    rest = len(entries) - shown
    return lines(caption, *entries[:shown], small(t("{n} more are in the export.", n=t.number(rest))) if rest else None)


def _entry(t: Language, planned: Planned, rank: int, pick: Candidate, ladder: Ladder) -> str:
    account = planned.accounts[pick.account_id]
    price = t.money(Money(pick.cost, planned.query.budget.currency))
    return joined(
        f"**{rank}.** {handle(account, account.id)}",
        plain(tier_label(t, ladder, account.followers)),
        t("{price}, modelled", price=price) if pick.modelled else price,
        f"{t.rough(pick.expected.middle)} ({span(t, pick.expected)})",
        t("likes only") if likes_only(planned, pick) else None,
        t("must-have") if pick.account_id in planned.query.must else None,
    )


def likes_only(planned: Planned, pick: Candidate) -> bool:
    """Whether what is expected of a pick counts no comments, as they are not known."""
    account = planned.accounts[pick.account_id]
    return planned.query.goal is Goal.ENGAGEMENT and definition_of(account) is Definition.LIKES_BY_FOLLOWERS


def _more(t: Language, planned: Planned, plan: Plan) -> str | None:
    """What a tenth more of the budget would buy."""
    more, goal = planned.answer.more, planned.query.goal
    if more is None:
        return None
    title = bold(t("10% more: {money}", money=t.money(Money(more.budget, planned.query.budget.currency))))
    before = {pick.account_id for pick in plan.picks}
    after = {pick.account_id for pick in more.picks}
    if before == after:
        return lines(title, t("It would buy the same creators."))
    joins = _names(planned, (pick.account_id for pick in more.picks if pick.account_id not in before))
    leaves = _names(planned, (pick.account_id for pick in plan.picks if pick.account_id not in after))
    return lines(
        title,
        t(
            "It would bring {total}, very likely {range}: {more} more.",
            total=counted(t, goal, more.total.middle),
            range=span(t, more.total),
            more=t.rough(more.total.middle - plan.total.middle),
        ),
        joined(
            t("Joins: {names}", names=handles(t, joins)) if joins else None,
            t("Leaves: {names}", names=handles(t, leaves)) if leaves else None,
        ),
    )


def _names(planned: Planned, ids: Iterable[int]) -> list[str]:
    return [handle(planned.accounts[account_id], account_id) for account_id in ids]


def _tiers(t: Language, planned: Planned, ladder: Ladder) -> str | None:
    """The same money on each tier alone, as an aligned table."""
    currency = planned.query.budget.currency
    names = {tier.name: tier_name(t, tier, ladder) for tier in ladder.tiers}
    ways = [(names[alone.tier], alone.plan) for alone in planned.answer.tiers if isinstance(alone.plan, Plan)]
    if not ways:
        return None
    rows = [
        (
            name,
            t.rough(plan.total.middle),
            span(t, plan.total),
            t.number(len(plan.picks)),
            t.money(_whole(Money(plan.left, currency))),
        )
        for name, plan in ways
    ]
    header = ("", t("total"), t("range"), "#", t("left"))
    none = [plain(names[alone.tier]) for alone in planned.answer.tiers if not isinstance(alone.plan, Plan)]
    return lines(
        bold(t("The same money on one tier alone (#: creators)")),
        table([header, *rows]),
        _apart(t, ways),
        small(t("No plan for {tiers} alone.", tiers=handles(t, none))) if none else None,
    )


def _whole(money: Money) -> Money:
    """Without its cents: a table has little room."""
    return Money(money.minor - money.minor % 10 ** minor_digits(money.currency), money.currency)


def _apart(t: Language, ways: Sequence[tuple[str, Plan]]) -> str | None:
    if len(ways) == 1:
        return None
    groups = alike([plan.total for _, plan in ways])
    if not groups:
        return t("No two of these ranges overlap.")
    if len(groups[0]) == len(ways):
        return t("None can be told apart from another: all ranges overlap.")
    said = [t.all_of([plain(ways[place][0], SHORT_NAME) for place in group]) for group in groups]
    shown = fitting(said, room=ROOM_FOR_GROUPS)
    if len(said) > shown:
        said[shown:] = [t("{n} more", n=t.number(len(said) - shown))]
    return t("Can't be told apart, as their ranges overlap: {groups}.", groups="; ".join(said))


def _notes(t: Language, planned: Planned, plan: Plan, rate: str) -> str:
    modelled = sum(pick.modelled for pick in plan.picks)
    definition = (
        t(DEFINITIONS[planned.query.goal]),
        t("In brackets, and as the range of a total, what is very likely (90%)."),
        t("Modelled prices are what your own paid rates say of accounts of that size.") if modelled else None,
    )
    return small(lines(left_out(t, planned, rate=rate), " ".join(part for part in definition if part)))
