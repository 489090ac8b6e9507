"""The rows that an import rejected, out of its file."""

import asyncio
from collections.abc import Sequence

from planning.files import TableReader
from planning.import_files import ImportFile
from planning.imports.problems import Problem
from planning.imports.rejected import Rejected, find_rejected
from planning.services.imports import platform_of, read_table


async def collect_rejected(reader: TableReader, file: ImportFile, problems: Sequence[Problem]) -> Rejected | None:
    """The rejected rows whole; None where there are none.

    The file is read once more: to keep all of its cells until its end would cost every import that memory.
    """
    if not any(told.rejects_row for told in problems):
        return None

    def collect() -> Rejected:
        table = read_table(reader, file.filename, file.content, file.sheet)
        return find_rejected(table, problems, platform_of(file.platform, table, file.filename))

    return await asyncio.to_thread(collect)
