"""Makes a scheduled post: exactly once, whatever ends or fails between looking, sending and remembering.

A claim gives one process the schedule for a while. Before anything is sent, the attempt is kept in the database; after
it, how the run ended. Whoever takes up an attempt that has no end looks in the channel for the message with the run's
reference first: it is there where the last process died, or Discord's answer was lost, after Discord had taken it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from planning.ports import Database
from planning.scheduling.due import awake, by_the_rules, dead, due_run, halted, later, missed, over, too_late
from planning.scheduling.ports import Claimed
from planning.scheduling.runs import LATE, MOST_ATTEMPTS, Ended, Outcome, reference_of, wait_before
from planning.scheduling.schedules import (
    AlertTask,
    Attempt,
    HaltReason,
    Notice,
    Run,
    Schedule,
    Seen,
    Unchanged,
    same_question,
)
from planning.services.contents import make_content
from planning.services.meanings import Meanings
from planning.services.publishing import Content, Halt, NotNow, Post, Publisher, ShortlistContent, Telling
from planning.settings import GuildSettings

SKEW = timedelta(minutes=2)
"""So far may our clock and Discord's be apart."""
OUTAGE_ATTEMPTS = 3
"""Of all tries that Discord's outages cost, so many count: the next is waited for up to eight minutes, and a build that
fails once Discord is back is tried again."""
MOST_TELLINGS = 10
"""So often a planner is tried to be told; the schedule shows it anyway."""


MADE_AT_ONCE = 4
"""Posts whose content is made at a time, however many wait for Discord: what a command reads comes in between."""


