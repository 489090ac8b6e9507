"""An influencer's account as the roster keeps it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from planning.estimates.values import Estimate, Sample
from planning.flags import FlagReason
from planning.money import Money
from planning.platform import Platform


class Source(IntEnum):
    """Where a reading came from; the number is what the database keeps."""

    TYPED = 1
    FILE = 2
    POSTS = 3


@dataclass(frozen=True, slots=True)
class Engagement:
    """Averages per post over `posts` posts. None is unknown, never 0. `posts` None: the count was not given."""

    likes: float | None = None
    comments: float | None = None
    views: float | None = None
    posts: int | None = None

    @property
    def known(self) -> bool:
        """Whether any average is there at all."""
        return self.likes is not None or self.comments is not None or self.views is not None

    def updated(self, given: "Engagement") -> "Engagement":
        """With the values that are given; the unknown ones among them stay as they were."""
        return Engagement(
            self.likes if given.likes is None else given.likes,
            self.comments if given.comments is None else given.comments,
            self.views if given.views is None else given.views,
            self.posts if given.posts is None else given.posts,
        )


class Reach(NamedTuple):
    """An account's average reach a post, over so many posts."""

    mean: float
    posts: int


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one platform. `id` is 0 until it is stored.

    `handle` is normalised (`planning.handles`), `country` ISO 3166 alpha-2, `language` ISO 639-1, `niches`
    normalised names in order, the main one first. `followers_at` and `engagement_at` are the aware UTC times
    of the newest readings. `sample` sums up its posts as they were read at `posts_read_at`, None where none are known;
    `estimate` follows from it, from the averages and from the followers (`planning.services.estimates`). `reach` is
    that of its posts; `declared_rate` is a share that a file gave as its engagement rate, of whatever definition, and
    goes into no estimate; `flags` are what was unusual when its posts were last read or its server's model last fitted.
    """

    platform: Platform
    handle: str
    followers: int
    followers_at: datetime
    id: int = 0
    name: str | None = None
    country: str | None = None
    language: str | None = None
    price: Money | None = None
    engagement: Engagement = field(default_factory=Engagement)
    engagement_at: datetime | None = None
    source: Source = Source.TYPED
    niches: tuple[str, ...] = ()
    added_at: datetime | None = None
    sample: Sample | None = None
    posts_read_at: datetime | None = None
    reach: Reach | None = None
    flags: tuple[FlagReason, ...] = ()
    declared_rate: float | None = None
    estimate: Estimate | None = None

    @property
    def has_own_averages(self) -> bool:
        """Whether its averages were typed or stood in a roster, and are not those of its posts."""
        return self.engagement.known and (self.posts_read_at is None or self.engagement_at != self.posts_read_at)

    @property
    def key(self) -> tuple[Platform, str]:
        """What makes an account the same account."""
        return self.platform, self.handle


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One reading of an account's numbers at one time (whole seconds, aware UTC); None where it did not say.

    Its averages are kept to two decimals.
    """

    taken_at: datetime
    source: Source
    followers: int | None = None
    engagement: Engagement = field(default_factory=Engagement)


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone gave of an account: every field but platform and handle may be missing (None, or no niches)."""

    platform: Platform
    handle: str
    followers: int | None = None
    niches: tuple[str, ...] | None = None
    name: str | None = None
    country: str | None = None
    language: str | None = None
    engagement: Engagement = field(default_factory=Engagement)
    price: Money | None = None
    followers_at: datetime | None = None
    """When these followers were counted; None is now."""
    engagement_at: datetime | None = None
    """When these averages were taken; None is now."""
    declared_rate: float | None = None
    """What a file gives as the engagement rate, a share; by which definition, it does not say."""
    influencer: str | None = None
    """What a file calls the influencer: those of its accounts that bear the same are one influencer's, and so is the
    account that it names (instagram:jane)."""
    cleared: tuple[str, ...] = ()
    """Fields to empty, of CLEARABLE."""

    @property
    def key(self) -> tuple[Platform, str]:
        """What makes an account the same account."""
        return self.platform, self.handle


def reference(platform: Platform, handle: str) -> str:
    """What names an account wherever it is: instagram:jane."""
    return f"{platform.value}:{handle}"


CLEARABLE = ("name", "country", "language", "price", "niches")


def apply(draft: Draft, account: Account, *, now: datetime, source: Source, add_niches: bool = False) -> Account:
    """The account with what the draft gives laid over it; what the draft leaves out stays.

    `add_niches` keeps the account's own niches and adds the draft's behind them. Numbers with a date older than that of
    the account's own don't replace them.
    """
    changes: dict[str, object] = {}
    for name in draft.cleared:
        if getattr(account, name):
            changes[name] = () if name == "niches" else None
    for name in ("name", "country", "language", "price", "declared_rate"):
        given = getattr(draft, name)
        if given is not None and given != getattr(account, name):
            changes[name] = given
    if draft.niches is not None:
        own = account.niches if add_niches else ()
        niches = own + tuple(n for n in draft.niches if n not in own)
        if niches != account.niches:
            changes["niches"] = niches
    counted = _time(draft.followers_at, now)
    if draft.followers not in (None, account.followers) and counted >= account.followers_at:
        changes |= {"followers": draft.followers, "followers_at": counted, "source": source}
    engagement, taken = account.engagement.updated(draft.engagement), _time(draft.engagement_at, now)
    newer = account.engagement_at is None or taken >= account.engagement_at
    if engagement.known and engagement != account.engagement and newer:
        changes |= {"engagement": engagement, "engagement_at": taken, "source": source}
    if not changes:
        return account
    return replace(account, **changes)  # pyright: ignore[reportArgumentType] - built from the fields' own names


def create(draft: Draft, *, now: datetime, source: Source) -> Account:
    """A new account from a draft that says its followers."""
    assert draft.followers is not None, "a new account needs its followers"
    known = draft.engagement.known
    return Account(
        draft.platform,
        draft.handle,
        draft.followers,
        _time(draft.followers_at, now),
        name=draft.name,
        country=draft.country,
        language=draft.language,
        price=draft.price,
        engagement=draft.engagement if known else Engagement(),
        engagement_at=_time(draft.engagement_at, now) if known else None,
        source=source,
        niches=draft.niches or (),
        added_at=now,
        declared_rate=draft.declared_rate,
    )


def _time(given: datetime | None, now: datetime) -> datetime:
    """When numbers were taken: now where it was not said, and never later."""
    return now if given is None else min(given, now)
