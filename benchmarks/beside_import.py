"""50 shortlists at once while an import writes into the same server, against the same 50 while nothing else goes on.

Both in one process, as in the bot: the import takes the interpreter as well as the database.
"""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, built_database, database_url
from benchmarks.figures import Row, note, percentile, print_row, spread
from benchmarks.imports import roster_file
from benchmarks.shortlist import QUESTIONS, connect, questions
from planning.caller import COMMAND_LINE, Caller
from planning.errors import DatabaseUnavailable
from planning.matching.encoder import LazyEncoder
from planning.services.imports import run_import
from planning.services.meanings import Meanings
from planning.shortlists import ShortlistQuery
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

AT_ONCE = 50
ROUNDS = 40
ROWS = 50_000
NEAR_MISSES = 3
MOST_TIMES_IDLE = 10


async def run(accounts: int) -> None:
    """Print the rows."""
    built = await built_database(accounts)
    content = roster_file(
        [replace(each, handle=f"new_{each.handle}") for each in batch] for batch in roster.batches(ROWS)
    )
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = Path(shutil.copy(built, folder))
        with closing(connect(path)) as raw:
            crowd = _Crowd(SqlDatabase(database_url(path)), questions(raw, QUESTIONS))
        await crowd.ask(QUESTIONS // AT_ONCE)  # only warms
        idle = await crowd.ask(ROUNDS)
        importing = asyncio.create_task(_import(crowd.database, content))
        beside: list[float] = []
        while True:
            spent = await crowd.ask(1)
            if importing.done():
                break
            beside += spent
        seconds = await importing
        await crowd.database.close()
    ratio = percentile(beside, 0.95) / percentile(idle, 0.95)
    at = f"{accounts:,} accounts"
    print_row(
        Row(
            f"{AT_ONCE} shortlists at once, import of {ROWS:,} rows beside",
            at,
            spread(beside),
            f"idle: {spread(idle)}",
            f"p95 {ratio:.2f} x",
            f"<= {MOST_TIMES_IDLE} x",
            ratio <= MOST_TIMES_IDLE,
        )
    )
    print_row(
        Row(
            "of these, without an answer: database locked",
            at,
            f"{crowd.refused} of {len(beside):,}",
            f"import meanwhile: {ROWS / seconds:,.0f} rows/s",
            limit="0",
            met=crowd.refused == 0,
        )
    )


class _Crowd:
    """Asks `AT_ONCE` questions at a time; `refused` counts those that the database would not answer."""

    def __init__(self, database: SqlDatabase, asked: Sequence[ShortlistQuery]) -> None:
        self.database = database
        self.refused = 0
        self._meanings = Meanings(LazyEncoder(note))
        self._asked = cycle(asked)

    async def ask(self, rounds: int) -> list[float]:
        """Seconds to each answer, from when all were asked."""
        spent: list[float] = []
        for _ in range(rounds):
            spent += await asyncio.gather(*(self._ask(query) for query in islice(self._asked, AT_ONCE)))
        return spent

    async def _ask(self, query: ShortlistQuery) -> float:
        """What `/shortlist` reads: the tags that the niche means, the picks, what was left out and what nearly fits."""
        began = time.perf_counter()
        try:
            meaning = await self._meanings.match(self.database, GUILD, query.niche)
            query = replace(query, tags=meaning.tags)
            async with self.database.reading(GUILD) as store:
                picks = await store.shortlists.best(query)
                await store.shortlists.left_out(query, down_to=picks[-1])
                await store.shortlists.near_misses(query, down_to=picks[-1], limit=NEAR_MISSES)
        except DatabaseUnavailable:
            self.refused += 1
        return time.perf_counter() - began


async def _import(database: SqlDatabase, content: bytes) -> float:
    """Seconds that it took."""
    caller = Caller(GUILD, COMMAND_LINE, planner=True)
    began = time.perf_counter()
    report = await run_import(
        database, CsvFiles(), caller, filename="roster.csv", content=content, platform=None, now=roster.NOW
    )
    assert report.new == ROWS, report.problems[:3]
    return time.perf_counter() - began
