"""What a schedule posts, how it stands and how its runs ended, in words that every card of schedules shares."""

from collections.abc import Sequence
from datetime import datetime

from cogs.kit.cadences import cadence_words
from cogs.kit.cards import joined
from cogs.kit.language import Language, mark
from cogs.kit.options import tier_name
from cogs.kit.permissions import permission_names
from cogs.kit.problems import platform_label
from cogs.kit.safe import plain
from cogs.kit.time import ago, at
from cogs.shortlist.ranking import GOALS
from planning.money import Money
from planning.scheduling.runs import Ended, Outcome
from planning.scheduling.schedules import (
    AlertTask,
    HaltReason,
    Notice,
    NoticeKind,
    Schedule,
    ShortlistTask,
    Status,
    Unchanged,
)
from planning.tiers import Ladder

SHOWN_NAME = 60

STATUS: dict[Status, str] = {
    Status.ACTIVE: mark("running"),
    Status.PAUSED: mark("paused"),
    Status.HALTED: mark("stopped until something is mended"),
    Status.DEAD: mark("given up after failing again and again"),
    Status.DONE: mark("over"),
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.POSTED: mark("posted {when}"),
    Outcome.QUIET: mark("nothing new {when}, so nothing was posted"),
    Outcome.MISSED: mark("missed: it was due {when}"),
    Outcome.HALTED: mark("could not be posted {when}"),
    Outcome.FAILED: mark("failed {when}"),
}


def name_of(schedule: Schedule) -> str:
    """The schedule's name."""
    return plain(schedule.name, SHOWN_NAME)


def channel(channel_id: int) -> str:
    """A channel, to click."""
    return f"<#{channel_id}>"


def what(t: Language, schedule: Schedule, ladder: Ladder, *, list_name: str | None = None) -> str:
    """What is posted, in a line."""
    task = schedule.task
    if isinstance(task, ShortlistTask):
        return t("Shortlist: {what}", what=_asked(t, task, ladder))
    of = plain(task.niche) if task.niche else t("the list {list}", list=plain(list_name or "?", SHOWN_NAME))
    return t(
        "Alert for {of}: another tier, followers up or down by {jump}, numbers older than {days} days",
        of=of,
        jump=t.whole_percent(task.jump),
        days=t.number(task.older_than),
    )


def _asked(t: Language, task: ShortlistTask, ladder: Ladder) -> str:
    query = task.query
    tier = ladder.find(task.tier)
    limit = query.max_price_minor
    return joined(
        plain(query.niche),
        tier_name(t, tier, ladder) if tier else plain(task.tier),
        t.many("{n} pick", "{n} picks", query.limit),
        t(GOALS[query.goal]),
        platform_label(t, query.platform) if query.platform else None,
        t.country(query.country) if query.country else None,
        t.language(query.language) if query.language else None,
        t("up to {price}", price=t.money(Money(limit, query.currency))) if limit is not None else None,
    )


def kind(t: Language, schedule: Schedule) -> str:
    """Which kind of post it is."""
    return t("shortlist") if isinstance(schedule.task, ShortlistTask) else t("alert")


def when(t: Language, schedule: Schedule, zone: str) -> str:
    """The rhythm in full, with its zone."""
    return cadence_words(schedule.cadence, zone, t)


def dates(moments: Sequence[datetime]) -> str:
    """Instants, each in the reader's own zone."""
    return "\n".join(f"- {at(moment)} ({ago(moment)})" for moment in moments)


def ended(t: Language, run: Ended, guild_id: int, channel_id: int) -> str:
    """How a run ended, with a link to its post."""
    moment = run.run.at if run.outcome is Outcome.MISSED else run.at
    said = t(OUTCOMES[run.outcome], when=at(moment))
    if run.message_id is not None:
        said = f"[{said}](https://discord.com/channels/{guild_id}/{channel_id}/{run.message_id})"
    return joined(said, t("by hand") if run.run.manual else None)


def unchanged(t: Language, schedule: Schedule) -> str | None:
    """What happens where nothing is new; None for what posts once."""
    if schedule.cadence.once:
        return None
    if isinstance(schedule.task, AlertTask):
        return t("It posts only when there is something to tell.")
    if schedule.unchanged is Unchanged.LINE:
        return t("Where nothing is new, it posts one line.")
    return t("Where nothing is new, it posts nothing.")


def told(t: Language, notice: Notice) -> str:
    """What a planner is told: what happened, and what to do."""
    if notice.kind is NoticeKind.MISSED:
        return t(
            "The post that was due {when} was missed: I, or Discord, could not be reached for longer than its grace "
            "period. The next one comes at its time; /schedule run posts one now.",
            when=at(notice.at),
        )
    if notice.kind is NoticeKind.DEAD:
        return t(
            "The post that was due {when} failed again and again, so I gave the schedule up. The reason is on our "
            "side: tell whoever runs the bot ({why}). /schedule resume starts it again.",
            when=at(notice.at),
            why=plain(notice.detail, 80),
        )
    return t(
        "The post that was due {when} could not be made: {why}. Then resume it with /schedule resume; /schedule run "
        "posts at once.",
        when=at(notice.at),
        why=_halted(t, notice),
    )


def _halted(t: Language, notice: Notice) -> str:
    match notice.halt:
        case HaltReason.PERMISSIONS:
            names = permission_names(t, notice.detail.split(","))
            return t("I lack a permission in the channel, {names}. Grant it", names=names)
        case HaltReason.CHANNEL_GONE:
            return t("the channel is gone, or I can't see it. Choose another with /schedule edit")
        case HaltReason.NO_NICHE:
            return t(
                "no account carries a niche that means {niche} any more. Change it with /schedule edit",
                niche=plain(notice.detail),
            )
        case HaltReason.LIST_GONE:
            return t("the list was deleted. Choose another with /schedule edit")
        case _:
            return t("Discord refused it ({why}). Check the channel's settings", why=plain(notice.detail, 200))
