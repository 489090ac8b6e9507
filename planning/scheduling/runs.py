"""What became of a run, under which reference its message is found, and how long to wait before it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from planning.results import digest_of
from planning.scheduling.schedules import Run

REFERENCE_LENGTH = 12
FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(minutes=30)
MOST_ATTEMPTS = 8
"""A run whose build failed so often is given up: with the waits between, about three quarters of an hour."""
LATE = timedelta(minutes=5)
"""From here on a post says that it comes late."""


class Outcome(IntEnum):
    """How a run ended; the number is what the database keeps."""

    POSTED = 1
    QUIET = 2
    """Nothing had changed, and nothing was posted."""
    MISSED = 3
    """The bot, or Discord, was gone for longer than the grace period."""
    HALTED = 4
    FAILED = 5


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that is over: when it was due, when it ended, and the message that it left, where it left one."""

    run: Run
    at: datetime
    outcome: Outcome
    reference: str
    message_id: int | None = None
    attempts: int = 0


def reference_of(guild_id: int, schedule_id: int, run: Run) -> str:
    """Under which a run's message is known to Discord and to us: the same whenever it is computed."""
    said = f"{guild_id}:{schedule_id}:{int(run.at.timestamp())}:{run.manual}".encode()
    return digest_of(said, length=REFERENCE_LENGTH, size=10)


def wait_before(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many failures in a row: doubled each time up to half an hour, and spread by `chance`
    (0 to 1) over half to one and a half of that, so that those who failed together don't come back together."""
    doubled = min(FIRST_WAIT * 2 ** min(attempts - 1, 16), LONGEST_WAIT)
    return doubled * (0.5 + chance)