class Step(StrEnum):
    """What was done about a claimed schedule."""

    POSTED = "posted"
    FOUND = "found"
    """It had been posted already; nobody had remembered."""
    QUIET = "quiet"
    MISSED = "missed"
    HALTED = "halted"
    POSTPONED = "postponed"
    FAILED = "failed"
    TOLD = "told"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Worked:
    """What was done, for the log: `lag` seconds after it was due, None where nothing was."""

    step: Step
    reference: str = ""
    message_id: int | None = None
    lag: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """`chance` gives a number from 0 to 1, which spreads what is tried again."""

    database: Database
    meanings: Meanings
    publisher: Publisher
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    making: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MADE_AT_ONCE))

    async def work(self, claimed: Claimed, claim: str) -> Worked:
        """Do what is due about a schedule: tell its planner something, or make its post.

        Raises `DatabaseUnavailable`: the claim ends by itself then; and whatever else goes wrong: see `failed`.
        """
        guild_id = claimed.guild_id
        async with self.database.reading(guild_id) as store:
            schedule = await store.schedules.get(claimed.schedule_id)
            settings = await store.settings.load()
        if schedule is None or schedule.claim != claim:
            return Worked(Step.NOTHING)
        if schedule.notice is not None and not schedule.notice.told:
            return await self._tell(guild_id, schedule, settings)
        run = None
        try:
            if schedule.attempt is not None:
                run = schedule.attempt.run
                worked = await self._find(guild_id, schedule, schedule.attempt)
                if worked is not None:
                    return worked
            zone = _zone(schedule, settings)
            run = due_run(by_the_rules(schedule, zone), zone, self.clock())
            if run is None:
                await self._change(guild_id, schedule, lambda one: awake(by_the_rules(one, zone), self.clock()))
                return Worked(Step.NOTHING)
            return await self._make(guild_id, schedule, settings, run)
        except Halt as halt:
            assert run is not None
            return await self._halt(guild_id, schedule, run, halt)
        except NotNow as reason:
            assert run is not None
            # However long Discord is gone: that is no failure of the schedule, and it is looked for every few minutes.
            outage = replace(schedule, attempts=min(schedule.attempts, OUTAGE_ATTEMPTS))
            return await self._postpone(guild_id, outage, run, str(reason))

    async def failed(self, claimed: Claimed, claim: str, error: Exception) -> Worked:
        """Something went wrong that is ours to mend: try again later, and give up in the end."""
        async with self.database.reading(claimed.guild_id) as store:
            schedule = await store.schedules.get(claimed.schedule_id)
            settings = await store.settings.load()
        if schedule is None or schedule.claim != claim:
            return Worked(Step.NOTHING)
        if schedule.notice is not None and not schedule.notice.told:
            await self._told(claimed.guild_id, schedule, schedule.notice)
            return Worked(Step.FAILED, why=repr(error))
        attempted = schedule.attempt.run if schedule.attempt else None
        run = due_run(schedule, _zone(schedule, settings), self.clock()) or attempted or Run(self.clock())
        if schedule.attempts + 1 < MOST_ATTEMPTS:
            return await self._postpone(claimed.guild_id, schedule, run, repr(error))
        why = type(error).__name__
        worked = await self._end(claimed.guild_id, schedule, run, Outcome.FAILED, lambda one: dead(one, run, why))
        return replace(worked, why=repr(error))

    async def _find(self, guild_id: int, schedule: Schedule, attempt: Attempt) -> Worked | None:
        """Whether the post is there of which nobody remembered the end."""
        reference = reference_of(guild_id, schedule.id, attempt.run)
        since = attempt.tried_at - SKEW
        message_id = await self.publisher.find(guild_id, attempt.channel_id, reference, since=since)
        if message_id is None:
            return None
        worked = await self._posted(guild_id, schedule, attempt.run, attempt.seen, message_id)
        return replace(worked, step=Step.FOUND) if worked.step is Step.POSTED else worked

    async def _make(self, guild_id: int, schedule: Schedule, settings: GuildSettings, run: Run) -> Worked:
        now = self.clock()
        if too_late(schedule, run, now):
            return await self._end(guild_id, schedule, run, Outcome.MISSED, lambda one: missed(one, run))
        if now - run.at > LATE and schedule.attempt is None:
            # The database may have been restored from before this was posted, so the channel is asked first.
            unknown = Attempt(run, schedule.channel_id, run.at, schedule.seen)
            if (worked := await self._find(guild_id, schedule, unknown)) is not None:
                return worked
        lacking = await self.publisher.missing(guild_id, schedule.channel_id, schedule.mention_role_id)
        if lacking:
            raise Halt(HaltReason.PERMISSIONS, ",".join(lacking))
        async with self.making:
            content = await make_content(self.database, self.meanings, guild_id, schedule, settings, now=now)
            seen = content.seen(schedule.seen)
            if not content.news and not run.manual and _stays_quiet(schedule):
                return await self._end(guild_id, schedule, run, Outcome.QUIET, _having_seen(schedule, seen))
            attempt = Attempt(run, schedule.channel_id, now, seen)
            if not await self._about_to_send(guild_id, schedule, attempt, content):
                return Worked(Step.NOTHING)
        reference = reference_of(guild_id, schedule.id, run)
        post = Post(guild_id, schedule, run, content, settings, reference, now - run.at > LATE, now)
        return await self._posted(guild_id, schedule, run, seen, await self.publisher.post(post))

    async def _about_to_send(self, guild_id: int, schedule: Schedule, attempt: Attempt, content: Content) -> bool:
        """Keep the attempt, and what it shows; False where the schedule is no longer ours, or someone changed it while
        the post was made: then it is to be made anew."""
        async with self.database.writing(guild_id) as store:
            current = await store.schedules.get(schedule.id)
            if current is None or current.claim != schedule.claim:
                return False
            if current != schedule:
                await store.schedules.save(awake(current, self.clock()))
                return False
            if isinstance(content, ShortlistContent):
                await store.results.keep(content.shortlist.result)
            await store.schedules.save(replace(current, attempt=attempt))
        return True

    async def _posted(self, guild_id: int, schedule: Schedule, run: Run, seen: Seen, message_id: int) -> Worked:
        change = _having_seen(schedule, seen)
        return await self._end(guild_id, schedule, run, Outcome.POSTED, change, message_id=message_id)

    async def _halt(self, guild_id: int, schedule: Schedule, run: Run, halt: Halt) -> Worked:
        worked = await self._end(
            guild_id, schedule, run, Outcome.HALTED, lambda one: halted(one, run, halt.reason, halt.detail)
        )
        return replace(worked, why=str(halt))

    async def _postpone(self, guild_id: int, schedule: Schedule, run: Run, why: str) -> Worked:
        wait = wait_before(schedule.attempts + 1, self.chance())
        await self._change(
            guild_id, schedule, lambda one: later(replace(one, attempts=schedule.attempts), self.clock(), wait)
        )
        return Worked(Step.POSTPONED, reference_of(guild_id, schedule.id, run), why=why)

    async def _tell(self, guild_id: int, schedule: Schedule, settings: GuildSettings) -> Worked:
        notice = schedule.notice
        assert notice is not None
        reference = reference_of(guild_id, schedule.id, Run(notice.at)) + f"n{notice.kind.value}"
        try:
            await self.publisher.tell(Telling(guild_id, schedule, notice, settings, reference))
        except NotNow as reason:
            if notice.tries + 1 < MOST_TELLINGS:
                tried = replace(notice, tries=notice.tries + 1)
                again = self.clock() + wait_before(tried.tries, self.chance())
                await self._change(
                    guild_id, schedule, lambda one: replace(one, notice=tried, claim=None, wake_at=again)
                )
                return Worked(Step.POSTPONED, reference, why=str(reason))
        except Halt as halt:
            # Nobody can be told; the schedule's card says it.
            await self._told(guild_id, schedule, notice)
            return Worked(Step.NOTHING, reference, why=str(halt))
        await self._told(guild_id, schedule, notice)
        return Worked(Step.TOLD, reference)

    async def _told(self, guild_id: int, schedule: Schedule, notice: Notice) -> None:
        over = replace(notice, told=True)
        await self._change(guild_id, schedule, lambda one: awake(replace(one, notice=over), self.clock()))

    async def _end(
        self,
        guild_id: int,
        schedule: Schedule,
        run: Run,
        outcome: Outcome,
        change: Callable[[Schedule], Schedule],
        *,
        message_id: int | None = None,
    ) -> Worked:
        """Remember how a run ended, and when the next is."""
        now = self.clock()
        reference = reference_of(guild_id, schedule.id, run)
        ended = Ended(run, now, outcome, reference, message_id, schedule.attempts)
        async with self.database.writing(guild_id) as store:
            current = await store.schedules.get(schedule.id)
            if current is None or current.claim != schedule.claim:
                return Worked(Step.NOTHING, reference, message_id)
            zone = _zone(current, await store.settings.load())
            await store.schedules.save(over(change(current), ended, zone))
            await store.schedules.end(schedule.id, ended)
        return Worked(_STEPS[outcome], reference, message_id, (now - run.at).total_seconds())

    async def _change(self, guild_id: int, schedule: Schedule, change: Callable[[Schedule], Schedule]) -> None:
        async with self.database.writing(guild_id) as store:
            current = await store.schedules.get(schedule.id)
            if current is not None and current.claim == schedule.claim:
                await store.schedules.save(change(current))


_STEPS = {
    Outcome.POSTED: Step.POSTED,
    Outcome.QUIET: Step.QUIET,
    Outcome.MISSED: Step.MISSED,
    Outcome.HALTED: Step.HALTED,
    Outcome.FAILED: Step.FAILED,
}


def _zone(schedule: Schedule, settings: GuildSettings) -> ZoneInfo:
    return ZoneInfo(schedule.zone or settings.timezone)


def _having_seen(schedule: Schedule, seen: Seen) -> Callable[[Schedule], Schedule]:
    """What makes of the schedule as it is the one that has shown this, unless it asks another question by now."""
    return lambda current: replace(current, seen=seen) if same_question(current.task, schedule.task) else current


def _stays_quiet(schedule: Schedule) -> bool:
    """Alerts never post that there is nothing to tell."""
    return isinstance(schedule.task, AlertTask) or schedule.unchanged is Unchanged.NOTHING
