"""Shows in Discord how far an import in the background is, and how it ended."""

from collections.abc import Awaitable, Callable, Sequence

import discord
import structlog

from bot.client import Microscout
from bot.publishing import DiscordPublisher
from cogs.influencer.progress_card import ending_card, progress_card
from cogs.influencer.report_files import ReportFile, report_files
from cogs.kit.cards import Card
from cogs.kit.language import Language
from planning.import_jobs import ImportJob
from planning.scheduling.schedules import HaltReason
from planning.services.import_reporting import Ending, ServerGone
from planning.services.publishing import Halt, NotNow
from planning.settings import GuildSettings

NOBODY = discord.AllowedMentions.none()

_log = structlog.stdlib.get_logger("microscout.importing")


class DiscordImportReporter:
    """Implements `planning.services.import_reporting.ImportReporter`; its messages take turns with scheduled posts."""

    def __init__(self, bot: Microscout, publisher: DiscordPublisher) -> None:
        self._bot = bot
        self._publisher = publisher

    async def show(self, guild_id: int, job: ImportJob, settings: GuildSettings) -> int | None:
        """Show in its message how far it is; that message's id, None where that can't be. Raises as the port says."""
        self._guild(guild_id)
        card = progress_card(self._language(settings), job)
        try:
            if job.message_id is None:
                return await self._post(guild_id, job, card, job.token)
            await self._edit(guild_id, job, card)
        except Halt as halt:
            _log.info("an import can't be shown", guild_id=guild_id, why=str(halt))
            return None
        return job.message_id

    async def finish(self, guild_id: int, job: ImportJob, ending: Ending, settings: GuildSettings) -> None:
        """Show how it ended, where it can be shown. Raises as the port says."""
        guild = self._guild(guild_id)
        t = self._language(settings)
        writer = self._bot.services.writer
        files = await report_files(t, writer, ending.report, ending.rejected) if ending.report else []
        names = [file.name for file in files]
        ways: tuple[Callable[[], Awaitable[object]], ...] = (
            lambda: self._edit(guild_id, job, ending_card(t, job, ending, names), files),
            lambda: self._post(guild_id, job, ending_card(t, job, ending, names), f"{job.token}.", files),
            lambda: self._tell(job, ending_card(t, job, ending, names, server=guild.name), files),
        )
        for way in ways:
            try:
                await way()
            except Halt as halt:
                _log.info("the end of an import can't be told there", guild_id=guild_id, why=str(halt))
            else:
                return

    async def _post(
        self, guild_id: int, job: ImportJob, card: Card, nonce: str, files: Sequence[ReportFile] = ()
    ) -> int:
        if job.channel_id is None:
            raise Halt(HaltReason.CHANNEL_GONE)
        place = self._bot.get_partial_messageable(job.channel_id, guild_id=guild_id)
        attached = [file.attach() for file in files]
        async with self._publisher.asking(job.channel_id):
            message = await place.send(view=card, files=attached, nonce=nonce, allowed_mentions=NOBODY)
        return message.id

    async def _edit(self, guild_id: int, job: ImportJob, card: Card, files: Sequence[ReportFile] = ()) -> None:
        if job.channel_id is None or job.message_id is None:
            raise Halt(HaltReason.CHANNEL_GONE)
        place = self._bot.get_partial_messageable(job.channel_id, guild_id=guild_id)
        attached = [file.attach() for file in files]
        async with self._publisher.asking(job.channel_id):
            message = place.get_partial_message(job.message_id)
            await message.edit(view=card, attachments=attached, allowed_mentions=NOBODY)

    async def _tell(self, job: ImportJob, card: Card, files: Sequence[ReportFile]) -> None:
        async with self._publisher.asking():
            person = await self._bot.create_dm(discord.Object(job.author_id))
        attached = [file.attach() for file in files]
        async with self._publisher.asking(person.id):
            await person.send(view=card, files=attached, nonce=job.token, allowed_mentions=NOBODY)

    def _guild(self, guild_id: int) -> discord.Guild:
        if not self._bot.is_ready():
            raise NotNow("the connection to Discord is not up")
        guild = self._bot.get_guild(guild_id)
        if guild is None:
            raise ServerGone
        if guild.unavailable:
            raise NotNow("the server is not available at Discord")
        return guild

    def _language(self, settings: GuildSettings) -> Language:
        return self._bot.services.languages.get(settings.language)
