"""Broken files, of which `python -m benchmarks fuzz` reads a hundred thousand."""

from datetime import UTC, datetime

from benchmarks.fuzz import read_one
from benchmarks.mutations import mutated
from planning.caller import Caller
from planning.errors import UnreadableFile
from planning.platform import Platform
from planning.services.imports import run_import
from sheets.files import SpreadsheetFiles
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, tzinfo=UTC)
READ = {"read", "partly"}
REFUSED = {
    *("empty", "too_large", "binary", "encoding", "web_page", "conflict", "columns", "no_handles", "no_followers"),
    *("old_excel", "password", "numbers", "damaged", "unpacked", "workbook_large"),
}


def test_a_broken_file_is_read_to_the_row_or_refused() -> None:
    outcomes = {read_one(mutated(seed, workbooks=0.02)) for seed in range(400)}
    assert outcomes <= READ | REFUSED
    assert outcomes & READ
    assert outcomes & REFUSED


async def test_a_broken_file_writes_all_that_it_says_or_nothing(sqlite_database: SqlDatabase) -> None:
    written = 0
    for seed in range(60):
        caller = Caller(seed + 1, 10, planner=True)
        try:
            report = await run_import(
                *(sqlite_database, SpreadsheetFiles(), caller),
                filename="roster",
                content=mutated(seed, workbooks=0.0),
                platform=Platform.INSTAGRAM,
                now=NOW,
            )
        except UnreadableFile:
            new = 0
        else:
            new = report.new
        async with sqlite_database.reading(caller.guild_id) as store:
            assert await store.accounts.count() == new
        written += new
    assert written
