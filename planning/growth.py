"""Follower growth in steps: a sudden rise that ends as suddenly, found in readings of any dates and any rounding.

An audience that comes by itself comes in a curve: a post that goes round brings many followers at first, then fewer
each day. Bought followers arrive within hours or days, and then no more come; often some are taken away again.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from planning.accounts import Snapshot

# There is no public series of follower counts to take these from. `python -m benchmarks.authenticity` draws accounts
# with and without posts that go round, and prints how many are flagged at several distances between readings.
MIN_READINGS = 5
"""Readings on as many different days before anything is said: one interval to judge, three to know the usual from."""
LEAST_RISE = 0.10
"""A step is a rise of at least this share of the followers, certain whatever the rounding."""
LEAST_FOLLOWERS = 100
"""And of at least as many followers: below that a small account's ordinary week looks like one."""
TIMES_USUAL = 5
"""A day of a step brings more than this many times what the account's median day brings."""
LEAST_A_DAY = 0.002
"""And more than this share of the followers, where the median day brings next to nothing."""
LONGEST_DAYS = 35
"""A rise over a longer time is growth, not a step; and a loss longer after it is no longer its own."""
CLOSE_DAYS = 2
"""Between readings farther apart than this, the whole curve of a post that went round may lie unseen: then it is a step
only if followers were certainly lost after it."""
LEAST_AFTER_DAYS = 3
"""What came after is judged over at least this many days, and half the time of the step's last interval."""
LEFT_AFTER = 0.10
"""After a step the days bring at most this share of what the step's last days brought, beyond the usual."""

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `before` followers at `started_at`, `after` at `ended_at`, and `later` at `later_at`.

    `later` is the first reading that tells what came after; where readings are far apart, the smallest within 35 days.
    `usual` is what the account's median day brings, as a share of its followers (0.001 is 0.1 % a day; never below 0).
    """

    started_at: datetime
    ended_at: datetime
    later_at: datetime
    before: int
    after: int
    later: int
    usual: float

    @property
    def rise(self) -> float:
        """By which share the followers rose (0.25 is 25 %)."""
        return self.after / self.before - 1


class _Reading(NamedTuple):
    at: datetime
    followers: int
    unit: int


def find_steps(snapshots: Iterable[Snapshot]) -> list[Step]:
    """The steps in an account's readings, in any order; the largest rise first. Empty below five readings."""
    readings = _in_order(snapshots)
    if len(readings) < MIN_READINGS:
        return []
    rates = [_log_rise(early, late) / _days(early, late) for early, late in pairwise(readings)]
    usual = max(0.0, median(rates))
    fast = [rate > max(TIMES_USUAL * usual, LEAST_A_DAY) for rate in rates]
    steps = [step for start, end in _runs(fast) if (step := _as_step(readings, start, end, usual)) is not None]
    return sorted(steps, key=lambda step: (-step.rise, step.started_at))


def _as_step(readings: list[_Reading], start: int, end: int, usual: float) -> Step | None:
    """The step between two readings, if what is before, in and after it leaves no doubt."""
    before, last, after = readings[start], readings[end - 1], readings[end]
    wait = max(LEAST_AFTER_DAYS, _days(last, after) / 2)
    later = next((reading for reading in readings[end + 1 :] if _days(after, reading) >= wait), None)
    if start == 0 or later is None or _days(before, after) > LONGEST_DAYS:
        return None
    rise = _log((after.followers - after.unit) / (before.followers + before.unit))
    if rise < math.log1p(LEAST_RISE) or after.followers - before.followers < LEAST_FOLLOWERS:
        return None
    left = _log((later.followers + later.unit) / (after.followers - after.unit)) / _days(after, later) - usual
    if left > LEFT_AFTER * _log_rise(last, after) / _days(last, after):
        return None
    if max(_days(*pair) for pair in pairwise(readings[start : end + 1])) > CLOSE_DAYS:
        within = [reading for reading in readings[end + 1 :] if _days(after, reading) <= LONGEST_DAYS]
        later = min([later, *within], key=lambda reading: (reading.followers, reading.at))
        if later.followers + later.unit >= after.followers - after.unit:
            return None
    counts = before.followers, after.followers, later.followers
    return Step(before.at, after.at, later.at, *counts, usual=math.expm1(usual))


def _in_order(snapshots: Iterable[Snapshot]) -> list[_Reading]:
    """Readings by time, at least a day apart: of those of one day the first, of those of one moment the smallest."""
    known = sorted((s.taken_at, s.followers) for s in snapshots if s.followers)
    kept: list[_Reading] = []
    for at, followers in known:
        if not kept or (at - kept[-1].at).total_seconds() >= _DAY:
            kept.append(_Reading(at, followers, _rounding(followers)))
    return kept


def _rounding(followers: int) -> int:
    """By how much a count may be off: noughts at its end may be rounding, whoever rounded.

    YouTube cuts off all but three digits, people type "12K" and "1.2M". Two digits are taken for true at least, or
    10,000 would mean nothing.
    """
    digits = str(followers)
    noughts = len(digits) - len(digits.rstrip("0"))
    return 10 ** max(0, min(noughts, len(digits) - 2))


def _runs(fast: list[bool]) -> list[tuple[int, int]]:
    """From which reading to which each unbroken row of fast intervals goes."""
    runs: list[tuple[int, int]] = []
    for index, is_fast in enumerate(fast):
        if is_fast and runs and runs[-1][1] == index:
            runs[-1] = runs[-1][0], index + 1
        elif is_fast:
            runs.append((index, index + 1))
    return runs


def _log_rise(early: _Reading, late: _Reading) -> float:
    return math.log(late.followers / early.followers)


def _log(ratio: float) -> float:
    """The logarithm; of nothing at all, it is below every limit."""
    return math.log(ratio) if ratio > 0 else -math.inf


def _days(early: _Reading, late: _Reading) -> float:
    return (late.at - early.at).total_seconds() / _DAY
