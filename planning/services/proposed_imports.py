"""An import in two steps: shown first, written after Confirm, also when the bot restarted in between."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planning.caller import Caller
from planning.errors import Expired, NotYours, UnreadableFile
from planning.files import TableReader
from planning.import_files import ImportFile
from planning.import_jobs import ImportJob
from planning.imports.mapping import Chosen, headers_key, pack_chosen
from planning.imports.rejected import Rejected
from planning.ports import Database
from planning.records import Pending
from planning.services.imports import CHUNK, ImportReport, preview_import, run_import
from planning.services.pending import claim, discard
from planning.services.rejected_rows import collect_rejected

IMPORT = "import"
MAX_BYTES = 10_000_000
"""What Discord itself lets anyone send; a larger file is imported from the command line."""
KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the file would do; what is done with it, its Confirm too, is asked for by `token`."""

    filename: str
    report: ImportReport
    token: str

    @property
    def changes(self) -> bool:
        """Whether there is anything to confirm."""
        return self.report.new + self.report.updated > 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written, and the rows that were not; None where all were."""

    report: ImportReport
    rejected: Rejected | None = None


def check_size(size: int) -> None:
    """Raises `UnreadableFile` where the file has more bytes than may be sent."""
    if size > MAX_BYTES:
        raise UnreadableFile("too_large_to_send", str(MAX_BYTES // 1_000_000))


async def propose_import(
    database: Database, reader: TableReader, caller: Caller, file: ImportFile, *, now: datetime
) -> Proposal:
    """Read the file and compare it with the roster; keep it for what is done with it. Raises `UnreadableFile`."""
    caller.must_plan()
    check_size(len(file.content))
    report = await preview_import(
        database,
        reader,
        caller,
        filename=file.filename,
        content=file.content,
        platform=file.platform,
        sheet=file.sheet,
        chosen=file.chosen,
        ask=True,
    )
    # What was shown counts, whatever is said of such files until it is confirmed.
    packed = await asyncio.to_thread(replace(file, chosen=report.chosen, rows=report.kept).pack)
    token = secrets.token_urlsafe(9)
    async with database.writing(caller.guild_id) as store:
        await store.pending.purge(before=now - KEPT)
        await store.pending.put(Pending(token, IMPORT, caller.user_id, now, packed))
    return Proposal(file.filename, report, token)


async def propose_sheet(
    database: Database, reader: TableReader, caller: Caller, token: str, sheet: str, *, now: datetime
) -> Proposal:
    """Propose another sheet of the workbook that was shown. Raises `Expired`, `NotYours`, `UnreadableFile`."""
    return await _propose_again(
        database, reader, caller, token, lambda file: replace(file, sheet=sheet, chosen=None), now
    )


async def propose_column(
    database: Database,
    reader: TableReader,
    caller: Caller,
    token: str,
    chosen: Chosen,
    *,
    now: datetime,
) -> Proposal:
    """Propose the file that was shown with these columns read as the person says, which others may follow from.

    Raises `Expired`, `NotYours`.
    """

    def change(file: ImportFile) -> ImportFile:
        return replace(file, chosen={**(file.chosen or {}), **chosen})

    return await _propose_again(database, reader, caller, token, change, now)


async def confirm_import(
    database: Database,
    reader: TableReader,
    caller: Caller,
    token: str,
    *,
    channel_id: int | None = None,
    now: datetime,
    chunk: int = CHUNK,
) -> Imported | ImportJob:
    """Write the file that was shown, and keep what was said of its columns for files with the same headers.

    Where it keeps more than `chunk` rows, that is begun only: the job goes on in the background
    (`planning.services.background_imports`), and shows in the channel how far it is. Raises `Expired`, `NotYours`.
    """
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
        file = await asyncio.to_thread(ImportFile.unpack, pending.payload)
        if file.rows > chunk:
            job = ImportJob(token, file.filename, caller.user_id, channel_id, created_at=now, wake_at=now)
            await store.import_jobs.create(job, pending.payload)
            return job
    report = await run_import(
        database,
        reader,
        caller,
        filename=file.filename,
        content=file.content,
        platform=file.platform,
        sheet=file.sheet,
        chosen=file.chosen,
        now=now,
    )
    if file.chosen:
        async with database.writing(caller.guild_id) as store:
            await store.mappings.save(headers_key(report.header), pack_chosen(file.chosen))
    return Imported(report, await collect_rejected(reader, file, report.problems))


async def _propose_again(
    database: Database,
    reader: TableReader,
    caller: Caller,
    token: str,
    change: Callable[[ImportFile], ImportFile],
    now: datetime,
) -> Proposal:
    """Propose a file that was shown, read in another way; what was shown can't be confirmed any more then."""
    async with database.reading(caller.guild_id) as store:
        pending = await store.pending.find(token)
    if pending is None:
        raise Expired
    if pending.author_id != caller.user_id:
        raise NotYours
    proposal = await propose_import(database, reader, caller, change(ImportFile.unpack(pending.payload)), now=now)
    await discard(database, caller, token)
    return proposal
