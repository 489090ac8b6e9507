"""An import in two steps: shown first, written after Confirm, also when the bot restarted in between."""

import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planning.caller import Caller
from planning.errors import Expired, NotYours, UnreadableFile
from planning.files import TableReader
from planning.imports.mapping import Chosen, headers_key, pack_chosen, unpack_chosen
from planning.platform import Platform
from planning.ports import Database
from planning.records import Pending
from planning.services.imports import ImportReport, preview_import, run_import
from planning.services.pending import claim, discard

IMPORT = "import"
MAX_BYTES = 10_000_000
"""What Discord itself lets anyone send; a larger file is imported from the command line."""
KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file and how it is to be read: `sheet` is the one of a workbook that was chosen, None for the best; `chosen`
    what was said of its columns, None for what was said of such a file before."""

    filename: str
    content: bytes
    platform: Platform | None = None
    sheet: str | None = None
    chosen: Chosen | None = None

    def pack(self) -> bytes:
        """The bytes that wait in the database."""
        chosen = None if self.chosen is None else pack_chosen(self.chosen)
        about = {"filename": self.filename, "platform": self.platform, "sheet": self.sheet, "chosen": chosen}
        return json.dumps(about).encode() + b"\n" + zlib.compress(self.content)

    @classmethod
    def unpack(cls, payload: bytes) -> "ImportFile":
        """The file again."""
        about, _, packed = payload.partition(b"\n")
        values = json.loads(about)
        platform = Platform(values["platform"]) if values["platform"] else None
        kept = values.get("chosen")
        chosen = None if kept is None else unpack_chosen(kept)
        return cls(values["filename"], zlib.decompress(packed), platform, values.get("sheet"), chosen)


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
    file = replace(file, chosen=report.chosen or file.chosen)
    token = secrets.token_urlsafe(9)
    async with database.writing(caller.guild_id) as store:
        await store.pending.purge(before=now - KEPT)
        await store.pending.put(Pending(token, IMPORT, caller.user_id, now, file.pack()))
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
    database: Database, reader: TableReader, caller: Caller, token: str, *, now: datetime
) -> ImportReport:
    """Write the file that was shown, and keep what was said of its columns for files with the same headers.

    Raises `Expired`, `NotYours`.
    """
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
    file = ImportFile.unpack(pending.payload)
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
    return report


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
