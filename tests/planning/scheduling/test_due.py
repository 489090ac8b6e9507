"""When a schedule is due, and how it stands after a run; on the wall clock of its zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.cadence.days import Daily, DayOfMonth, Monthly, Once, Weekly
from planning.cadence.rules import Cadence
from planning.scheduling.due import (
    awake,
    dead,
    due_run,
    halted,
    later,
    missed,
    over,
    planned,
    rewoken,
    too_late,
)
from planning.scheduling.runs import Ended, Outcome
from planning.scheduling.schedules import HaltReason, NoticeKind, Run, Schedule, Status
from tests.planning.scheduling.made import AMSTERDAM, DAILY, MADE, MONDAYS, schedule, utc

ONCE = Cadence(Once(date(2026, 3, 2)), time(9))
cadences = st.builds(
    Cadence,
    st.one_of(
        st.builds(Daily),
        st.integers(1, 6).flatmap(lambda every: st.builds(Daily, st.just(every), st.integers(0, every - 1))),
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: Weekly(tuple(sorted(days)))),
        st.integers(1, 31).map(lambda number: Monthly(DayOfMonth(number))),
    ),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - made aware here
    lambda at: at.replace(tzinfo=UTC, microsecond=0)
)


def ended(run: Run | None, at: datetime, outcome: Outcome = Outcome.POSTED) -> Ended:
    assert run is not None, "it was due"
    return Ended(run, at, outcome, "reference")


def running(cadence: Cadence = MONDAYS, *, since: datetime = MADE) -> Schedule:
    return planned(schedule(cadence), AMSTERDAM, since)


def local(at: datetime | None) -> str:
    assert at is not None
    return f"{at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def test_it_is_due_at_its_time_and_not_before():
    made = running()
    assert made.next_at == made.wake_at == utc(1, 5, 8)
    assert due_run(made, AMSTERDAM, utc(1, 5, 7, 59, 59)) is None
    assert due_run(made, AMSTERDAM, utc(1, 5, 8)) == Run(utc(1, 5, 8))


def test_however_many_were_missed_the_latest_is_made_up_for():
    made = running()
    late = utc(2, 4, 15)
    run = due_run(made, AMSTERDAM, late)
    assert run == Run(utc(2, 2, 8))
    assert over(made, ended(run, late), AMSTERDAM).next_at == utc(2, 9, 8)


@given(cadences, instants, st.timedeltas(timedelta(), timedelta(days=90)))
def test_a_backlog_is_one_run_and_none_comes_twice(cadence: Cadence, since: datetime, down: timedelta):
    made = running(cadence, since=since)
    now = since + down
    run = due_run(made, AMSTERDAM, now)
    assert made.next_at is not None
    assert (run is None) == (made.next_at > now)
    if run is not None:
        assert made.next_at <= run.at <= now
        after = over(made, ended(run, now), AMSTERDAM)
        assert due_run(after, AMSTERDAM, now) is None
        assert after.next_at is not None
        assert after.next_at > now
        assert after.wake_at == after.next_at


@pytest.mark.parametrize("status", [Status.PAUSED, Status.HALTED, Status.DEAD, Status.DONE])
def test_what_does_not_run_is_never_due(status: Status):
    stopped = awake(replace(running(), status=status), MADE)
    assert stopped.wake_at is None
    assert due_run(stopped, AMSTERDAM, utc(6, 1)) is None


def test_asked_for_by_hand_it_comes_first_and_leaves_the_rhythm():
    asked = rewoken(replace(running(), manual_at=utc(1, 3)), utc(1, 3))
    assert asked.wake_at == utc(1, 3)
    run = due_run(asked, AMSTERDAM, utc(1, 3))
    assert run == Run(utc(1, 3), manual=True)
    after = over(asked, ended(run, utc(1, 3, 0, 1)), AMSTERDAM)
    assert (after.manual_at, after.next_at, after.wake_at) == (None, utc(1, 5, 8), utc(1, 5, 8))


def test_by_hand_also_what_is_paused():
    asked = awake(replace(running(), status=Status.PAUSED, manual_at=utc(1, 3)), utc(1, 3))
    assert asked.wake_at == utc(1, 3)
    run = due_run(asked, AMSTERDAM, utc(1, 3))
    assert run is not None
    after = over(asked, ended(run, utc(1, 3)), AMSTERDAM)
    assert (after.status, after.wake_at) == (Status.PAUSED, None)


def test_by_hand_while_a_run_was_due_that_run_is_made_as_well():
    asked = replace(running(), manual_at=utc(1, 5, 8, 30))
    run = due_run(asked, AMSTERDAM, utc(1, 5, 9))
    assert run is not None
    assert run.manual
    after = over(asked, ended(run, utc(1, 5, 9)), AMSTERDAM)
    assert due_run(after, AMSTERDAM, utc(1, 5, 9)) == Run(utc(1, 5, 8))


def test_the_grace_period_ends_to_the_second():
    made = replace(running(), grace=timedelta(hours=12))
    run = Run(utc(1, 5, 8))
    assert not too_late(made, run, utc(1, 5, 20))
    assert too_late(made, run, utc(1, 5, 20, 0, 1))


def test_for_one_time_it_is_over_after_it():
    made = running(ONCE)
    run = due_run(made, AMSTERDAM, utc(3, 2, 8))
    assert run is not None
    after = over(made, ended(run, utc(3, 2, 8)), AMSTERDAM)
    assert (after.status, after.next_at, after.wake_at) == (Status.DONE, None, None)


def test_for_one_time_that_could_not_be_posted_it_waits_for_what_is_to_be_mended():
    made = running(ONCE)
    run = Run(utc(3, 2, 8))
    stopped = halted(made, run, HaltReason.PERMISSIONS, "send_messages")
    after = over(stopped, ended(run, utc(3, 2, 8), Outcome.HALTED), AMSTERDAM)
    assert after.status is Status.HALTED


def test_a_halt_keeps_what_a_person_paused():
    paused = replace(running(), status=Status.PAUSED)
    assert halted(paused, Run(utc(1, 5, 8)), HaltReason.CHANNEL_GONE, "").status is Status.PAUSED


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda one: missed(one, Run(utc(1, 5, 8))), NoticeKind.MISSED),
        (lambda one: halted(one, Run(utc(1, 5, 8)), HaltReason.REFUSED, "x" * 900), NoticeKind.HALTED),
        (lambda one: dead(one, Run(utc(1, 5, 8)), "x" * 900), NoticeKind.DEAD),
    ],
)
def test_what_is_to_be_told_wakes_at_once_until_it_is(change, kind: NoticeKind):
    told_of = change(replace(running(), claim="mine"))
    assert told_of.notice is not None
    assert (told_of.notice.kind, told_of.notice.at, told_of.notice.told) == (kind, utc(1, 5, 8), False)
    assert len(told_of.notice.detail) <= 500
    woken = awake(told_of, utc(1, 5, 21))
    assert woken.claim is None
    assert woken.wake_at is not None
    assert woken.wake_at <= utc(1, 5, 21)
    told = awake(replace(told_of, notice=replace(told_of.notice, told=True)), utc(1, 5, 21))
    assert told.wake_at in {None, told.next_at}


def test_what_a_process_is_at_is_left_to_it():
    claimed = replace(running(), claim="another", wake_at=utc(1, 5, 8, 4))
    assert rewoken(replace(claimed, manual_at=utc(1, 5, 8)), utc(1, 5, 8)).wake_at == utc(1, 5, 8, 4)
    assert planned(claimed, AMSTERDAM, utc(1, 5, 8)).claim == "another"


def test_later_is_after_the_wait_and_counted():
    again = later(replace(running(), claim="mine"), utc(1, 5, 8), timedelta(seconds=20))
    assert (again.claim, again.wake_at, again.attempts) == (None, utc(1, 5, 8, 0, 20), 1)
    assert again.next_at == utc(1, 5, 8), "the run is still the same"


class TestTheClockChanges:
    """29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00."""

    def test_the_wall_clock_holds_over_both(self):
        made, said = running(DAILY), set[str]()
        now = MADE
        for _ in range(330):
            assert made.next_at is not None
            now = made.next_at
            run = due_run(made, AMSTERDAM, now)
            assert run is not None
            said.add(local(run.at))
            made = over(made, ended(run, now), AMSTERDAM)
        assert len(said) == 330, "a day each"
        assert all(one.endswith(" 09:00") for one in said)

    def test_a_time_that_is_skipped_is_due_when_the_clock_goes_on(self):
        made = running(Cadence(Daily(), time(2, 30)), since=utc(3, 28, 12))
        assert made.next_at == utc(3, 29, 1), "03:00 by the clock"
        run = due_run(made, AMSTERDAM, utc(3, 29, 1))
        assert run is not None
        assert local(over(made, ended(run, utc(3, 29, 1)), AMSTERDAM).next_at) == "2026-03-30 02:30"

    def test_a_time_that_comes_twice_is_due_once(self):
        made = running(Cadence(Daily(), time(2, 30)), since=utc(10, 24, 12))
        run = due_run(made, AMSTERDAM, utc(10, 25, 0, 30))
        assert run == Run(utc(10, 25, 0, 30))
        after = over(made, ended(run, utc(10, 25, 0, 30)), AMSTERDAM)
        assert due_run(after, AMSTERDAM, utc(10, 25, 1, 30)) is None, "02:30 again"
        assert local(after.next_at) == "2026-10-26 02:30"

    def test_down_through_the_doubled_hour_it_is_still_one(self):
        made = running(Cadence(Daily(), time(2, 30)), since=utc(10, 24, 12))
        run = due_run(made, AMSTERDAM, utc(10, 25, 6))
        assert run == Run(utc(10, 25, 0, 30))
        after = over(made, ended(run, utc(10, 25, 6)), AMSTERDAM)
        assert local(after.next_at) == "2026-10-26 02:30"
