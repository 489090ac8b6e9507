"""Accounts to store, and what one writes them with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from planning.accounts import Account, Engagement, Snapshot, Source
from planning.audit import Action, AuditEntry
from planning.estimates.values import Estimate, ModelVersion, Sample
from planning.money import Money
from planning.platform import Platform
from planning.records import AccountChange
from storage.database import SqlDatabase

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
GUILD = 1_100_000_000_000_000_001
OTHER_GUILD = 1_100_000_000_000_000_002
ACTOR = 900_000_000_000_000_009

ANNA = Account(
    platform=Platform.INSTAGRAM,
    handle="anna.bakes",
    followers=3_200,
    followers_at=NOW,
    name="Anna Bakt",
    country="NL",
    language="nl",
    price=Money(25_000, "EUR"),
    engagement=Engagement(likes=140.5, comments=6.25, views=None, posts=12),
    engagement_at=NOW,
    niches=("food", "family"),
    added_at=NOW,
    sample=Sample(12, NOW - timedelta(days=90), NOW - timedelta(days=2), 4.75, 8.5, 0.21),
    posts_read_at=NOW,
    estimate=Estimate(0.044, 0.036, 0.055, ModelVersion(1, 3), 0.04),
)
BEN = Account(Platform.TIKTOK, "ben", 41_000, NOW, niches=("gaming",), source=Source.FILE, added_at=NOW)


def entry(action: Action = Action.ADDED, **after: object) -> AuditEntry:
    """A line of the trail."""
    return AuditEntry(NOW, ACTOR, action, {}, after)


def addition(account: Account) -> AccountChange:
    """A new account with its first reading."""
    reading = Snapshot(account.followers_at, account.source, account.followers, account.engagement)
    return AccountChange(None, account, (reading,), entry(Action.ADDED, handle=account.handle))


def edit(before: Account, **fields: object) -> AccountChange:
    """A stored account with other values, and no reading."""
    after = replace(before, **fields)  # type: ignore[arg-type]
    return AccountChange(
        before, after, (), entry(Action.EDITED, **{name: str(value) for name, value in fields.items()})
    )


async def add(database: SqlDatabase, *accounts: Account, guild: int = GUILD) -> list[Account]:
    """Store these accounts; as they are stored."""
    return await write(database, [addition(account) for account in accounts], guild=guild)


async def write(database: SqlDatabase, changes: Sequence[AccountChange], guild: int = GUILD) -> list[Account]:
    """Store these changes; the accounts as they are read again."""
    async with database.writing(guild) as store:
        stored = [await store.accounts.get(account_id) for account_id in await store.accounts.write(changes)]
    return [account for account in stored if account]
