"""`/influencer import` and `export`: the roster from and to a file."""

import io
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from cogs.influencer.import_card import (
    PROBLEMS_FILE,
    PROBLEMS_HEADER,
    SHOWN_PROBLEMS,
    done_card,
    problem_rows,
    proposal_card,
)
from cogs.kit.buttons import action
from cogs.kit.cards import Card
from cogs.kit.options import PLATFORMS
from cogs.kit.request import Request
from cogs.kit.services import Services
from planning.imports.problems import Problem
from planning.platform import Platform
from planning.services.exports import export_roster
from planning.services.proposed_imports import (
    ImportFile,
    Proposal,
    check_size,
    confirm_import,
    propose_import,
    propose_sheet,
)

ROSTER_FILE = "roster.csv"


class FileCommands(commands.Cog):
    """The part of `/influencer` that reads and writes files."""

    services: Services

    @app_commands.command(name="import")
    @app_commands.choices(platform=PLATFORMS)
    async def import_(
        self, interaction: discord.Interaction, file: discord.Attachment, platform: str | None = None
    ) -> None:
        """Read influencers from a spreadsheet; shows what it understood before it writes anything.

        Args:
            file: CSV, Excel (.xlsx) or OpenDocument (.ods), with a header: at least handles and followers.
            platform: Where the accounts are, when the file doesn't say it.
        """
        request = await Request.begin(interaction, self.services)
        request.caller.must_plan()
        check_size(file.size)
        proposal = await propose_import(
            request.database,
            self.services.reader,
            request.caller,
            ImportFile(file.filename, await file.read(), Platform(platform) if platform else None),
            now=request.now,
        )
        await self._show(request, proposal)

    @app_commands.command()
    async def export(self, interaction: discord.Interaction) -> None:
        """The whole roster as a CSV file that import reads back."""
        request = await Request.begin(interaction, self.services)
        content = await export_roster(request.database, self.services.writer, request.caller)
        card = Card(request.t("The roster as it is now. Import reads it back without loss."), file=ROSTER_FILE)
        await request.answer(card, files=[discord.File(io.BytesIO(content), ROSTER_FILE)])

    @action("import-sheet")
    async def read_sheet(self, interaction: discord.Interaction, state: str) -> None:
        """Show another sheet of the workbook."""
        sheet, _, token = state.rpartition(":")
        request = await Request.begin_update(interaction, self.services)
        proposal = await propose_sheet(
            request.database, self.services.reader, request.caller, token, sheet, now=request.now
        )
        await self._show(request, proposal)

    @action("import")
    async def confirm(self, interaction: discord.Interaction, state: str) -> None:
        """Write the file that was shown."""
        request = await Request.begin_update(interaction, self.services)
        report = await confirm_import(request.database, self.services.reader, request.caller, state, now=request.now)
        await request.answer(done_card(request.t, report), files=problems_file(request, report.problems))

    async def _show(self, request: Request, proposal: Proposal) -> None:
        files = problems_file(request, proposal.report.problems)
        await request.answer(proposal_card(request.t, proposal), files=files)


def problems_file(request: Request, problems: Sequence[Problem]) -> list[discord.File]:
    """Every problem as a file, where the card has no room for all."""
    if len(problems) <= SHOWN_PROBLEMS:
        return []
    content = request.services.writer.write(PROBLEMS_HEADER, problem_rows(request.t, problems))
    return [discord.File(io.BytesIO(content), PROBLEMS_FILE)]
