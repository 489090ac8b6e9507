"""What a shortlist tells anew since the last post, in a line for each kind of news."""

from collections.abc import Sequence

from cogs.kit.cards import bold, small
from cogs.kit.language import Language
from cogs.kit.options import tier_label
from cogs.kit.problems import platform_label
from cogs.kit.safe import code
from cogs.kit.time import at
from planning.accounts import Account
from planning.arguments import OLD
from planning.list_changes import Kept
from planning.scheduling.changes import Gone, ShortlistChanges, WhyGone
from planning.scheduling.schedules import Schedule
from planning.services.publishing import ShortlistContent
from planning.tiers import Ladder

SHOWN = (6, 4, 2, 1)
"""So many are named of each kind, the most for which there is room."""
ROOM = 800
"""Characters: the picks below need the rest of the card."""
SHOWN_HANDLE = 30


def news_lines(t: Language, schedule: Schedule, content: ShortlistContent, ladder: Ladder) -> list[str]:
    """New, gone and why, other tiers, rates that moved, numbers that became old."""
    changes = content.changes
    if changes is None:
        first = small(t("The first post: from the next one on, it says what changed."))
        return [] if schedule.cadence.once else [first]
    if not changes.any:
        return [t("Nothing new since {day}.", day=at(changes.since))]
    told = [_told(t, changes, ladder, shown) for shown in SHOWN]
    return next((lines for lines in told if sum(map(len, lines)) <= ROOM), told[-1])


def _told(t: Language, changes: ShortlistChanges, ladder: Ladder, shown: int) -> list[str]:
    old = t("Numbers older than {days} days now", days=OLD.days)
    found = [
        _line(t, shown, t("New"), [_handle(pick.account) for pick in changes.new]),
        _line(t, shown, t("Gone"), [_gone(t, one, ladder) for one in changes.gone]),
        _line(t, shown, t("Another tier"), [_tier(t, one, ladder) for one in changes.tiers]),
        _line(t, shown, t("Rate moved beyond its range"), [_rate(t, one) for one in changes.rates]),
        _line(t, shown, t("Another price"), [_price(t, one) for one in changes.prices]),
        _line(t, shown, old, [_handle(account) for account in changes.stale]),
    ]
    return [t("Since {day}:", day=at(changes.since)), *(line for line in found if line)]


def _line(t: Language, shown: int, title: str, named: Sequence[str]) -> str | None:
    if not named:
        return None
    rest = len(named) - shown
    more = [t("{n} more", n=t.number(rest))] if rest > 0 else []
    return f"- {bold(title)}: {', '.join([*named[:shown], *more])}"


def _gone(t: Language, one: Gone, ladder: Ladder) -> str:
    return f"{_handle(one.then.account)} ({_why(t, one, ladder)})"


def _why(t: Language, one: Gone, ladder: Ladder) -> str:
    today = one.today
    if today is None:
        return t("no longer on the roster")
    match one.why:
        case WhyGone.TIER:
            followers = t.many("{n} follower", "{n} followers", today.followers)
            return t("{followers}: {tier}", followers=followers, tier=tier_label(t, ladder, today.followers))
        case WhyGone.NICHE:
            return t("another niche now")
        case WhyGone.PLATFORM:
            return t("on {platform}", platform=platform_label(t, today.platform))
        case WhyGone.COUNTRY:
            return t.country(today.country) if today.country else t("country not known")
        case WhyGone.LANGUAGE:
            return t.language(today.language) if today.language else t("language not known")
        case WhyGone.PRICE:
            return t("{price} now", price=t.money(today.price)) if today.price else t("no price any more")
        case _:
            return t("others rank higher")


def _tier(t: Language, one: Kept, ladder: Ladder) -> str:
    tiers = (tier_label(t, ladder, account.followers) for account in (one.then.account, one.now.account))
    return f"{_handle(one.now.account)} {' → '.join(tiers)}"


def _rate(t: Language, one: Kept) -> str:
    rates = (account.estimate for account in (one.then.account, one.now.account))
    return f"{_handle(one.now.account)} {' → '.join(t.percent(rate.rate) for rate in rates if rate)}"


def _price(t: Language, one: Kept) -> str:
    prices = (account.price for account in (one.then.account, one.now.account))
    told = (t.money(price) if price else "–" for price in prices)
    return f"{_handle(one.now.account)} {' → '.join(told)}"


def _handle(account: Account) -> str:
    return code("@" + account.handle, SHOWN_HANDLE)
