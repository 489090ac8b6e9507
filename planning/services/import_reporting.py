"""What is told of an import in the background. Cards put it into words; the bot sends it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from planning.errors import UnreadableFile
from planning.import_jobs import ImportJob
from planning.imports.rejected import Rejected
from planning.services.imports import ImportReport
from planning.settings import GuildSettings


class End(StrEnum):
    """How an import ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    UNREADABLE = "unreadable"
    """Its file could not be read any more."""
    CHANGED = "changed"
    """Its file would be read in another way than when it began: the server's currency changed, or the program did."""
    FAILED = "failed"
    """It went wrong again and again."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an import ended: with a report and the rejected rows, if any, where it is done; with an error where its file
    could not be read."""

    end: End
    report: ImportReport | None = None
    rejected: Rejected | None = None
    error: UnreadableFile | None = None


class ServerGone(Exception):
    """The bot is in this server no more."""


class ImportReporter(Protocol):
    """Discord, as far as imports in the background need it. All is in the server's language."""

    async def show(self, guild_id: int, job: ImportJob, settings: GuildSettings) -> int | None:
        """Show in its message how far it is, or send one where it has none; that message's id.

        None where that can't be: there is no channel, it or the message is gone, or the bot may not write there. Raises
        `ServerGone`, `planning.services.publishing.NotNow`.
        """
        ...

    async def finish(self, guild_id: int, job: ImportJob, ending: Ending, settings: GuildSettings) -> None:
        """Show how it ended: in its message, else in a new one, else to its author alone, or, where they take none, to
        nobody. Raises `ServerGone`, `planning.services.publishing.NotNow`.
        """
        ...
