"""The trail: who changed what, when, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from planning.accounts import Account


class Action(IntEnum):
    """What was done; the number is what the database keeps."""

    ADDED = 1
    EDITED = 2
    REMOVED = 3
    IMPORTED = 4
    SETTING = 5
    LOGGED = 6
    POSTS = 7
    MERGED = 8
    LINKED = 9
    SPLIT = 10


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that values came from; `row` is the line on which the account's row begins, None where they are many."""

    file: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`actor_id` is a Discord user, 0 for the command line. `before` and `after` hold the changed fields only,
    as JSON values (text, numbers, None, lists of text). `handle` is set where the account itself is gone, `origin`
    where the values stood in a file."""

    at: datetime
    actor_id: int
    action: Action
    before: Mapping[str, object] = field(default_factory=dict[str, object])
    after: Mapping[str, object] = field(default_factory=dict[str, object])
    handle: str | None = None
    account_id: int = 0
    origin: Origin | None = None


def differences(before: Account | None, after: Account) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that differ, as they were and as they are (for a new account: what was given), as JSON values."""
    now = field_values(after)
    if before is None:
        return {}, {name: value for name, value in now.items() if value is not None}
    was = field_values(before)
    changed = [name for name, value in now.items() if value != was[name]]
    return {name: was[name] for name in changed if was[name] is not None}, {name: now[name] for name in changed}


def field_values(account: Account) -> dict[str, object]:
    """The fields that the trail keeps, as JSON values."""
    numbers = account.engagement
    return {
        "followers": account.followers,
        "name": account.name,
        "country": account.country,
        "language": account.language,
        "price": f"{account.price.minor} {account.price.currency}" if account.price else None,
        "likes": numbers.likes,
        "comments": numbers.comments,
        "views": numbers.views,
        "posts": numbers.posts,
        "niches": list(account.niches) or None,
        "declared_rate": account.declared_rate,
    }
