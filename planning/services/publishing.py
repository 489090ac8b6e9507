"""What is posted on a schedule, and what it takes to post it. Cards put it into words; the bot sends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from planning.scheduling.alerts import Alerts
from planning.scheduling.changes import ShortlistChanges
from planning.scheduling.schedules import HaltReason, Notice, Run, Schedule, Seen
from planning.services.shortlists import Shortlist
from planning.settings import GuildSettings


@dataclass(frozen=True, slots=True)
class ShortlistContent:
    """A shortlist and what it tells anew; `changes` None: it is the schedule's first post."""

    shortlist: Shortlist
    changes: ShortlistChanges | None

    @property
    def news(self) -> bool:
        """Whether it differs from the last post, or is the first."""
        return self.changes is None or self.changes.any

    def seen(self, before: Seen) -> Seen:
        """What is compared with next time: this, unless nothing was new, so that small steps add up."""
        result = self.shortlist.result
        return Seen(result.made_at, result.id) if self.news else before


@dataclass(frozen=True, slots=True)
class AlertContent:
    """What an alert tells of its `accounts`, looked at `made_at`; `trail` is the server's trail at that time."""

    alerts: Alerts
    accounts: int
    trail: int
    made_at: datetime

    @property
    def news(self) -> bool:
        """Whether there is anything to tell."""
        return self.alerts.any

    def seen(self, _before: Seen) -> Seen:
        """From where the next look goes on."""
        return Seen(self.made_at, None, self.trail)


Content = ShortlistContent | AlertContent


@dataclass(frozen=True, slots=True)
class Post:
    """A message for the schedule's channel, in the server's language; found again by its `reference`."""

    guild_id: int
    schedule: Schedule
    run: Run
    content: Content
    settings: GuildSettings
    reference: str
    late: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Telling:
    """What the planner who made a schedule is told, in the server's language; sent once by its `reference`."""

    guild_id: int
    schedule: Schedule
    notice: Notice
    settings: GuildSettings
    reference: str


class Halt(Exception):
    """A post that can't be made until something is mended."""

    def __init__(self, reason: HaltReason, detail: str = "") -> None:
        super().__init__(f"{reason.name} {detail}".strip())
        self.reason = reason
        self.detail = detail


class NotNow(Exception):
    """Discord can't be reached, or is too busy: the same again may well succeed later. The text says why."""


class Publisher(Protocol):
    """Discord, as far as schedules need it."""

    async def missing(self, guild_id: int, channel_id: int, role_id: int | None) -> Sequence[str]:
        """The permissions that the bot lacks to post in this channel and to mention this role, as Discord's API names
        them. Raises `Halt` where the channel is gone, `NotNow`."""
        ...

    async def find(self, guild_id: int, channel_id: int, reference: str, *, since: datetime) -> int | None:
        """The id of the bot's own message with this reference, not older than this. Raises `Halt`, `NotNow`."""
        ...

    async def post(self, post: Post) -> int:
        """Send it; the message's id. The same reference again within minutes makes no second message.

        Raises `Halt`, `NotNow`.
        """
        ...

    async def tell(self, telling: Telling) -> None:
        """Send it to the planner alone, or where they take no messages, to the channel. Raises `Halt`, `NotNow`."""
        ...
