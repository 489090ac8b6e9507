"""Imports that run in the background."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, case, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.import_jobs import ImportJob, pack_problems, unpack_problems
from storage.import_tables import import_job, import_job_file
from storage.schema import PlainText
from storage.types import UtcDateTime

_JOB, _FILE = import_job.c, import_job_file.c
_GUILD, _TOKEN = bindparam("small_id", type_=Integer), bindparam("wanted", type_=PlainText)
_OF_JOB = (_JOB.guild_id == _GUILD) & (_JOB.token == _TOKEN)
_OF_FILE = (_FILE.guild_id == _GUILD) & (_FILE.token == _TOKEN)
_GET = select(import_job).where(_OF_JOB)
_FIND_FILE = select(_FILE.payload).where(_OF_FILE)
_NEW: dict[str, Any] = {column.name: bindparam(f"new_{column.name}") for column in _JOB if not column.primary_key}
_SAVE = update(import_job).where(_OF_JOB, _JOB.claim.is_not_distinct_from(bindparam("held"))).values(_NEW)
_AT_ONCE = case((_JOB.claim.is_(None), bindparam("now", type_=UtcDateTime)), else_=_JOB.wake_at)
_CANCEL = update(import_job).where(_OF_JOB).values(cancelled=True, wake_at=_AT_ONCE)
_REMOVES = [delete(import_job_file).where(_OF_FILE), delete(import_job).where(_OF_JOB)]


class SqlImportJobs:
    """Implements `planning.import_ports.ImportJobRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def create(self, job: ImportJob, file: bytes) -> None:
        """Keep a new one with its file."""
        key = {"guild_id": self._guild_id, "token": job.token}
        await self._connection.execute(insert(import_job), key | _values(job))
        await self._connection.execute(insert(import_job_file), key | {"payload": file})

    async def get(self, token: str) -> ImportJob | None:
        """The import, or None where it ended."""
        return _to_job((await self._connection.execute(_GET, self._of(token))).one_or_none())

    async def find_file(self, token: str) -> bytes | None:
        """Its file, or None."""
        return await self._connection.scalar(_FIND_FILE, self._of(token))

    async def save(self, job: ImportJob, *, held: str | None) -> bool:
        """Keep it as it is now; False, and nothing is kept, where its claim in the database is not `held`."""
        values = {f"new_{name}": value for name, value in _values(job).items()}
        saved = await self._connection.execute(_SAVE, values | self._of(job.token) | {"held": held})
        return saved.rowcount > 0

    async def cancel(self, token: str, *, now: datetime) -> bool:
        """Have it end as soon as possible; False where it ended already."""
        return (await self._connection.execute(_CANCEL, self._of(token) | {"now": now})).rowcount > 0

    async def remove(self, token: str) -> None:
        """Forget it, and its file."""
        for statement in _REMOVES:
            await self._connection.execute(statement, self._of(token))

    def _of(self, token: str) -> dict[str, object]:
        return {"small_id": self._guild_id, "wanted": token}


def _values(job: ImportJob) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(job, name) for name in _NEW}
    return values | {"problems": pack_problems(job.problems)}


def _to_job(row: Any) -> ImportJob | None:
    if row is None:
        return None
    return ImportJob(
        token=row.token,
        filename=row.filename,
        author_id=row.author_id,
        channel_id=row.channel_id,
        created_at=row.created_at,
        wake_at=row.wake_at,
        message_id=row.message_id,
        total=row.total,
        digest=row.digest,
        done=row.done,
        new=row.new,
        updated=row.updated,
        unchanged=row.unchanged,
        problems=unpack_problems(row.problems),
        cancelled=row.cancelled,
        claim=row.claim,
        attempts=row.attempts,
    )
