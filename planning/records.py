"""What passes between the use cases and the repositories beside the domain's own dataclasses."""

from dataclasses import dataclass
from datetime import datetime

from planning.accounts import Account, Snapshot
from planning.audit import AuditEntry
from planning.estimates.values import ModelVersion
from planning.platform import Platform


@dataclass(frozen=True, slots=True)
class AccountChange:
    """One account as it was (None: new) and as it is to be, with its readings.

    A new account's `id` is 0, or its former one where it comes back.

    `audit` is what the trail says of it.
    """

    before: Account | None
    after: Account
    snapshots: tuple[Snapshot, ...]
    audit: AuditEntry


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Some of the roster; None is any. `followers` is a half-open range [low, high), high None: no end.

    `niches`: accounts that carry any of these; empty is any. `priced`: only accounts with a price (True) or without one
    (False).
    """

    niches: tuple[str, ...] = ()
    followers: tuple[int, int | None] | None = None
    platform: Platform | None = None
    country: str | None = None
    priced: bool | None = None


@dataclass(frozen=True, slots=True)
class PeerRow:
    """What an account's peers are compared by: `rate` is its estimated rate, the others its averages per post."""

    account_id: int
    followers: int
    rate: float
    likes: float | None
    comments: float | None
    views: float | None


@dataclass(frozen=True, slots=True)
class HandleMatch:
    """One hit of a search by a part of a handle or name."""

    account_id: int
    platform: Platform
    handle: str
    name: str | None
    followers: int


@dataclass(frozen=True, slots=True)
class NicheCount:
    """A niche of the server and how many of its accounts carry it."""

    name: str
    accounts: int


@dataclass(frozen=True, slots=True)
class NicheMeaning:
    """A niche in use with its stored vector, None where none of the wanted recipe is stored."""

    name: str
    vector: bytes | None


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A model of rates as it is kept: `trail` is the server's next audit number when it was fitted, `payload` JSON."""

    version: ModelVersion
    fitted_at: datetime
    trail: int
    payload: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Something previewed and waiting for its author's Confirm: `kind` names what, `payload` is that kind's bytes."""

    token: str
    kind: str
    author_id: int
    created_at: datetime
    payload: bytes
