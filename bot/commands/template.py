"""`template`: an empty roster to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.edge import Mistake, started
from bot.commands.files import is_workbook, write_file
from planning.files import Cell, Column, Format
from sheets.csv_files import CsvFiles
from sheets.workbooks import Workbooks

COLUMNS = (
    *(Column("handle", "handle"), Column("platform", "platform"), Column("name", "name")),
    *(Column("followers", "followers", Format.COUNT), Column("niches", "niches"), Column("country", "country")),
    *(Column("language", "language"), Column("likes", "avg likes", Format.DECIMAL)),
    *(Column("comments", "avg comments", Format.DECIMAL), Column("views", "avg views", Format.DECIMAL)),
    *(Column("posts_averaged", "posts averaged", Format.COUNT), Column("price", "price")),
)
# The handles of the examples are none, so that a file in which they were left is imported without them.
EXAMPLES: tuple[tuple[Cell, ...], ...] = (
    (
        *("example: @moss.kitchen", "instagram", "Moss Kitchen", 12_400, "vegan, baking", "NL", "nl"),
        *(523.5, 18, None, 12, "250 EUR"),
    ),
    (
        *("example: https://www.tiktok.com/@fern", "tiktok", "Fern", "3.2K", "travel", "Germany", "German"),
        *(None, None, 1_900, None, None),
    ),
    ("Write your own below: handle, platform and followers are needed, the rest may stay empty.", *[None] * 11),
)


def template_file(
    file: Annotated[
        Path,
        typer.Argument(help="The file to write, .csv or .xlsx; one that exists is not replaced.", show_default=False),
    ],
) -> None:
    """Write an empty roster with examples, to fill in and import."""
    with started():
        if file.exists():
            raise Mistake(f"{file} exists: give another name")
        if is_workbook(file):
            content = Workbooks().write("Roster", COLUMNS, EXAMPLES)
        else:
            texts = [["" if cell is None else str(cell) for cell in row] for row in EXAMPLES]
            content = CsvFiles().write([column.title for column in COLUMNS], texts)
        write_file(file, content)
        typer.echo(f"wrote {file}; import passes over its examples")
