"""`python -m benchmarks fuzz`: broken files, each read and understood or refused, in how much time and memory."""

import asyncio
import resource
import time
from collections import Counter

from benchmarks.figures import Row, note, print_row
from benchmarks.mutations import mutated
from planning.errors import UnreadableFile
from planning.imports.layout import choose_best
from planning.imports.repeats import merge_repeats
from planning.imports.rows import read_rows
from planning.platform import Platform
from sheets.files import SpreadsheetFiles
from sheets.workbook_process import MAX_MEMORY

PART = 10
"""A tenth of the accounts is how many files are broken: 100,000 of a million."""
WORKBOOKS = 0.1
MOST_SECONDS = 10.0
MOST_MEGABYTES = 300


async def run(accounts: int) -> None:
    """Print the row, and what became of the files."""
    files = accounts // PART
    outcomes, slowest = await asyncio.to_thread(_read_all, files)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    # What the system says of ended processes counts the memory of this one, which they shared before they began.
    books = MAX_MEMORY / 2**20
    note(", ".join(f"{count:,} {what}" for what, count in outcomes.most_common()))
    print_row(
        Row(
            "broken files, read or refused",
            f"{files:,} files",
            f"{slowest:.2f} s the slowest",
            f"{own:.0f} MB; {books:.0f} MB is what the process that reads workbooks is held to",
            f"{outcomes['crashed']} crashed",
            f"0, < {MOST_SECONDS:.0f} s, < {MOST_MEGABYTES} MB",
            not outcomes["crashed"] and slowest < MOST_SECONDS and max(own, books) < MOST_MEGABYTES,
        )
    )


def _read_all(files: int) -> tuple[Counter[str], float]:
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(files):
        content = mutated(seed, workbooks=WORKBOOKS)
        began = time.perf_counter()
        try:
            outcomes[read_one(content)] += 1
        except Exception as error:  # noqa: BLE001 - what is counted here is any that should not have been
            outcomes["crashed"] += 1
            note(f"seed {seed}: {error!r}")
        spent = time.perf_counter() - began
        if spent > slowest:
            slowest = spent
            note(f"seed {seed}: {spent:.2f} s")
        if seed % 10_000 == 9_999:
            note(f"… {seed + 1:,} of {files:,} files")
    return outcomes, slowest


def read_one(content: bytes) -> str:
    """What became of a file: it was refused for a reason, or its rows were read and rejected to the last."""
    try:
        table = SpreadsheetFiles().read("roster", content, choose_best)
        found = read_rows(table, platform=Platform.INSTAGRAM, currency="EUR")
    except UnreadableFile as refused:
        return refused.reason
    _, contradictions = merge_repeats(found)
    rejected = sum(problem.rejects_row for problem in found.problems)
    assert len(found.drafts) + rejected == found.rows
    return "partly" if rejected or contradictions else "read"
