"""Between the domain's dataclasses and rows.

The `*_values` functions give plain tuples in the order of the named columns, for bulk writes that pass by the
column types; what is read comes through the types.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Row

from planning.accounts import Account, Engagement, Reach, Snapshot
from planning.audit import AuditEntry, Origin
from planning.estimates.values import Estimate, ModelVersion, Sample
from planning.money import Money
from planning.posts import Post
from planning.ranking import scores
from storage.niche_names import NICHE_NAMES
from storage.tables import account, metric_snapshot
from storage.types import PLATFORM_CODES, to_bits, to_flags, to_hundredths, to_seconds

_APART = {"guild_id", "search_text", "influencer_id"}
ACCOUNT_COLUMNS = (*(column for column in account.c if column.name not in _APART), NICHE_NAMES)
SNAPSHOT_COLUMNS = tuple(column for column in metric_snapshot.c if column.name not in {"guild_id", "account_id"})

Values = tuple[object, ...]
"""A row's plain values, in the order of the columns that they are for."""


def fold(text: str) -> str:
    """Text without its case, for searching."""
    return text.casefold()


def search_text(entry: Account) -> str:
    """What a search looks into: the handle, and the name on a line of its own so that no hit spans both."""
    return fold(f"{entry.handle}\n{entry.name}") if entry.name else fold(entry.handle)


def to_account(row: Sequence[Any]) -> Account:
    """The account in the values of ACCOUNT_COLUMNS, and by the order of its fields: a shortlist makes 25 of them, and
    names cost it a fifth of its time."""
    (
        account_id, platform, handle, name, country, language, price, currency,
        followers, followers_at, likes, comments, views, posts, engagement_at, source, added_at,
        sample_posts, first_at, last_at, mean, weight, spread, posts_read_at,
        rate, low, high, formula, fit, usual, reach, reach_posts, flags, declared, niches,
    ) = row  # fmt: skip
    return Account(
        platform,
        handle,
        followers,
        followers_at,
        account_id,
        name,
        country,
        language,
        None if price is None else Money(price, currency),
        Engagement(likes, comments, views, posts),
        engagement_at,
        source,
        _names(niches) if niches else (),
        added_at,
        None if sample_posts is None else Sample(sample_posts, first_at, last_at, mean, weight, spread),
        posts_read_at,
        None if reach is None else Reach(reach, reach_posts),
        to_flags(flags) if flags else (),
        declared,
        # Until the next start's fit, an account of an older version counts as usual.
        None if rate is None else Estimate(rate, low, high, ModelVersion(formula, fit), usual or rate),
    )


@lru_cache(maxsize=4096)
def _names(names: str) -> tuple[str, ...]:
    """The names in a JSON array; many accounts carry the same few."""
    return tuple(json.loads(names))


ESTIMATE_KEYS = [
    *("sample_posts", "sample_first_at", "sample_last_at", "sample_mean", "sample_weight", "sample_spread"),
    *("posts_read_at", "rate", "rate_low", "rate_high", "rate_formula", "rate_fit"),
    *("rate_usual", "reach", "reach_posts", "flags"),
]
ACCOUNT_KEYS = [
    *("platform", "handle", "name", "country", "language", "price_minor", "price_currency"),
    *("followers", "followers_at", "likes", "comments", "views", "posts", "engagement_at", "source", "added_at"),
    *ESTIMATE_KEYS,
    *("declared_rate", "search_text"),
]
_NO_SAMPLE: Values = (None,) * 6
_NO_ESTIMATE: Values = (None,) * 6


def account_values(entry: Account) -> Values:
    """The values of ACCOUNT_KEYS."""
    price, engagement = entry.price, entry.engagement
    return (
        PLATFORM_CODES[entry.platform],
        entry.handle,
        entry.name,
        entry.country,
        entry.language,
        price.minor if price else None,
        price.currency if price else None,
        entry.followers,
        to_seconds(entry.followers_at),
        engagement.likes,
        engagement.comments,
        engagement.views,
        engagement.posts,
        to_seconds(entry.engagement_at) if entry.engagement_at else None,
        int(entry.source),
        to_seconds(entry.added_at) if entry.added_at else None,
        *estimate_values(entry),
        entry.declared_rate,
        search_text(entry),
    )


def estimate_values(entry: Account) -> Values:
    """The values of ESTIMATE_KEYS."""
    sample, estimate, read_at = entry.sample, entry.estimate, entry.posts_read_at
    return (
        *(_sample_values(sample) if sample else _NO_SAMPLE),
        to_seconds(read_at) if read_at else None,
        *((estimate.rate, estimate.low, estimate.high, *estimate.model, estimate.usual) if estimate else _NO_ESTIMATE),
        *(entry.reach or (None, None)),
        to_bits(entry.flags),
    )


