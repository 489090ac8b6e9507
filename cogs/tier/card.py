"""The cards of one account: the report, and the answer to a handle that nobody registered."""

from collections.abc import Sequence
from typing import Any

import discord

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, capital, heading, joined, lines, small, subheading
from cogs.kit.language import Language, mark
from cogs.kit.options import band, tier_label, tier_name
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from cogs.kit.state import pack
from cogs.kit.time import ago
from cogs.pictures.picture import Picture
from cogs.tier.comparison import comparison_block
from cogs.tier.flags import flags_line
from cogs.tier.rates import engagement_block
from planning.accounts import Account, Source
from planning.costs import engagement_cost
from planning.followers import FollowerChange
from planning.handles import profile_url
from planning.platform import Platform
from planning.services.accounts import Unknown
from planning.services.reports import Report
from planning.tiers import CUSTOM, Ladder, near_bound

MOST_LINKED = 4
"""Accounts of the same influencer that a report names at most."""

SOURCES: dict[Source, str] = {
    Source.TYPED: mark("entered by hand"),
    Source.FILE: mark("from a file"),
    Source.POSTS: mark("posts from a file"),
}


def account_card(
    t: Language,
    account: Account,
    ladder: Ladder,
    *,
    edit: str,
    report: Report | None = None,
    picture: Picture | None = None,
    share: bool = True,
    note: str | None = None,
) -> Card:
    """One account, under a note. `edit` is the mention of the command that fills what is missing.

    With its report also how it compares, how it grew, and what is unusual about it.
    """
    blocks = [
        *([note] if note else []),
        _title(t, account, report),
        _tier(t, account, ladder, report),
        engagement_block(t, account),
        _declared(t, account.declared_rate) if account.declared_rate is not None else None,
        *([comparison_block(t, report, ladder)] if report else []),
        _price(t, account) if account.price else None,
        flags_line(t, report.flags) if report else None,
        _missing(t, account, edit) if _gaps(t, account) else None,
    ]
    return Card(*filter(None, blocks), picture=picture, buttons=_buttons(t, account, report, share=share))


def _buttons(t: Language, account: Account, report: Report | None, *, share: bool) -> list[list[discord.ui.Item[Any]]]:
    known: list[discord.ui.Item[Any]] = [
        ActionButton("history", pack(None, account.platform.value, account.handle), label=t("History"))
    ]
    if account.posts_read_at:
        known.append(ActionButton("tier-posts", pack(account.id, 0), label=t("Posts")))
    if account.estimate:
        known.append(ActionButton("tier-rates", account.id, label=t("Definitions")))
    if report and report.flags:
        known.append(ActionButton("tier-flags", account.id, label=t("What is unusual")))
    more: list[discord.ui.Item[Any]] = []
    if share:
        more.append(ActionButton("tier-log", account.id, label=t("Update numbers")))
        more.append(ActionButton("tier-share", account.id, label=t("Share to channel")))
    url = profile_url(account.platform, account.handle)
    if url:
        more.append(discord.ui.Button(label=t("Profile"), url=url))
    return [known, more]


def ladder_name(t: Language, ladder: Ladder) -> str:
    """The ladder as it is named wherever a tier is shown."""
    return t("this server's own ladder") if ladder.id == CUSTOM else t("ladder of {source}", source=ladder.title)


def _title(t: Language, account: Account, report: Report | None) -> str:
    facts = joined(
        plain(account.name) if account.name else None,
        platform_label(t, account.platform),
        t.country(account.country) if account.country else None,
        t.language(account.language) if account.language else None,
    )
    niches = (
        t("Niches: {niches}", niches=", ".join(plain(niche) for niche in account.niches)) if account.niches else None
    )
    return lines(heading(plain("@" + account.handle)), facts, niches, _also(t, report.linked) if report else None)


def _also(t: Language, linked: Sequence[Account]) -> str | None:
    """The same influencer's accounts elsewhere."""
    others = [
        f"{platform_label(t, account.platform)} {plain('@' + account.handle, 40)} "
        f"({t.many('{n} follower', '{n} followers', account.followers)})"
        for account in linked[:MOST_LINKED]
    ]
    return t("Also: {accounts}", accounts=", ".join(others)) if others else None


