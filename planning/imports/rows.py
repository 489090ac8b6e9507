"""Rows of a file into drafts of accounts and problems."""

from planning.files import Table
from planning.imports.choosing import understand_columns
from planning.imports.found import ReadRows
from planning.imports.layout import find_table
from planning.imports.mapping import Chosen
from planning.imports.row_reader import RowReader, home_of
from planning.platform import Platform

_PART = 5_000


def read_rows(
    table: Table, *, platform: Platform | None, currency: str | None, chosen: Chosen | None = None
) -> ReadRows:
    """Understand a whole table. `platform` and `currency` fill in where the file does not say, and what a person has
    `chosen` stands above what the columns say.

    A row whose handle, platform or followers can't be read is rejected with one problem; any other cell that can't be
    read is left out, with a problem, and the row is kept. Raises `UnreadableFile("columns")`.
    """
    table = find_table(table)
    found = ReadRows(understand_columns(table.header, table.rows, chosen))
    accounts = sorted({use.account for use in found.columns if use.account is not None}) or [None]
    groups = [[use for use in found.columns if use.account in (None, account)] for account in accounts]
    homes = [home_of(group).index for group in groups]
    readers = [
        RowReader(table, group, platform, currency, others=[*homes[:place], *homes[place + 1 :]], first=place == 0)
        for place, group in enumerate(groups)
    ]
    for start in range(0, len(table.rows), _PART):
        for reader in readers:
            reader.read_part(start, start + _PART, found)
    if len(readers) > 1:
        found.problems.sort(key=lambda told: told.row)
    return found
