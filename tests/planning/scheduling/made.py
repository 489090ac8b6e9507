"""Schedules to try rules on."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from planning.cadence.days import Daily, Weekly
from planning.cadence.rules import Cadence
from planning.scheduling.schedules import AlertTask, Schedule, ShortlistTask, Task
from planning.shortlists import ShortlistQuery

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MADE = datetime(2026, 1, 1, 12, tzinfo=UTC)
MONDAYS = Cadence(Weekly((0,)), time(9))
DAILY = Cadence(Daily(), time(9))
SHORTLIST = ShortlistTask(ShortlistQuery("vegan", (1_000, 5_000)), "micro")
ALERT = AlertTask("vegan", None)


def utc(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """An instant of 2026."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


def schedule(
    cadence: Cadence = MONDAYS, *, name: str = "Vegan", task: Task = SHORTLIST, zone: str | None = None
) -> Schedule:
    """One that nobody has planned yet."""
    return Schedule(name, task, cadence, zone, channel_id=7, created_by=9, created_at=MADE)