def _tier(t: Language, account: Account, ladder: Ladder, report: Report | None) -> str:
    tier = ladder.tier(account.followers)
    name = tier_label(t, ladder, account.followers)
    followers = t.many("{n} follower", "{n} followers", account.followers)
    near = near_bound(ladder, account.followers)
    return lines(
        subheading(joined(capital(plain(name)), followers)),
        small(
            joined(
                t("{band} followers", band=band(t, tier.low, tier.high)) if tier else None,
                ladder_name(t, ladder),
                t("counted {when}", when=ago(account.followers_at)),
                growth_words(t, report.change) if report and report.change else None,
                t(SOURCES[account.source]),
            )
        ),
        _near(t, account, plain(tier_name(t, near, ladder)), near.low) if near else None,
    )


def _declared(t: Language, rate: float) -> str:
    """A rate that a file gave: how it was computed nobody knows, so nothing is made of it."""
    return small(
        t("A file declares a rate of {rate}, by an unknown definition. It goes into no estimate.", rate=t.percent(rate))
    )


def growth_words(t: Language, change: FollowerChange) -> str:
    """+4.2% in 90 days."""
    if change.before == change.after:
        return t("no change in {n} days", n=t.number(change.days))
    share = ("+" if change.share > 0 else "−") + t.percent(abs(change.share))
    return t("{share} in {n} days", share=share, n=t.number(change.days))


def _near(t: Language, account: Account, tier: str, low: int) -> str:
    text = t.many("{n} follower short of {tier}.", "{n} followers short of {tier}.", low - account.followers, tier=tier)
    if account.platform is Platform.YOUTUBE:
        rounded = t("YouTube rounds public counts down to three digits, so it may be there already.")
        text = f"{text} {rounded}"
    return small(text)


def _price(t: Language, account: Account) -> str:
    price, views, cost = account.price, account.engagement.views, engagement_cost(account)
    assert price is not None
    per_engagement = cost and t(
        "{cost} per engagement, very likely {least} to {most}",
        cost=t.cost(cost.likely, cost.currency),
        least=t.cost(cost.least, cost.currency),
        most=t.cost(cost.most, cost.currency),
    )
    return lines(
        subheading(t("{price} a post", price=t.money(price))),
        joined(
            per_engagement,
            t("{cost} per 1,000 views", cost=t.cost(price.minor / views * 1000, price.currency)) if views else None,
        ),
        small(t("Price ÷ (estimated rate × followers).")) if cost else None,
    )


def _gaps(t: Language, account: Account) -> list[str]:
    numbers = account.engagement
    gaps = (
        (not account.niches, t("niches")),
        (account.country is None, t("country")),
        (numbers.likes is None, t("likes")),
        (numbers.comments is None, t("comments")),
        (numbers.known and numbers.posts is None, t("posts")),
        (account.price is None, t("price")),
    )
    return [name for missing, name in gaps if missing]


def _missing(t: Language, account: Account, edit: str) -> str:
    reference = code(f"{account.platform.value}:{account.handle}")
    return small(
        t(
            "Missing: {fields}. Fill in with {command} {handle}",
            fields=t.all_of(_gaps(t, account)),
            command=edit,
            handle=reference,
        )
    )


def unknown_card(t: Language, unknown: Unknown, *, may_register: bool) -> Card:
    """A handle that isn't registered: the nearest ones, and a button to register it."""
    blocks = [t("{handle} isn't registered on this server.", handle=code("@" + unknown.handle))]
    rows: list[list[discord.ui.Item[Any]]] = []
    if unknown.nearest:
        blocks.append(t("Did you mean one of these?"))
        rows.append(
            [
                ActionButton(
                    "tier", match.account_id, label=joined(f"@{match.handle}"[:60], platform_label(t, match.platform))
                )
                for match in unknown.nearest
            ]
        )
    if may_register:
        state = f"{unknown.platform.value if unknown.platform else ''}:{unknown.handle}"
        rows.append([ActionButton("register", state, label=t("Register it"), style=discord.ButtonStyle.primary)])
    return Card("\n".join(blocks), buttons=rows, accent=WARNING)
