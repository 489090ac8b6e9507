"""`/influencer import` and `export`: the roster from and to a file."""

import asyncio
import io
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from cogs.influencer.filters import SUGGESTED, read_filter
from cogs.influencer.import_card import (
    NOT_USED,
    PROBLEMS_FILE,
    PROBLEMS_HEADER,
    SHOWN_PROBLEMS,
    column_card,
    done_card,
    problem_rows,
    proposal_card,
)
from cogs.influencer.progress_card import begun_card, stopping_card
from cogs.influencer.report_files import report_files
from cogs.influencer.roster_sheet import roster_columns, roster_rows
from cogs.kit.buttons import action
from cogs.kit.cards import Card, lines
from cogs.kit.options import FORMATS, PLATFORMS, Typed
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.kit.state import unpack
from planning.import_files import ImportFile
from planning.import_jobs import ImportJob
from planning.imports.headers import Field
from planning.imports.mapping import Chosen
from planning.imports.problems import Problem
from planning.platform import Platform
from planning.services.background_imports import cancel_import
from planning.services.exports import collect_roster, export_roster
from planning.services.proposed_imports import (
    Proposal,
    check_size,
    confirm_import,
    propose_column,
    propose_import,
    propose_sheet,
)


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
    @app_commands.choices(platform=PLATFORMS, kind=FORMATS)
    @app_commands.autocomplete(**SUGGESTED)
    async def export(
        self,
        interaction: discord.Interaction,
        kind: str = "csv",
        niche: Typed | None = None,
        tier: Typed | None = None,
        platform: str | None = None,
        country: Typed | None = None,
    ) -> None:
        """The roster, or a part of it, as a file that import reads back.

        Args:
            kind: A CSV file, or an Excel workbook with tiers, rates and ages beside.
            niche: Only this niche.
            tier: Only this size, by the server's ladder.
            platform: Only this platform.
            country: Only this country.
        """
        request = await Request.begin(interaction, self.services)
        wanted = read_filter(request.settings.ladder, niche, tier, platform, country)
        roster = await collect_roster(request.database, request.caller, wanted)
        t, name = request.t, f"roster.{kind}"
        if kind == "xlsx":
            rows = await asyncio.to_thread(roster_rows, t, roster, request.settings.ladder, request.now)
            content = await asyncio.to_thread(self.services.workbooks.write, t("Roster"), roster_columns(t), rows)
        else:
            content = await export_roster(self.services.writer, roster)
        told = t.many("{n} account as it is now.", "{n} accounts as they are now.", len(roster.accounts))
        card = Card(lines(told, t("Import reads the file back without loss.")), files=[name])
        await request.answer(card, files=[discord.File(io.BytesIO(content), name)])

    @action("import-sheet")
    async def read_sheet(self, interaction: discord.Interaction, state: str) -> None:
        """Show another sheet of the workbook."""
        sheet, _, token = state.rpartition(":")
        request = await Request.begin_update(interaction, self.services)
        proposal = await propose_sheet(
            request.database, self.services.reader, request.caller, token, sheet, now=request.now
        )
        await self._show(request, proposal)

    @action("import-column")
    async def ask_for_column(self, interaction: discord.Interaction, state: str) -> None:
        """Ask what a column is."""
        index, token = unpack(state, 2)
        request = await Request.begin_update(interaction, self.services)
        await request.answer(column_card(request.t, int(index or 0), token or ""))

    @action("import-field")
    async def read_column(self, interaction: discord.Interaction, state: str) -> None:
        """Read a column as the person says."""
        field, index, token = unpack(state, 3)
        await self._read_again(interaction, token, {int(index or 0): None if field == NOT_USED else Field(field)})

    @action("import-back")
    async def show_again(self, interaction: discord.Interaction, state: str) -> None:
        """Show the file as it was read before."""
        await self._read_again(interaction, state, {})

    @action("import")
    async def confirm(self, interaction: discord.Interaction, state: str) -> None:
        """Write the file that was shown."""
        request = await Request.begin_update(interaction, self.services)
        done = await confirm_import(
            request.database,
            self.services.reader,
            request.caller,
            state,
            channel_id=interaction.channel_id if may_both_post(interaction) else None,
            now=request.now,
            chunk=self.services.import_chunk,
        )
        if isinstance(done, ImportJob):
            await request.answer(begun_card(request.t, done))
            return
        files = await report_files(request.t, self.services.writer, done.report, done.rejected)
        card = done_card(request.t, done.report, [file.name for file in files])
        await request.answer(card, files=[file.attach() for file in files])

    @action("import-stop")
    async def stop(self, interaction: discord.Interaction, state: str) -> None:
        """Have an import stop that runs in the background."""
        request = await Request.begin(interaction, self.services)
        stopped = await cancel_import(request.database, request.caller, state, now=request.now)
        await request.answer(stopping_card(request.t, stopped=stopped))

    async def _read_again(self, interaction: discord.Interaction, token: str | None, chosen: Chosen) -> None:
        request = await Request.begin_update(interaction, self.services)
        proposal = await propose_column(
            request.database, self.services.reader, request.caller, token or "", chosen, now=request.now
        )
        await self._show(request, proposal)

    async def _show(self, request: Request, proposal: Proposal) -> None:
        files = problems_file(request, proposal.report.problems)
        await request.answer(proposal_card(request.t, proposal), files=files)


def may_both_post(interaction: discord.Interaction) -> bool:
    """Whether this person and the bot may write in the channel."""
    return interaction.permissions.send_messages and interaction.app_permissions.send_messages


def problems_file(request: Request, problems: Sequence[Problem]) -> list[discord.File]:
    """Every problem as a file, where the card has no room for all."""
    if len(problems) <= SHOWN_PROBLEMS:
        return []
    content = request.services.writer.write(PROBLEMS_HEADER, problem_rows(request.t, problems))
    return [discord.File(io.BytesIO(content), PROBLEMS_FILE)]
