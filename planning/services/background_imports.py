"""Runs a confirmed import to its end: each account is written and counted once, whatever ends or fails between.

A claim gives one process the import for a while. Each chunk of accounts is one transaction, which also keeps how far
the import is, what became of the rows, and the claim for longer. Whoever takes up an import that was left reads its
file anew and goes on with the first account that is not counted: a file's accounts always come in the same order.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from planning.caller import Caller
from planning.errors import UnreadableFile
from planning.files import TableReader
from planning.import_files import ImportFile
from planning.import_jobs import ImportJob, digest_of
from planning.import_ports import ClaimedImport
from planning.imports.headers import Field
from planning.imports.mapping import headers_key, pack_chosen
from planning.imports.repeats import FileAccount
from planning.ports import Database
from planning.scheduling.runs import wait_before
from planning.services.collector import paused_collector
from planning.services.import_changes import Tally
from planning.services.import_reporting import End, Ending, ImportReporter, ServerGone
from planning.services.imports import CHUNK, Understood, report_of, understand_file, write_chunk
from planning.services.publishing import NotNow
from planning.services.rejected_rows import collect_rejected
from planning.settings import GuildSettings

LEASE = timedelta(minutes=2)
"""So long a claim holds without another chunk: enough to read the largest file."""
SHOWN_EVERY = timedelta(seconds=3)
"""How often at most it is shown how far an import is."""
MOST_ATTEMPTS = 6
"""An import that fails so often in a row, without another chunk between, is given up."""
OUTAGE_ATTEMPTS = 3
"""Of all tries to tell the end that Discord's outages cost, so many count."""


class Step(StrEnum):
    """What was done about a claimed import; the others are how it ended."""

    LEFT = "left"
    """The bot is in the server no more, and the import is forgotten."""
    POSTPONED = "postponed"
    NOTHING = "nothing"


class _Lost(Exception):
    """Another process has the claim, or the import is over: nothing of ours may be kept."""


