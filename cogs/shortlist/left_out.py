"""Who is not on a shortlist, and why: counted by filter, and by name near the line."""

from datetime import datetime

from cogs.kit.cards import lines, small
from cogs.kit.language import Language, mark
from cogs.kit.options import tier_label
from cogs.kit.problems import platform_label
from cogs.kit.safe import code
from cogs.shortlist.arguments import argument_text
from planning.accounts import Account
from planning.arguments import typical, weigh
from planning.money import Money
from planning.ranking import RankingGoal
from planning.services.shortlists import Shortlist
from planning.shortlists import Filter, LeftOut, NearMiss, ShortlistQuery
from planning.tiers import Ladder

SHOWN_HANDLE = 30
SHOWN_REASONS = 2

LACKING: dict[RankingGoal, str] = {
    RankingGoal.ENGAGEMENT: mark("{n} without a rate"),
    RankingGoal.REACH: mark("{n} whose reach is not known"),
    RankingGoal.VALUE: mark("{n} without a rate or a price that can be compared"),
    RankingGoal.VIEWS: mark("{n} whose views are not known"),
}


def left_out(t: Language, result: Shortlist, ladder: Ladder, now: datetime) -> str | None:
    """What ranked high enough but fell to a filter, and who would have been next."""
    named = lines(_misses(t, result, ladder), _following(t, result, now))
    return lines(_counts(t, result), small(named) if named else None) or None


def _counts(t: Language, result: Shortlist) -> str | None:
    if not result.left_out:
        return None
    parts = [_count(t, item, result.query) for item in result.left_out]
    if result.more:
        return t("Left out so far: {parts}", parts=", ".join(parts))
    return t("Left out: {parts}", parts=", ".join(parts))


def _count(t: Language, item: LeftOut, query: ShortlistQuery) -> str:
    n = item.accounts
    match item.filter:
        case Filter.TIER:
            return t.many("{n} in another tier", "{n} in other tiers", n)
        case Filter.PLATFORM:
            return t.many("{n} on another platform", "{n} on other platforms", n)
        case Filter.COUNTRY:
            return t.many("{n} from elsewhere or unknown", "{n} from elsewhere or unknown", n)
        case Filter.LANGUAGE:
            return t.many("{n} in another or unknown language", "{n} in other or unknown languages", n)
        case Filter.NO_PRICE:
            return t.many(
                "{n} without a price in {currency}", "{n} without a price in {currency}", n, currency=query.currency
            )
        case Filter.PRICE:
            return t("{n} above {price}", n=t.number(n), price=_limit(t, query))
        case Filter.NO_FIGURE:
            return t(LACKING[query.goal], n=t.number(n))


def _misses(t: Language, result: Shortlist, ladder: Ladder) -> str | None:
    """The best of those that fell to a filter, each with what it fell to."""
    if not result.misses:
        return None
    named = [_miss(t, miss, result.query, ladder) for miss in result.misses]
    return t("Only a filter keeps these out: {names}", names="; ".join(named))


def _miss(t: Language, miss: NearMiss, query: ShortlistQuery, ladder: Ladder) -> str:
    account = miss.pick.account
    return f"{_handle(account)} {_why(t, miss.filter, account, query, ladder)}"


def _why(t: Language, fell_to: Filter, account: Account, query: ShortlistQuery, ladder: Ladder) -> str:
    match fell_to:
        case Filter.TIER:
            followers = t.many("{n} follower", "{n} followers", account.followers)
            return t("({followers}: {tier})", followers=followers, tier=tier_label(t, ladder, account.followers))
        case Filter.PLATFORM:
            return t("(on {platform})", platform=platform_label(t, account.platform))
        case Filter.COUNTRY:
            return f"({t.country(account.country)})" if account.country else t("(country not known)")
        case Filter.LANGUAGE:
            return f"({t.language(account.language)})" if account.language else t("(language not known)")
        case Filter.NO_PRICE:
            return f"({t.money(account.price)})" if account.price else t("(no price yet)")
        case Filter.PRICE | Filter.NO_FIGURE:
            price = t.money(account.price) if account.price else ""
            return t("({price}, above {limit})", price=price, limit=_limit(t, query))


def _following(t: Language, result: Shortlist, now: datetime) -> str | None:
    """Who would have been next, and what keeps them there."""
    among = typical(result.picks)
    named: list[str] = []
    for pick in result.following:
        reasons = weigh(pick, result.query, among, now).con[:SHOWN_REASONS]
        told = ", ".join(argument_text(t, reason, pick, result.query) for reason in reasons)
        named.append(_handle(pick.account) + (f" ({told})" if told else ""))
    return t("Next in line: {names}", names="; ".join(named)) if named else None


def _handle(account: Account) -> str:
    return code("@" + account.handle, SHOWN_HANDLE)


def _limit(t: Language, query: ShortlistQuery) -> str:
    return t.money(Money(query.max_price_minor or 0, query.currency))
