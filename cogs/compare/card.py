"""The card that puts accounts side by side."""

from collections.abc import Sequence

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, heading, joined, lines, small
from cogs.kit.language import Language
from cogs.kit.options import tier_label
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from cogs.pictures.picture import Picture
from cogs.tier.card import growth_words, ladder_name
from cogs.tier.flags import flags_line
from cogs.tier.rates import rate_facts, rate_note
from planning.accounts import Account
from planning.comparisons import Comparison, compare
from planning.costs import engagement_cost
from planning.services.reports import Report
from planning.tiers import Ladder

SHOWN_FLAGS = 2
"""The weightiest of an account; its own report has them all."""
MORE = 1.5
"""Times the followers from which the largest account is told to be larger."""


def comparison_card(
    t: Language, reports: Sequence[Report], ladder: Ladder, *, picture: Picture | None, share: bool = True
) -> Card:
    """Each account in three lines, then what sets them apart."""
    accounts = [report.account for report in reports]
    blocks = [
        lines(
            heading(t.many("{n} account side by side", "{n} accounts side by side", len(accounts))),
            small(ladder_name(t, ladder)),
        ),
        *(_entry(t, report, ladder) for report in reports),
        _apart(t, compare(accounts), accounts),
        small(rate_note(t)),
    ]
    state = ".".join(str(account.id) for account in accounts)
    buttons = [[ActionButton("compare-share", state, label=t("Share to channel"))]] if share else []
    return Card(*blocks, picture=picture, buttons=buttons)


def one_account_card(t: Language, account: Account) -> Card:
    """The same account was named twice."""
    return Card(
        t("You named {handle} twice. Name at least two accounts to compare.", handle=_name(account)), accent=WARNING
    )


def _entry(t: Language, report: Report, ladder: Ladder) -> str:
    account, cost = report.account, engagement_cost(report.account)
    return lines(
        joined(
            code("@" + account.handle),
            platform_label(t, account.platform),
            plain(tier_label(t, ladder, account.followers)),
            t.many("{n} follower", "{n} followers", account.followers),
            growth_words(t, report.change) if report.change else None,
        ),
        joined(*rate_facts(t, account)),
        small(
            joined(
                ", ".join(plain(niche, 20) for niche in account.niches[:3]) or None,
                t("{price} a post", price=t.money(account.price)) if account.price else None,
                t("{cost} per engagement", cost=t.cost(cost.likely, cost.currency)) if cost else None,
            )
        )
        if account.niches or account.price
        else None,
        small(flags_line(t, report.flags[:SHOWN_FLAGS]) or "") if report.flags else None,
    )


def _apart(t: Language, found: Comparison, accounts: Sequence[Account]) -> str:
    return lines(bold(t("What differs")), *_rates(t, found), _cost(t, found, accounts), _sizes(t, accounts))


def _rates(t: Language, found: Comparison) -> list[str]:
    if len(found.places) < 2:
        return [t("Fewer than two of them have a rate that can be compared.")]
    if not found.told_apart:
        return [t("By their rates none can be told apart: all ranges overlap.")]
    groups: dict[tuple[int, int], list[str]] = {}
    for account, best, worst in found.places:
        groups.setdefault((best, worst), []).append(_name(account))
    places = [
        f"{t.number(best)} {names[0]}" if best == worst else f"{t.number(best)}–{t.number(worst)} {', '.join(names)}"
        for (best, worst), names in groups.items()
    ]
    return [t("By rate, as far as it can be told: {places}", places=" · ".join(places))]


def _cost(t: Language, found: Comparison, accounts: Sequence[Account]) -> str | None:
    if found.cheapest is None:
        currencies = {cost.currency for account in accounts if (cost := engagement_cost(account))}
        return t("Their prices are in different currencies, so costs aren't compared.") if len(currencies) > 1 else None
    if found.cheapest_surely:
        return t("{name} costs least per engagement.", name=_name(found.cheapest))
    return t("{name} probably costs least per engagement; the ranges overlap.", name=_name(found.cheapest))


def _sizes(t: Language, accounts: Sequence[Account]) -> str | None:
    largest = max(accounts, key=lambda account: account.followers)
    smallest = min(accounts, key=lambda account: account.followers)
    if not smallest.followers or largest.followers < MORE * smallest.followers:
        return None
    return t(
        "{largest} has {times} times the followers of {smallest}.",
        largest=_name(largest),
        times=t.number(largest.followers / smallest.followers),
        smallest=_name(smallest),
    )


def _name(account: Account) -> str:
    return code("@" + account.handle, 30)