@dataclass(frozen=True, slots=True)
class BackgroundImports:
    """`chance` gives a number from 0 to 1, which spreads what is tried again; `chunk` is how many accounts are written
    in one transaction."""

    database: Database
    reader: TableReader
    reporter: ImportReporter
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    chunk: int = CHUNK
    lease: timedelta = LEASE

    async def work(self, claimed: ClaimedImport, claim: str) -> End | Step:
        """Run an import to its end.

        Raises `DatabaseUnavailable`: the claim ends by itself then; and whatever else goes wrong: see `failed`.
        """
        guild_id, token = claimed
        async with self.database.reading(guild_id) as store:
            job = await store.import_jobs.get(token)
            packed = await store.import_jobs.find_file(token)
            settings = await store.settings.load()
        if job is None or packed is None or job.claim != claim:
            return Step.NOTHING
        try:
            with paused_collector():
                return await self._run(guild_id, job, ImportFile.unpack(packed), settings)
        except _Lost:
            return Step.NOTHING
        except ServerGone:
            await self._forget(guild_id, token)
            return Step.LEFT
        except NotNow:
            await self._postpone(guild_id, token, claim, most=OUTAGE_ATTEMPTS)
            return Step.POSTPONED

    async def failed(self, claimed: ClaimedImport, claim: str) -> End | Step:
        """Something went wrong that is ours to mend: try again later, and give up in the end."""
        guild_id, token = claimed
        async with self.database.reading(guild_id) as store:
            job = await store.import_jobs.get(token)
            settings = await store.settings.load()
        if job is None or job.claim != claim:
            return Step.NOTHING
        if job.attempts + 1 < MOST_ATTEMPTS:
            await self._postpone(guild_id, token, claim)
            return Step.POSTPONED
        await self._forget(guild_id, token)
        with suppress(NotNow, ServerGone):  # the log has it
            await self.reporter.finish(guild_id, job, Ending(End.FAILED), settings)
        return End.FAILED

    async def release(self, claimed: ClaimedImport, claim: str) -> None:
        """Let another process, or the next, take it up at once."""
        await self._change(*claimed, claim, lambda job: replace(job, claim=None, wake_at=self.clock()))

    async def _run(self, guild_id: int, job: ImportJob, file: ImportFile, settings: GuildSettings) -> End:
        if job.cancelled and job.done != job.total:
            return await self._end(guild_id, job, Ending(End.CANCELLED), settings)
        progress = _Progress(self.reporter, self.clock, guild_id, settings)
        job = await self._keep(guild_id, await progress.show(job))
        caller = Caller(guild_id, job.author_id, planner=True)
        how = (file.filename, file.content, file.platform, file.sheet, file.chosen)
        try:
            understood = await understand_file(self.database, self.reader, caller, *how)
        except UnreadableFile as error:
            return await self._end(guild_id, job, Ending(End.UNREADABLE, error=error), settings)
        priced = any(use.field is Field.PRICE for use in understood.columns)
        accounts, how = understood.known, f"{priced and understood.currency} {understood.columns}"
        total, digest = accounts.total, await asyncio.to_thread(digest_of, accounts.keys, how)
        if job.total is None:
            job = await self._begin(guild_id, replace(job, total=total, digest=digest), file, understood)
        elif job.digest != digest:
            return await self._end(guild_id, job, Ending(End.CHANGED), settings)
        end = 0
        for chunk in accounts.chunks(self.chunk):
            end += sum(map(len, chunk.values()))
            if job.cancelled or end <= job.done:
                await asyncio.sleep(0)  # freed all at once, they would hold the event loop
                continue
            read = await asyncio.to_thread(accounts.read, chunk)
            job = await self._write(guild_id, job, read[max(0, len(read) - (end - job.done)) :])
            if not job.cancelled:
                job = await progress.show_sometimes(job)
        if job.done < total:
            return await self._end(guild_id, job, Ending(End.CANCELLED), settings)
        tally = Tally(job.new, job.updated, job.unchanged, list(job.problems))
        report = await asyncio.to_thread(report_of, understood, tally)
        rejected = await collect_rejected(self.reader, file, report.problems)
        return await self._end(guild_id, job, Ending(End.DONE, report, rejected), settings)

    async def _begin(self, guild_id: int, job: ImportJob, file: ImportFile, understood: Understood) -> ImportJob:
        """Keep what its file holds, and what was said of the columns for files with the same headers."""
        if file.chosen:
            async with self.database.writing(guild_id) as store:
                await store.mappings.save(headers_key(understood.header), pack_chosen(file.chosen))
        return await self._keep(guild_id, job)

    async def _write(self, guild_id: int, job: ImportJob, chunk: Sequence[FileAccount]) -> ImportJob:
        """Write a chunk and count it, or, where the import was cancelled, neither."""
        tally = Tally()
        async with self.database.writing(guild_id) as store:
            current = await store.import_jobs.get(job.token)
            if current is None or current.claim != job.claim:
                raise _Lost
            if current.cancelled:
                return current
            await write_chunk(store, chunk, tally, now=job.created_at, by=(job.author_id, job.filename))
            written = replace(
                current,
                done=current.done + len(chunk),
                new=current.new + tally.new,
                updated=current.updated + tally.updated,
                unchanged=current.unchanged + tally.unchanged,
                problems=(*current.problems, *tally.problems),
                wake_at=self.clock() + self.lease,
                attempts=0,
            )
            if not await store.import_jobs.save(written, held=job.claim):
                raise _Lost
        return written

    async def _end(self, guild_id: int, job: ImportJob, ending: Ending, settings: GuildSettings) -> End:
        """Tell the end, then forget the import and its file. What ends between tells it again, in the same message."""
        await self.reporter.finish(guild_id, job, ending, settings)
        await self._forget(guild_id, job.token)
        return ending.end

    async def _keep(self, guild_id: int, job: ImportJob) -> ImportJob:
        """Keep how far it is; it may be cancelled meanwhile."""
        async with self.database.writing(guild_id) as store:
            current = await store.import_jobs.get(job.token)
            kept = replace(job, cancelled=current.cancelled if current else False, wake_at=self.clock() + self.lease)
            if not await store.import_jobs.save(kept, held=job.claim):
                raise _Lost
        return kept

    async def _postpone(self, guild_id: int, token: str, claim: str, *, most: int = MOST_ATTEMPTS) -> None:
        def later(job: ImportJob) -> ImportJob:
            tries = job.attempts + 1
            wake_at = self.clock() + wait_before(tries, self.chance())
            return replace(job, claim=None, wake_at=wake_at, attempts=min(tries, max(most, job.attempts)))

        await self._change(guild_id, token, claim, later)

    async def _change(self, guild_id: int, token: str, claim: str, change: Callable[[ImportJob], ImportJob]) -> None:
        async with self.database.writing(guild_id) as store:
            job = await store.import_jobs.get(token)
            if job is not None and job.claim == claim:
                await store.import_jobs.save(change(job), held=claim)

    async def _forget(self, guild_id: int, token: str) -> None:
        async with self.database.writing(guild_id) as store:
            await store.import_jobs.remove(token)


class _Progress:
    """Shows how far an import is, not too often; an import goes on though nobody can see it."""

    def __init__(
        self, reporter: ImportReporter, clock: Callable[[], datetime], guild_id: int, settings: GuildSettings
    ) -> None:
        self._reporter = reporter
        self._clock = clock
        self._guild_id = guild_id
        self._settings = settings
        self._shown_at = clock()
        self._lost = False

    async def show_sometimes(self, job: ImportJob) -> ImportJob:
        """Show it, if it was not shown just now."""
        return await self.show(job) if self._clock() - self._shown_at >= SHOWN_EVERY else job

    async def show(self, job: ImportJob) -> ImportJob:
        """Show it; the job with its message. Raises `ServerGone`."""
        if self._lost:
            return job
        self._shown_at = self._clock()
        try:
            message_id = await self._reporter.show(self._guild_id, job, self._settings)
        except NotNow:
            return job
        self._lost = message_id is None
        return job if message_id is None else replace(job, message_id=message_id)


async def cancel_import(database: Database, caller: Caller, token: str, *, now: datetime) -> bool:
    """Have an import of one's own server stop after the chunk that is being written; False where it is over already.

    Raises `NotAPlanner`.
    """
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        return await store.import_jobs.cancel(token, now=now)
