"""When a schedule is due, and how it stands once a run is over. Nothing here reads a clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planning.cadence.rules import last_run, next_run
from planning.scheduling.runs import Ended, Outcome
from planning.scheduling.schedules import HaltReason, Notice, NoticeKind, Run, Schedule, Status

MOVED = timedelta(hours=4)
"""A change of a zone's rules moves an instant by less than this."""


def by_the_rules(schedule: Schedule, zone: ZoneInfo) -> Schedule:
    """The same run of the schedule, at the instant that it has by the rules of its zone as they are known now."""
    at = schedule.next_at
    if schedule.status is not Status.ACTIVE or at is None or schedule.attempt is not None:
        return schedule
    found = next_run(schedule.cadence, zone, at - MOVED)
    # Further away it is another run: the server moved to another zone while this one was due.
    return schedule if found is None or found - at >= MOVED else replace(schedule, next_at=found)


def due_run(schedule: Schedule, zone: ZoneInfo, now: datetime) -> Run | None:
    """What is to be posted now: what was asked for by hand, or else the latest of what is due; None: nothing yet.

    However many runs were missed, one is made up for.
    """
    if schedule.manual_at is not None:
        return Run(schedule.manual_at, manual=True)
    if schedule.status is not Status.ACTIVE or schedule.next_at is None or schedule.next_at > now:
        return None
    latest = last_run(schedule.cadence, zone, now)
    return Run(schedule.next_at if latest is None else max(schedule.next_at, latest))


def too_late(schedule: Schedule, run: Run, now: datetime) -> bool:
    """Whether the grace period of a run is over."""
    return now - run.at > schedule.grace


def awake(schedule: Schedule, now: datetime) -> Schedule:
    """The schedule with nobody at it, and with the time when anything is to be done about it."""
    waiting = [schedule.manual_at]
    if schedule.status is Status.ACTIVE:
        waiting.append(schedule.next_at)
    if schedule.notice is not None and not schedule.notice.told:
        waiting.append(now)
    return replace(schedule, claim=None, wake_at=min((at for at in waiting if at is not None), default=None))


def rewoken(schedule: Schedule, now: datetime) -> Schedule:
    """The same, unless a process is at it: then it is woken once that is done, or its claim ends."""
    return schedule if schedule.claim is not None else awake(schedule, now)


def planned(schedule: Schedule, zone: ZoneInfo, now: datetime) -> Schedule:
    """The schedule with its next run after now: when it is made, changed, resumed, or its zone's rules changed."""
    upcoming = next_run(schedule.cadence, zone, now)
    return rewoken(replace(schedule, next_at=upcoming, attempts=0), now)


def over(schedule: Schedule, ended: Ended, zone: ZoneInfo) -> Schedule:
    """The schedule after a run. A run by hand leaves the rhythm as it was."""
    schedule = replace(schedule, attempts=0, attempt=None)
    if ended.run.manual:
        return awake(replace(schedule, manual_at=None), ended.at)
    upcoming = schedule.next_at
    if upcoming is None or upcoming <= ended.run.at:
        # It may be due already: the end of a run can be found out long after.
        upcoming = next_run(schedule.cadence, zone, ended.run.at)
    status = schedule.status
    if status is Status.ACTIVE and upcoming is None and ended.outcome is not Outcome.HALTED:
        status = Status.DONE
    return awake(replace(schedule, next_at=upcoming, status=status), ended.at)


def missed(schedule: Schedule, run: Run) -> Schedule:
    """The schedule whose planner is to be told that a run was missed."""
    return replace(schedule, notice=Notice(NoticeKind.MISSED, run.at))


def halted(schedule: Schedule, run: Run, reason: HaltReason, detail: str) -> Schedule:
    """The schedule that waits for something to be mended. One that a person paused stays so."""
    status = Status.HALTED if schedule.status is Status.ACTIVE else schedule.status
    return replace(schedule, status=status, notice=Notice(NoticeKind.HALTED, run.at, reason, detail[:500]))


def dead(schedule: Schedule, run: Run, detail: str) -> Schedule:
    """The schedule that was given up: shown, and told once."""
    return replace(schedule, status=Status.DEAD, notice=Notice(NoticeKind.DEAD, run.at, None, detail[:500]))


def later(schedule: Schedule, now: datetime, wait: timedelta) -> Schedule:
    """The schedule that is to be tried again after this wait."""
    return replace(schedule, claim=None, attempts=schedule.attempts + 1, wake_at=now + wait)
