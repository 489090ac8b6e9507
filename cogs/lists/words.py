"""What a pick was and is, in words that every card of lists shares."""

from collections.abc import Sequence

from cogs.kit.cards import joined
from cogs.kit.language import Language
from cogs.kit.options import tier_name
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from planning.accounts import Account
from planning.list_changes import Changes, changes_of
from planning.tiers import Ladder

SHOWN_HANDLE = 40
SHOWN_NAME = 60


def handle(account: Account) -> str:
    """@maya."""
    return handle_code(account.handle)


def handle_code(text: str) -> str:
    """A handle as one is shown."""
    return code("@" + text, SHOWN_HANDLE)


def who(t: Language, account: Account) -> str:
    """The account with its platform, followers and price."""
    return joined(
        handle(account),
        platform_label(t, account.platform),
        t.many("{n} follower", "{n} followers", account.followers),
        t.money(account.price) if account.price else None,
    )


def since_then(t: Language, then: Account, now: Account | None, ladder: Ladder) -> str:
    """Today's numbers beside those at the time, in a line."""
    if now is None:
        return t("Now: no longer on the roster")
    changes = changes_of(then, now, ladder)
    if not changes.any:
        return t("Now: unchanged")
    return t("Now: {changes}", changes=joined(*change_words(t, changes, ladder)))


def change_words(t: Language, changes: Changes, ladder: Ladder) -> Sequence[str]:
    """Each change in a few words."""
    found: list[str] = []
    if changes.followers:
        then, now = changes.followers
        grown = f" ({'+' if now > then else '−'}{t.whole_percent(abs(now / then - 1))})" if then else ""
        found.append(t.many("{n} follower", "{n} followers", now) + grown)
    if changes.tier:
        found.append(t("tier {tier}", tier=plain(tier_name(t, changes.tier[1], ladder))))
    if changes.rate:
        found.append(_rate(t, changes))
    if changes.price:
        price = changes.price[1]
        found.append(t.money(price) if price else t("no price any more"))
    return found


def _rate(t: Language, changes: Changes) -> str:
    now = changes.rate[1] if changes.rate else None
    if now is None:
        return t("rate not computable")
    words = f"{t.percent(now.rate)} ({t.percents(now.low, now.high)})"
    return t("{rate}, moved beyond its range", rate=words) if changes.rate_moved else words


def member(user_id: int) -> str:
    """A member of the server, as Discord shows them; nobody is pinged."""
    return f"<@{user_id}>"


def quoted(text: str, longest: int = 300) -> str:
    """What a member wrote."""
    return f"“{plain(text, longest)}”"
