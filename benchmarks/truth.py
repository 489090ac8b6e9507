"""`python -m benchmarks truth`: tables of which the truth is known, each read to the last figure."""

import asyncio

from benchmarks.figures import Row, note, print_row
from benchmarks.made_tables import MadeTable, made_table
from planning.imports.layout import choose_best
from planning.imports.rows import read_rows
from sheets.files import SpreadsheetFiles

TABLES = 2_000


async def run(_accounts: int) -> None:
    """Print the row."""
    wrong = await asyncio.to_thread(_count_wrong)
    right = 1 - wrong / TABLES
    print_row(
        Row(
            "tables of known truth",
            f"{TABLES:,} tables",
            f"{TABLES - wrong:,} right",
            "",
            f"{right:.2%}",
            "100%",
            not wrong,
        )
    )


def _count_wrong() -> int:
    wrong = 0
    for seed in range(TABLES):
        if difference := find_difference(made_table(seed)):
            wrong += 1
            note(f"seed {seed}: {difference}")
    return wrong


def find_difference(made: MadeTable) -> str:
    """What is read otherwise than it was meant; nothing where all is right."""
    table = SpreadsheetFiles().read("roster.csv", made.content, choose_best)
    found = read_rows(table, platform=None, currency="EUR")
    rejected = sum(problem.rejects_row for problem in found.problems)
    if len(found.problems) != rejected or rejected != made.rejected:
        return f"{rejected} rejected and not {made.rejected}: {found.problems}"
    if len(found.drafts) != len(made.drafts):
        return f"{len(found.drafts)} accounts and not {len(made.drafts)}"
    return next(
        (f"{one} and not {other}" for one, other in zip(found.drafts, made.drafts, strict=True) if one != other), ""
    )
