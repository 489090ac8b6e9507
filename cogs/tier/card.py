"""The cards of one account: the report, and the answer to a handle that nobody registered."""

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
from planning.accounts import Account, Source
from planning.engagement import Definition, Rate, cost_per_engagement, rate_by_followers, rate_by_views
from planning.handles import profile_url
from planning.platform import Platform
from planning.services.accounts import Unknown
from planning.tiers import CUSTOM, Ladder, near_bound

DEFINITIONS: dict[Definition, str] = {
    Definition.LIKES_COMMENTS_BY_FOLLOWERS: mark("(likes + comments) ÷ followers"),
    Definition.LIKES_BY_FOLLOWERS: mark("likes ÷ followers, comments not known"),
    Definition.LIKES_COMMENTS_BY_VIEWS: mark("(likes + comments) ÷ views"),
    Definition.LIKES_BY_VIEWS: mark("likes ÷ views, comments not known"),
}

COSTS = (
    mark("Price ÷ (likes + comments) of an average post."),
    mark("Price ÷ likes of an average post, comments not known."),
)

SOURCES: dict[Source, str] = {
    Source.TYPED: mark("entered by hand"),
    Source.FILE: mark("from a file"),
}


def account_card(
    t: Language, account: Account, ladder: Ladder, *, edit: str, share: bool = True, note: str | None = None
) -> Card:
    """One account's report, under a note. `edit` is the mention of the command that fills what is missing."""
    buttons: list[discord.ui.Item[Any]] = [
        ActionButton("history", pack(0, account.platform.value, account.handle), label=t("History"))
    ]
    if share:
        buttons.append(ActionButton("tier-share", account.id, label=t("Share to channel")))
    url = profile_url(account.platform, account.handle)
    if url:
        buttons.append(discord.ui.Button(label=t("Profile"), url=url))
    return Card(*filter(None, [note]), *account_blocks(t, account, ladder, edit=edit), buttons=[buttons])


def account_blocks(t: Language, account: Account, ladder: Ladder, *, edit: str) -> list[str]:
    """The report as text blocks."""
    return [
        _title(t, account),
        _tier(t, account, ladder),
        _engagement(t, account),
        *([_price(t, account)] if account.price else []),
        *([_missing(t, account, edit)] if _gaps(t, account) else []),
    ]


def ladder_name(t: Language, ladder: Ladder) -> str:
    """The ladder as it is named wherever a tier is shown."""
    return t("this server's own ladder") if ladder.id == CUSTOM else t("ladder of {source}", source=ladder.title)


def _title(t: Language, account: Account) -> str:
    facts = joined(
        plain(account.name) if account.name else None,
        platform_label(t, account.platform),
        t.country(account.country) if account.country else None,
        t.language(account.language) if account.language else None,
    )
    niches = (
        t("Niches: {niches}", niches=", ".join(plain(niche) for niche in account.niches)) if account.niches else None
    )
    return lines(heading(plain("@" + account.handle)), facts, niches)


def _tier(t: Language, account: Account, ladder: Ladder) -> str:
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
                t(SOURCES[account.source]),
            )
        ),
        _near(t, account, plain(tier_name(t, near, ladder)), near.low) if near else None,
    )


def _near(t: Language, account: Account, tier: str, low: int) -> str:
    text = t.many("{n} follower short of {tier}.", "{n} followers short of {tier}.", low - account.followers, tier=tier)
    if account.platform is Platform.YOUTUBE:
        rounded = t("YouTube rounds public counts down to three digits, so it may be there already.")
        text = f"{text} {rounded}"
    return small(text)


def _engagement(t: Language, account: Account) -> str:
    rate = rate_by_followers(account.followers, account.engagement)
    if rate is None:
        return lines(subheading(t("Engagement rate: not computable")), small(_why_not(t, account)))
    by_views = rate_by_views(account.engagement)
    numbers = account.engagement
    averages = joined(
        t.many("{n} like", "{n} likes", numbers.likes) if numbers.likes is not None else None,
        t.many("{n} comment", "{n} comments", numbers.comments) if numbers.comments is not None else None,
        t.many("{n} view", "{n} views", numbers.views) if numbers.views is not None else None,
    )
    return lines(
        subheading(t("Engagement rate {rate}", rate=t.percent(rate.value))),
        small(joined(t(DEFINITIONS[rate.definition]), sample(t, rate), _age(t, account))),
        t("Average post: {averages}", averages=averages),
        t(
            "By views: {rate}, {definition}",
            rate=t.percent(by_views.value),
            definition=t(DEFINITIONS[by_views.definition]),
        )
        if by_views
        else None,
    )


def sample(t: Language, rate: Rate) -> str:
    """How many posts a rate is the average of."""
    if rate.posts is None:
        return t("number of posts not given")
    return t.many("average of {n} post", "average of {n} posts", rate.posts)


def rate_facts(t: Language, account: Account) -> list[str | None]:
    """The rate by followers with its number of posts and its age, or that there is none."""
    rate = rate_by_followers(account.followers, account.engagement)
    if rate is None:
        return [t("no engagement numbers yet")]
    only = rate.definition is Definition.LIKES_BY_FOLLOWERS
    return [
        t("{rate}, likes only", rate=t.percent(rate.value)) if only else t.percent(rate.value),
        t.many("{n} post", "{n} posts", rate.posts) if rate.posts else t("posts not counted"),
        ago(account.engagement_at) if account.engagement_at else None,
    ]


def _age(t: Language, account: Account) -> str | None:
    return t("numbers from {when}", when=ago(account.engagement_at)) if account.engagement_at else None


def _why_not(t: Language, account: Account) -> str:
    if account.followers == 0:
        return t("The account has no followers to compare with.")
    if account.engagement.likes is None:
        return t("The likes aren't known. An unknown number is never counted as zero.")
    return t("An average of 0 likes usually means that the likes are hidden, so no rate is made of it.")


def _price(t: Language, account: Account) -> str:
    price = account.price
    assert price is not None
    engagement = cost_per_engagement(price.minor, account.engagement)
    views = account.engagement.views
    return lines(
        subheading(t("{price} a post", price=t.money(price))),
        joined(
            t("{cost} per engagement", cost=t.cost(engagement, price.currency)) if engagement else None,
            t("{cost} per 1,000 views", cost=t.cost(price.minor / views * 1000, price.currency)) if views else None,
        ),
        small(t(COSTS[account.engagement.comments is None])) if engagement else None,
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
