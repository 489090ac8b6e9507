"""An import in two steps: shown first, written after Confirm, also when the bot restarted in between."""

import json
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from planning.caller import Caller
from planning.errors import UnreadableFile
from planning.files import TableReader
from planning.platform import Platform
from planning.ports import Database
from planning.records import Pending
from planning.services.imports import ImportReport, preview_import, run_import
from planning.services.pending import claim

IMPORT = "import"
MAX_BYTES = 10_000_000
"""What Discord itself lets anyone send; a larger file is imported from the command line."""
KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the file would do; `token` confirms it, None where it would change nothing."""

    report: ImportReport
    token: str | None


def check_size(size: int) -> None:
    """Raises `UnreadableFile` where the file has more bytes than may be sent."""
    if size > MAX_BYTES:
        raise UnreadableFile("too_large_to_send", str(MAX_BYTES // 1_000_000))


async def propose_import(
    database: Database,
    reader: TableReader,
    caller: Caller,
    *,
    filename: str,
    content: bytes,
    platform: Platform | None,
    now: datetime,
) -> Proposal:
    """Read the file and compare it with the roster; keep it for its Confirm. Raises `UnreadableFile`."""
    caller.must_plan()
    check_size(len(content))
    report = await preview_import(database, reader, caller, filename=filename, content=content, platform=platform)
    if not report.new + report.updated:
        return Proposal(report, None)
    token = secrets.token_urlsafe(9)
    about = json.dumps({"filename": filename, "platform": platform.value if platform else None}).encode()
    payload = about + b"\n" + zlib.compress(content)
    async with database.writing(caller.guild_id) as store:
        await store.pending.purge(before=now - KEPT)
        await store.pending.put(Pending(token, IMPORT, caller.user_id, now, payload))
    return Proposal(report, token)


async def confirm_import(
    database: Database,
    reader: TableReader,
    caller: Caller,
    token: str,
    *,
    now: datetime,
) -> ImportReport:
    """Write the file that was shown. Raises `Expired`, `NotYours`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
    about, _, packed = pending.payload.partition(b"\n")
    values = json.loads(about)
    return await run_import(
        database,
        reader,
        caller,
        filename=values["filename"],
        content=zlib.decompress(packed),
        platform=Platform(values["platform"]) if values["platform"] else None,
        now=now,
    )
