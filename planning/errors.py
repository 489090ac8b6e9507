"""What can go wrong for a person, as facts. The words for them are elsewhere, in the person's language."""

from collections.abc import Sequence
from datetime import date, time

from planning.cadence.unclear import Unclear
from planning.platform import Platform


class PlanningError(Exception):
    """Something that the person can be told and can act on."""


class NotAPlanner(PlanningError):
    """The person may read but not write."""

    def __init__(self, role_id: int | None) -> None:
        super().__init__("not a planner")
        self.role_id = role_id


class AmbiguousHandle(PlanningError):
    """The handle stands for an account on each of these platforms."""

    def __init__(self, handle: str, platforms: Sequence[Platform]) -> None:
        super().__init__(f"ambiguous handle {handle!r}")
        self.handle = handle
        self.platforms = platforms


class InvalidValue(PlanningError):
    """A value that could not be understood. `reason` is a key of `planning.reasons`."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}: {value!r}")
        self.column = column
        self.value = value
        self.reason = reason


class LadderInvalid(PlanningError):
    """A custom ladder that does not hold: `what` is a key of the words for it, `band` the part meant."""

    def __init__(self, what: str, band: str) -> None:
        super().__init__(f"ladder {what}: {band!r}")
        self.what = what
        self.band = band


class UnreadableFile(PlanningError):
    """A file that is no table. `reason` is a key of the words for it; `detail` helps."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


class Expired(PlanningError):
    """A preview that was confirmed, cancelled or forgotten already."""


class ListGone(PlanningError):
    """A list, or a pick on it, that was deleted meanwhile."""


class NotYours(PlanningError):
    """A button that only the person who asked may press."""


class CannotPost(PlanningError):
    """A channel in which the bot, or the `person`, lacks these permissions (by Discord's names)."""

    def __init__(self, channel_id: int, missing: Sequence[str], *, person: bool = False) -> None:
        super().__init__(f"channel {channel_id}: {', '.join(missing)}")
        self.channel_id = channel_id
        self.missing = missing
        self.person = person


class DatabaseUnavailable(PlanningError):
    """The database is locked, gone or full for now; nothing was written."""


class UnclearCadence(PlanningError):
    """A phrase that says no time to post at, or more than one.

    `said` is the part meant, as it was read; `choices` what may be meant: words, or both readings of a date; or the
    date, and where it matters the time, that is refused.
    """

    def __init__(self, reason: Unclear, said: str = "", choices: Sequence[str | date | time] = ()) -> None:
        super().__init__(f"{reason}: {said!r}")
        self.reason = reason
        self.said = said
        self.choices = choices
