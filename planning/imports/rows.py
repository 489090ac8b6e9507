"""Rows of a file into drafts of accounts and problems."""

from planning.files import Table
from planning.imports.found import ReadRows
from planning.imports.mapping import Chosen
from planning.imports.roster_file import RosterFile
from planning.platform import Platform


def read_rows(
    table: Table, *, platform: Platform | None, currency: str | None, chosen: Chosen | None = None
) -> ReadRows:
    """All that a table says, as `RosterFile` understands it. Raises `UnreadableFile`, as `understand_columns` does."""
    return RosterFile(table, platform=platform, currency=currency, chosen=chosen).read_all()
