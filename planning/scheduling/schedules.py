"""A schedule: what is posted, where, and when by the wall clock; and what stands between it and its next post."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from planning.cadence.rules import Cadence
from planning.shortlists import ShortlistQuery

MAX_SCHEDULE_NAME = 60
MOST_SCHEDULES = 50
"""A server keeps at most so many."""
GRACE = timedelta(hours=12)
"""How late a post may still be made, unless the schedule says otherwise."""


class Status(IntEnum):
    """How a schedule stands; the number is what the database keeps."""

    ACTIVE = 1
    PAUSED = 2
    """By a person."""
    HALTED = 3
    """Something is to be mended first; the notice says what."""
    DEAD = 4
    """It failed again and again, for a reason that is ours."""
    DONE = 5
    """It was for one time, which is over."""


class Unchanged(IntEnum):
    """What is posted where nothing has changed since the last post."""

    LINE = 1
    NOTHING = 2


class NoticeKind(IntEnum):
    """What the planner who made a schedule is told, once."""

    MISSED = 1
    HALTED = 2
    DEAD = 3


class HaltReason(IntEnum):
    """What is to be mended before a schedule can post again."""

    PERMISSIONS = 1
    """The detail names them, as Discord's API does, with commas."""
    CHANNEL_GONE = 2
    NO_NICHE = 3
    """No tag of the roster means the niche any more."""
    LIST_GONE = 4
    REFUSED = 5
    """Discord refused for another reason; the detail is its words."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`at` is when the run that it is about was due. `tries` counts how often telling it failed, `told` ends that."""

    kind: NoticeKind
    at: datetime
    halt: HaltReason | None = None
    detail: str = ""
    tries: int = 0
    told: bool = False


@dataclass(frozen=True, slots=True)
class ShortlistTask:
    """Post a shortlist. `tier` is a tier of the server's ladder by name: the ladder may change; where it lacks the
    name by then, the query's own band of followers holds."""

    query: ShortlistQuery
    tier: str


@dataclass(frozen=True, slots=True)
class AlertTask:
    """Post when accounts of a niche, or of a list, change.

    `jump` is the share (0.2: 20 %) by which followers change to be told of, `older_than` the days after which numbers
    are called old.
    """

    niche: str | None
    list_id: int | None
    jump: float = 0.2
    older_than: int = 30


Task = ShortlistTask | AlertTask


def same_question(one: Task, other: Task) -> bool:
    """Whether what one of them shows can be compared with what the other does: the niche, or the list, is the same."""
    if isinstance(one, ShortlistTask) and isinstance(other, ShortlistTask):
        return one.query.niche == other.query.niche
    if isinstance(one, AlertTask) and isinstance(other, AlertTask):
        return (one.niche, one.list_id) == (other.niche, other.list_id)
    return False


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a schedule is to post: when it was due, or, by hand, when it was asked for."""

    at: datetime
    manual: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last post showed: `result_id` is its shortlist, `trail` the server's trail up to which an alert looked.

    `at` is when; None before the first.
    """

    at: datetime | None = None
    result_id: str | None = None
    trail: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """A post that was about to be sent to a channel at `tried_at`: it may be there or not; `seen` is what holds once it
    is."""

    run: Run
    channel_id: int
    tried_at: datetime
    seen: Seen


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule by its `name`, which is its server's alone whatever its case. `id` is 0 until it is stored.

    `zone` is an IANA name, None: the server's, also where that changes. `next_at` is the next instant (UTC) by the
    cadence, `manual_at` when a run was asked for by hand. `wake_at` is when anything is to be done about it, None
    never; while `claim` says that a process is at it, that is when the claim ends. `attempts` failed in a row.
    """

    name: str
    task: Task
    cadence: Cadence
    zone: str | None
    channel_id: int
    created_by: int
    created_at: datetime
    mention_role_id: int | None = None
    unchanged: Unchanged = Unchanged.LINE
    grace: timedelta = GRACE
    id: int = 0
    status: Status = Status.ACTIVE
    next_at: datetime | None = None
    manual_at: datetime | None = None
    wake_at: datetime | None = None
    claim: str | None = None
    attempts: int = 0
    attempt: Attempt | None = None
    seen: Seen = field(default_factory=Seen)
    notice: Notice | None = None
