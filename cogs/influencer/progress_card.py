"""The cards of an import that runs in the background: that it began, how far it is, and how it ended."""

from collections.abc import Sequence

import discord

from cogs.influencer.import_card import done_card
from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, heading, joined, lines, small
from cogs.kit.language import Language, mark
from cogs.kit.problems import problem_text
from cogs.kit.safe import plain
from cogs.schedule.words import channel
from planning.import_jobs import ImportJob
from planning.services.import_reporting import End, Ending

BAR = 20
"""Characters of a full bar."""

ENDED: dict[End, str] = {
    End.CANCELLED: mark("The import of {file} was cancelled"),
    End.UNREADABLE: mark("{file} can't be read any more"),
    End.CHANGED: mark("The import of {file} was stopped"),
    End.FAILED: mark("The import of {file} failed"),
}
WHY: dict[End, str] = {
    End.CHANGED: mark(
        "Since it began, the server's currency or the bot itself changed, and the file would be read in another way."
    ),
    End.FAILED: mark("It went wrong on our side again and again. Tell whoever runs the bot."),
}


def begun_card(t: Language, job: ImportJob) -> Card:
    """For who confirmed it: that it runs, and where it says how far it is."""
    where = (
        t("{channel} shows how far it is, and what became of the rows.", channel=channel(job.channel_id))
        if job.channel_id is not None
        else t("You or I may not write in this channel, so I tell you the end in a direct message.")
    )
    return Card(lines(heading(t("Importing {file}", file=plain(job.filename))), where, small(t(GOES_ON))))


GOES_ON = mark("It runs in the background. If the bot restarts, it goes on from where it was.")


def progress_card(t: Language, job: ImportJob) -> Card:
    """How far it is, for the whole channel, with Cancel."""
    return Card(
        lines(
            heading(t("Importing {file}", file=plain(job.filename))),
            t("The file is being read.") if job.total is None else _bar(t, job.done, job.total),
            _counts(t, job),
        ),
        lines(small(_by(t, job)), small(t(GOES_ON)), small(t("Cancel keeps what is written."))),
        buttons=[[ActionButton("import-stop", job.token, label=t("Cancel"), style=discord.ButtonStyle.danger)]],
    )


def ending_card(
    t: Language, job: ImportJob, ending: Ending, files: Sequence[str], *, server: str | None = None
) -> Card:
    """How it ended; `server` is its name where this is read outside of it."""
    notes = [small(joined(plain(server) if server else None, plain(job.filename), _by(t, job)))]
    if ending.report is not None:
        return done_card(t, ending.report, files, notes=notes)
    written = t(
        "{done} of {total} accounts were written, and stay. Import the file again to write the others.",
        done=t.number(job.done),
        total=t.number(job.total or 0),
    )
    return Card(
        lines(
            heading(t(ENDED[ending.end], file=plain(job.filename))),
            t(WHY[ending.end]) if ending.end in WHY else None,
            problem_text(t, ending.error) if ending.error else None,
            written if job.done else t("Nothing was written."),
            _counts(t, job),
            *notes,
        ),
        accent=WARNING,
    )


def stopping_card(t: Language, *, stopped: bool) -> Card:
    """For who pressed Cancel."""
    if not stopped:
        return Card(t("This import is over already."), accent=WARNING)
    return Card(t("It stops once the accounts are written that are being written now."))


def _bar(t: Language, done: int, total: int) -> str:
    share = done / total if total else 1.0
    full = int(share * BAR)
    bar = "█" * full + "░" * (BAR - full)
    told = t("{done} of {total} accounts", done=t.number(done), total=t.number(total))
    return lines(f"`{bar}` {t.whole_percent(share)}", told)


def _counts(t: Language, job: ImportJob) -> str | None:
    if not job.done:
        return None
    return joined(
        t("{n} new", n=t.number(job.new)),
        t("{n} changed", n=t.number(job.updated)),
        t("{n} unchanged", n=t.number(job.unchanged)),
    )


def _by(t: Language, job: ImportJob) -> str:
    return t("Started by {person}", person=f"<@{job.author_id}>")