def _sample_values(sample: Sample) -> Values:
    first_at, last_at = to_seconds(sample.first_at), to_seconds(sample.last_at)
    return sample.posts, first_at, last_at, sample.mean, sample.weight, sample.spread


POST_KEYS = [
    *("guild_id", "account_id", "posted_at", "number", "kind", "likes", "comments", "shares", "saves"),
    *("views", "reach", "sponsored", "reference", "dated_only"),
]


def post_values(guild_id: int, account_id: int, number: int, entry: Post) -> Values:
    """The values of POST_KEYS."""
    return (
        guild_id,
        account_id,
        to_seconds(entry.posted_at),
        number,
        None if entry.kind is None else int(entry.kind),
        entry.likes,
        entry.comments,
        entry.shares,
        entry.saves,
        entry.views,
        entry.reach,
        entry.sponsored,
        entry.reference,
        entry.dated_only,
    )


SNAPSHOT_KEYS = ["guild_id", "account_id", "taken_at", "source", "followers", "likes", "comments", "views", "posts"]


def snapshot_values(guild_id: int, account_id: int, reading: Snapshot) -> Values:
    """The values of SNAPSHOT_KEYS."""
    engagement = reading.engagement
    return (
        guild_id,
        account_id,
        to_seconds(reading.taken_at),
        int(reading.source),
        reading.followers,
        to_hundredths(engagement.likes),
        to_hundredths(engagement.comments),
        to_hundredths(engagement.views),
        engagement.posts,
    )


def to_snapshot(row: Row[Any]) -> Snapshot:
    """The reading in a row of SNAPSHOT_COLUMNS."""
    return Snapshot(
        taken_at=row.taken_at,
        source=row.source,
        followers=row.followers,
        engagement=Engagement(row.likes, row.comments, row.views, row.posts),
    )


PLACE_KEYS = ["posted_score", "posted_followers"]
"""Of an account's niche: with the ids, the key under which its posting stands."""
_FILTER_KEYS = [
    *("platform", "country", "language", "price_minor", "price_currency"),
    *("reach_score", "value_score", "views_score"),
]
RANK_KEYS = ["score", "followers", *_FILTER_KEYS]
"""Of a posting: its place, and what else the account is ranked and filtered by."""
ACCOUNT_NICHE_KEYS = ["guild_id", "account_id", "position", "niche_id", *PLACE_KEYS]
POSTING_KEYS = ["guild_id", "niche_id", "score", "followers", "account_id", "position", *_FILTER_KEYS]


def rank_values(entry: Account) -> list[tuple[Values, Values]]:
    """For each niche of the account, in order, the values of PLACE_KEYS, and those that follow them in RANK_KEYS."""
    price_minor, price_currency = (entry.price.minor, entry.price.currency) if entry.price else (None, None)
    filters = (PLATFORM_CODES[entry.platform], entry.country, entry.language, price_minor, price_currency)
    return [((points.engagement, entry.followers), (*filters, *points[1:])) for points in scores(entry)]


def niche_values(
    guild_id: int, account_id: int, entry: Account, niche_ids: Mapping[str, int]
) -> list[tuple[Values, Values]]:
    """For each niche of the account the values of ACCOUNT_NICHE_KEYS and of POSTING_KEYS."""
    return [
        (
            (guild_id, account_id, position, niche_ids[name], *place),
            (guild_id, niche_ids[name], *place, account_id, position, *filters),
        )
        for position, (name, (place, filters)) in enumerate(zip(entry.niches, rank_values(entry), strict=True))
    ]


AUDIT_KEYS = [
    *("guild_id", "account_id", "id", "at", "actor_id", "action", "before", "after", "handle"),
    *("file_id", "file_row"),
]


def audit_values(
    guild_id: int, audit_id: int, account_id: int, entry: AuditEntry, handle: str | None, file_id: int | None
) -> Values:
    """The values of AUDIT_KEYS."""
    return (
        guild_id,
        account_id,
        audit_id,
        to_seconds(entry.at),
        entry.actor_id,
        int(entry.action),
        _to_json(entry.before),
        _to_json(entry.after),
        handle,
        file_id,
        entry.origin.row if entry.origin else None,
    )


def to_audit_entry(row: Row[Any]) -> AuditEntry:
    """The entry in a row of the audit_entry table, with the name of its file."""
    return AuditEntry(
        at=row.at,
        actor_id=row.actor_id,
        action=row.action,
        before=_from_json(row.before),
        after=_from_json(row.after),
        handle=row.handle,
        account_id=row.account_id,
        origin=Origin(row.file, row.file_row) if row.file else None,
    )


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _to_json(fields: Mapping[str, object]) -> str | None:
    return _COMPACT.encode(fields) if fields else None


def _from_json(text: str | None) -> Mapping[str, object]:
    return cast("dict[str, object]", json.loads(text)) if text else {}
