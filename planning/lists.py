"""A team's named shortlists: picks as they were when they were added, and what the team makes of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from planning.shortlists import Pick


class ListAction(IntEnum):
    """What was done to a list; the number is what the database keeps."""

    SAVED = 1
    ADDED = 2
    RENAMED = 3
    VOTED_UP = 4
    VOTED_DOWN = 5
    TOOK_VOTE_BACK = 6
    VETOED = 7
    LIFTED_VETO = 8
    NOTED = 9
    GAVE_REASON = 10
    TAKEN_OFF = 11


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list by its `name`, which is its server's alone whatever its case; `picks` is how many it holds.

    `result_id` is the shortlist that it was first saved from.
    """

    id: int
    name: str
    created_at: datetime
    created_by: int
    result_id: str | None = None
    picks: int = 0


@dataclass(frozen=True, slots=True)
class Veto:
    """Who said no, and why."""

    by: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ListPick:
    """A pick on a list: `pick` is as it was when it was added, at its `place` from 0 on.

    `result_id` is the result that it was saved from, None where it was added by hand.
    """

    pick: Pick
    place: int
    added_at: datetime
    added_by: int
    result_id: str | None = None
    note: str | None = None
    veto: Veto | None = None

    @property
    def account_id(self) -> int:
        """The account's id, also where it is no longer on the roster."""
        return self.pick.account.id


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's word on one pick."""

    account_id: int
    user_id: int
    up: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ListEvent:
    """Who did what, to which account's pick where it was one; `detail` is the reason, the note or the name given."""

    at: datetime
    actor_id: int
    action: ListAction
    handle: str | None = None
    detail: str | None = None
