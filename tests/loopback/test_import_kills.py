"""An import in the background whose process is killed: the next one ends it, and each account is counted once."""

import asyncio
import signal
from pathlib import Path

from bot.app import utc_now
from planning.caller import Caller
from planning.import_files import ImportFile
from planning.import_jobs import ImportJob
from planning.services.proposed_imports import confirm_import, propose_import
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase
from tests import reading
from tests.loopback import payloads
from tests.loopback.posting import GUILD
from tests.loopback.process import environment, started
from tests.loopback.server import Loopback

ACCOUNTS = 25_000
TABLE = (
    "handle,platform,followers\n" + "".join(f"ann{n:05},tiktok,{n + 1}\n" for n in range(ACCOUNTS)) + "odd,tiktok,x\n"
)
PLANNER = Caller(GUILD, int(payloads.PERSON), planner=True)


async def confirm(database: SqlDatabase) -> ImportJob:
    """What a planner does in Discord before the import runs."""
    reader, now = CsvFiles(), utc_now()
    proposal = await propose_import(database, reader, PLANNER, ImportFile("roster.csv", TABLE.encode()), now=now)
    channel_id = int(payloads.CHANNEL)
    job = await confirm_import(database, reader, PLANNER, proposal.token, channel_id=channel_id, now=now)
    assert isinstance(job, ImportJob)
    return job


async def counted(database: SqlDatabase, job: ImportJob) -> tuple[int | None, int]:
    """How many accounts are counted as done, None where the import is over, and how many there are."""
    async with database.reading(GUILD) as store:
        now = await store.import_jobs.get(job.token)
        return now and now.done, await store.accounts.count()


def shown(discord: Loopback) -> str:
    """What the channel shows of it: one message, however many processes were at it."""
    [message] = discord.channels.kept[payloads.CHANNEL]
    return reading.texts(message)


async def test_a_killed_process_leaves_what_the_next_goes_on_with(discord: Loopback, tmp_path: Path) -> None:
    path = tmp_path / "microscout.db"
    database, env = SqlDatabase(f"sqlite:///{path}"), environment(discord, path)
    try:
        await database.migrate()
        job = await confirm(database)
        async with started("run", folder=tmp_path, env=env) as bot:
            while (await counted(database, job))[0] == 0:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.01)
            assert (await bot.stop(signal.SIGKILL)).code == -signal.SIGKILL
        done, accounts = await counted(database, job)
        assert done == accounts < ACCOUNTS
        assert shown(discord).startswith("## Importing roster.csv")
        async with started("run", folder=tmp_path, env=env) as bot:
            await bot.wrote("import worked on")
            assert (await bot.stop()).code == 0
        assert await counted(database, job) == (None, ACCOUNTS)
    finally:
        await database.close()
    for part in ("Imported", "25,001 rows", "25,000 new", "1 rejected"):
        assert part in shown(discord)
