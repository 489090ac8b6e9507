"""The same shortlists on PostgreSQL and on SQLite, through the same repository.

PostgreSQL comes from a wheel and is set as it sets itself. It holds what a shortlist reads, copied out of the built
SQLite file, in a database that is kept under build/benchmarks/ as the file is.
"""

import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import asyncpg  # pyright: ignore[reportMissingTypeStubs] - it ships none

from benchmarks.built import FOLDER, built_database, database_url
from benchmarks.figures import Row, note, percentile, print_row, spread
from benchmarks.several_tags import WEIGHTS, of_five
from benchmarks.shortlist import PICKS, ROUNDS, ask, connect, questions
from planning.shortlists import ShortlistQuery
from storage.database import SqlDatabase
from tests.databases import address, execute, migrate, postgresql_in

QUESTIONS = 300
QUESTIONS_OF_FIVE = 100
MOST_TIMES_SQLITE = 2
TABLES = ("guild", "niche", "account", "account_niche", "niche_posting")
"""In the order in which they refer to each other."""
BATCH = 50_000
DATA = FOLDER / "postgresql"


async def run(accounts: int) -> None:
    """Print the rows."""
    path = await built_database(accounts)
    with (
        tempfile.TemporaryDirectory() as runtime,
        postgresql_in(DATA, runtime=Path(runtime)) as server,
        closing(connect(path)) as raw,
    ):
        postgresql, sqlite = SqlDatabase(await _copied(server, path, raw)), SqlDatabase(database_url(path))
        of_one = questions(raw, QUESTIONS)
        await _compare(f"shortlist of {PICKS}, {{}} x 4 filters", accounts, postgresql, sqlite, of_one)
        of_five_tags = [of_five(question) for question in of_one[:QUESTIONS_OF_FIVE]]
        await _compare(f"the same over {len(WEIGHTS)} tags, {{}} x", accounts, postgresql, sqlite, of_five_tags)
        await postgresql.close()
        await sqlite.close()


async def _compare(
    what: str, accounts: int, postgresql: SqlDatabase, sqlite: SqlDatabase, asked: Sequence[ShortlistQuery]
) -> None:
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(1 + ROUNDS):  # the first only warms
        for question in asked:
            spent, picks = await ask(postgresql, question)
            sqlite_spent, same = await ask(sqlite, question)
            assert picks == same
            if turn:
                ours.append(spent)
                theirs.append(sqlite_spent)
    ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
    print_row(
        Row(
            f"on PostgreSQL: {what.format(len(asked))}",
            f"{accounts:,} accounts",
            spread(ours),
            f"on SQLite: {spread(theirs)}",
            f"{ratio:.2f} x",
            f"<= {MOST_TIMES_SQLITE} x",
            ratio <= MOST_TIMES_SQLITE,
        )
    )


async def _copied(server: str, path: Path, raw: sqlite3.Connection) -> str:
    """The address of the database that is a copy of this file: named as it, and made where it is not there."""
    size, _ = path.stem.split("-")
    connection = await asyncpg.connect(server)
    names = [row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")]
    await connection.close()
    if path.stem not in names:
        note(f"copying {path.name} to PostgreSQL …")
        began = time.perf_counter()
        old = [name for name in names if name.startswith((f"{size}-", "unfinished"))]
        await execute(server, *(f'DROP DATABASE "{name}"' for name in old), "CREATE DATABASE unfinished")
        await migrate(address(server, "unfinished"))
        await _copy(address(server, "unfinished"), raw)
        await execute(server, f'ALTER DATABASE unfinished RENAME TO "{path.stem}"')
        note(f"… copied in {time.perf_counter() - began:.0f} s")
    return address(server, path.stem)


async def _copy(url: str, raw: sqlite3.Connection) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("SET session_replication_role = replica")  # checks no reference: they hold in the file
    for table in TABLES:
        rows = raw.execute(f"SELECT * FROM {table}")
        columns = [column for column, *_ in rows.description]
        while batch := rows.fetchmany(BATCH):
            await connection.copy_records_to_table(table, records=batch, columns=columns)
    await connection.execute(
        "VACUUM ANALYZE"
    )  # as autovacuum would soon; what is vacuumed is read from the index alone
    await connection.close()
