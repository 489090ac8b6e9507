"""Words that the cards of a plan share."""

from collections.abc import Sequence

from cogs.kit.cards import joined, lines
from cogs.kit.language import Language, mark
from cogs.kit.options import band, tier_name
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from cogs.tier.card import ladder_name
from planning.accounts import Account
from planning.budget.candidates import Lack
from planning.budget.values import Expected, Goal
from planning.services.plans import Lacking, Planned
from planning.tiers import Ladder

SHOWN_TAGS = 3
SHOWN_TAG = 24
NAMED = 5
"""So many accounts are named in a sentence; of more, how many there are."""

COUNTED: dict[Goal, str] = {
    Goal.ENGAGEMENT: mark("{count} likes and comments"),
    Goal.REACH: mark("a reach of {count}"),
    Goal.VIEWS: mark("{count} views"),
}
NOTHING_EXPECTED: dict[Goal, str] = {
    Goal.ENGAGEMENT: mark("without an engagement rate"),
    Goal.REACH: mark("without posts whose reach is known"),
    Goal.VIEWS: mark("without average views"),
}
GOALS: dict[Goal, str] = {
    Goal.ENGAGEMENT: mark("for the most engagement"),
    Goal.REACH: mark("for the most reach"),
    Goal.VIEWS: mark("for the most views"),
}


def counted(t: Language, goal: Goal, value: float) -> str:
    """4,210 likes and comments."""
    return t(COUNTED[goal], count=t.rough(value))


def span(t: Language, expected: Expected) -> str:
    """3,600–4,900."""
    return f"{t.rough(expected.low)}–{t.rough(expected.high)}"


def handle(account: Account | None, account_id: int) -> str:
    """The account's name, or its number where it is gone."""
    return code("@" + account.handle, 30) if account else code(f"#{account_id}")


def handles(t: Language, names: Sequence[str], total: int | None = None) -> str:
    """Some of these names, and how many more there are."""
    count = len(names) if total is None else total
    shown = list(names[:NAMED])
    if count > len(shown):
        shown.append(t("{n} more", n=t.number(count - len(shown))))
    return t.all_of(shown)


def conditions(t: Language, planned: Planned, ladder: Ladder) -> str:
    """What was asked for beside the budget; the niche with the tags that it was taken for."""
    query = planned.query
    tier = ladder.spanning(query.followers)
    return joined(
        t(GOALS[query.goal]),
        _niche(planned),
        plain(tier_name(t, tier, ladder)) if tier else None,
        t("{band} followers", band=band(t, *query.followers)) if query.followers else None,
        platform_label(t, query.platform) if query.platform else None,
        t.country(query.country) if query.country else None,
        t.many("at least {n} creator", "at least {n} creators", query.fewest) if query.fewest > 1 else None,
        t.many("at most {n} creator", "at most {n} creators", query.most) if query.most else None,
        t.many("{n} excluded", "{n} excluded", len(query.exclude)) if query.exclude else None,
        ladder_name(t, ladder),
    )


def _niche(planned: Planned) -> str | None:
    niche, tags = planned.query.niche, planned.tags
    if niche is None:
        return None
    if tags == (niche,):
        return plain(niche)
    shown = ", ".join(plain(tag, SHOWN_TAG) for tag in tags[:SHOWN_TAGS])
    return f"{plain(niche)} → {shown}{' …' if len(tags) > SHOWN_TAGS else ''}"


def left_out(t: Language, planned: Planned, *, rate: str) -> str | None:
    """Who can't be planned with, and why; `rate` is the command that enters exchange rates."""
    lacking, goal = planned.lacking, planned.query.goal
    price, expected, foreign = (lacking.get(lack, Lacking()) for lack in (Lack.PRICE, Lack.EXPECTED, Lack.RATE))
    parts = [
        t("{n} without a price ({names})", n=t.number(price.total), names=_names(t, price)) if price.total else None,
        t("{n} {lack} ({names})", n=t.number(expected.total), lack=t(NOTHING_EXPECTED[goal]), names=_names(t, expected))
        if expected.total
        else None,
        t(
            "{n} in a currency without a rate ({names}): enter one with {command}",
            n=t.number(foreign.total),
            command=rate,
            names=_names(t, foreign, currencies=True),
        )
        if foreign.total
        else None,
    ]
    found = [part for part in parts if part]
    cut = (
        t.many(
            "{n} more account with a lower rate was not looked at.",
            "{n} more accounts with lower rates were not looked at.",
            planned.cut,
        )
        if planned.cut
        else None
    )
    return lines(t("Left out: {parts}.", parts="; ".join(found)) if found else None, cut) or None


def _names(t: Language, lacking: Lacking, *, currencies: bool = False) -> str:
    names = [
        f"{handle(account, account.id)} {account.price.currency}"
        if currencies and account.price
        else handle(account, account.id)
        for account in lacking.accounts
    ]
    return handles(t, names[:3], lacking.total)
