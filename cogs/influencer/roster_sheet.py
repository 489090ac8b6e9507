"""The roster as a sheet that a person reads: import reads it back, and passes over what Microscout adds."""

from datetime import datetime

from cogs.kit.language import Language
from cogs.kit.options import tier_label
from cogs.tier.card import SOURCES
from planning.accounts import Account
from planning.files import Cell, Column, Format
from planning.money import format_plain
from planning.niches import SEPARATOR
from planning.numbers import format_average, format_share
from planning.ranking import numbers_at
from planning.services.exports import Roster
from planning.tiers import Ladder


def roster_columns(t: Language) -> list[Column]:
    """The columns of `roster_rows`."""
    return [
        Column("handle", t("handle")),
        Column("platform", t("platform")),
        Column("name", t("name")),
        Column("followers", t("followers"), Format.COUNT),
        Column("tier", t("tier")),
        Column("niches", t("niches"), Format.LONG_TEXT),
        Column("country", t("country")),
        Column("language", t("language")),
        Column("likes", t("likes"), Format.DECIMAL),
        Column("comments", t("comments"), Format.DECIMAL),
        Column("views", t("views"), Format.DECIMAL),
        Column("posts_averaged", t("posts"), Format.COUNT),
        Column("price", t("price")),
        Column("estimated_rate", t("estimated rate"), Format.PERCENT),
        Column("rate_from", t("rate from"), Format.PERCENT),
        Column("rate_to", t("rate to"), Format.PERCENT),
        Column("declared_rate", t("declared rate")),
        Column("age", t("age in days"), Format.COUNT),
        Column("source", t("source")),
        Column("followers_at", t("date of the followers")),
        Column("engagement_at", t("date of the averages")),
        Column("same_influencer_as", t("same influencer as")),
    ]


def roster_rows(t: Language, roster: Roster, ladder: Ladder, now: datetime) -> list[list[Cell]]:
    """A row for each account. Its rate is the estimate of what the next posts bring, its age that of its numbers."""
    influencers = roster.influencers
    return [[*_row(t, account, ladder, now), influencers.get(account.id)] for account in roster.accounts]


def _row(t: Language, account: Account, ladder: Ladder, now: datetime) -> list[Cell]:
    numbers, estimate = account.engagement, account.estimate
    return [
        account.handle,
        account.platform.value,
        account.name,
        account.followers,
        tier_label(t, ladder, account.followers),
        SEPARATOR.join(account.niches) or None,
        account.country,
        account.language,
        *(_average(value) for value in (numbers.likes, numbers.comments, numbers.views)),
        numbers.posts,
        format_plain(account.price) if account.price else None,
        *((estimate.rate, estimate.low, estimate.high) if estimate else (None, None, None)),
        None if account.declared_rate is None else format_share(account.declared_rate),
        (now - numbers_at(account)).days,
        t(SOURCES[account.source]),
        account.followers_at.isoformat(),
        account.engagement_at.isoformat() if account.engagement_at else None,
    ]


def _average(value: float | None) -> Cell:
    """As a figure, or as text where a workbook, which keeps sixteen digits, would change it."""
    return value if value is None or float(f"{value:.16G}") == value else format_average(value)
