"""The files at the end of an import: its rejected rows, to be mended, and the cells that were left out of others."""

import asyncio
import io
import zipfile
from dataclasses import dataclass

import discord

from cogs.influencer.import_card import PROBLEMS_FILE, PROBLEMS_HEADER, SHOWN_PROBLEMS, problem_rows
from cogs.kit.language import Language
from cogs.kit.problems import reason_text
from planning.files import TableWriter
from planning.imports.problems import Problem
from planning.imports.rejected import Rejected, report_rows
from planning.platform import Platform
from planning.services.imports import ImportReport

REJECTED_FILE = "rejected-rows.csv"
SAID_AS = {Platform.X: "twitter"}
"""How a file's name says a platform whose own name is too short for that."""
MOST_BYTES = 8_000_000
"""A larger file is packed: Discord takes ten megabytes."""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to attach to a message, as often as it is tried."""

    name: str
    content: bytes

    def attach(self) -> discord.File:
        """It, to be sent once."""
        return discord.File(io.BytesIO(self.content), self.name)


async def report_files(
    t: Language, writer: TableWriter, report: ImportReport, rejected: Rejected | None
) -> list[ReportFile]:
    """The rejected rows whole, if any; the cells that were left out, where the card has no room for all problems."""

    def write() -> list[ReportFile]:
        files: list[ReportFile] = []
        if rejected is not None:
            content = writer.write(*report_rows(rejected, lambda told: _reason(t, told)))
            files.append(_packed(rejected_name(rejected), content))
        left_out = [told for told in report.problems if not told.rejects_row]
        if left_out and len(report.problems) > SHOWN_PROBLEMS:
            content = writer.write(PROBLEMS_HEADER, problem_rows(t, left_out))
            files.append(_packed(PROBLEMS_FILE, content))
        return files

    return await asyncio.to_thread(write)


def rejected_name(rejected: Rejected) -> str:
    """The file's name, which says the platform where the rows do not, so that importing it needs nothing else."""
    if rejected.platform is None:
        return REJECTED_FILE
    return REJECTED_FILE.replace("-", f"-{SAID_AS.get(rejected.platform, rejected.platform.value)}-")


def _reason(t: Language, told: Problem) -> str:
    reason = reason_text(t, told.reason, told.detail)
    return f"{told.column}: {reason}" if told.column else reason


def _packed(name: str, content: bytes) -> ReportFile:
    if len(content) <= MOST_BYTES:
        return ReportFile(name, content)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return ReportFile(f"{name}.zip", packed.getvalue())
