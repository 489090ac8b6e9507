"""The cards with which a team keeps its schedules: before one begins, each of them, and all."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, heading, joined, lines, small, taken
from cogs.kit.language import Language
from cogs.kit.time import ago, at
from cogs.schedule.words import STATUS, channel, dates, ended, kind, name_of, told, unchanged, what, when
from planning.scheduling.schedules import AlertTask, Schedule, Status
from planning.services.schedules import Proposal, ScheduleView
from planning.settings import GuildSettings
from planning.tiers import Ladder

PAGE = 10
ROOM_FOR_ROWS = 3_600


def proposal_card(t: Language, proposal: Proposal, ladder: Ladder, *, timezone: str) -> Card:
    """What would be posted, where and when; nothing is until it is confirmed. `timezone` is the command to set it."""
    schedule, token = proposal.schedule, proposal.token
    text = lines(
        heading(t("New schedule: {name}", name=name_of(schedule))),
        what(t, schedule, ladder, list_name=proposal.list_name),
        _facts(t, schedule, proposal.zone.key),
    )
    unset = schedule.zone is None and proposal.zone.key == GuildSettings().timezone
    hint = t("Times are by UTC until your server has a time zone: {command}", command=timezone) if unset else None
    coming = lines(small(hint) if hint else None, bold(_to_come(t, schedule)), dates(proposal.dates))
    buttons: list[ui.Item[Any]] = [
        ActionButton("sch-yes", token, label=t("Start it"), style=discord.ButtonStyle.primary),
        ActionButton("sch-test", token, label=t("Send a test post")),
        ActionButton("sch-no", token, label=t("Cancel")),
    ]
    return Card(text, coming, buttons=[buttons])


def schedule_card(
    t: Language, view: ScheduleView, ladder: Ladder, guild_id: int, *, planner: bool, title: str = ""
) -> Card:
    """One schedule: what, where, when, how it stands, and how its last runs went. `title` says what was just done.

    Its buttons are for planners.
    """
    schedule = view.schedule
    stands = t("Now: {status}", status=bold(t(STATUS[schedule.status])))
    stopped = schedule.status in {Status.HALTED, Status.DEAD} and schedule.notice is not None
    text = lines(
        heading(name_of(schedule)),
        title or stands,
        what(t, schedule, ladder, list_name=view.list_name),
        _facts(t, schedule, view.zone.key),
        t("A post by hand is on its way.") if schedule.manual_at and not title else None,
        told(t, schedule.notice) if stopped and schedule.notice else None,
        small(t("{attempts} tries failed; the next is {when}.", attempts=schedule.attempts, when=ago(schedule.wake_at)))
        if schedule.attempts and schedule.wake_at and schedule.status is Status.ACTIVE
        else None,
    )
    coming = lines(bold(t("Next")), dates(view.dates)) if view.dates else ""
    past = [f"- {ended(t, run, guild_id, schedule.channel_id)}" for run in view.runs]
    before = lines(bold(t("Last")), *past) if past else small(t("It has not posted yet."))
    blocks = [text, *([coming] if coming else []), before]
    return Card(
        *blocks,
        buttons=[_buttons(t, schedule) if planner else []],
        accent=WARNING if stopped else discord.Colour(0x2A7F62),
    )


def _to_come(t: Language, schedule: Schedule) -> str:
    return t("It would look") if isinstance(schedule.task, AlertTask) else t("It would post")


def _facts(t: Language, schedule: Schedule, zone: str) -> str:
    role = schedule.mention_role_id
    late = t(
        "Posted late up to {hours} hours, then it counts as missed.",
        hours=t.number(schedule.grace.total_seconds() / 3600),
    )
    return lines(
        joined(channel(schedule.channel_id), when(t, schedule, zone), f"<@&{role}>" if role else None),
        small(joined(unchanged(t, schedule), late)),
    )


def _buttons(t: Language, schedule: Schedule) -> list[ui.Item[Any]]:
    buttons: list[ui.Item[Any]] = [ActionButton("sch-run", schedule.id, label=t("Post now"))]
    if schedule.status is Status.ACTIVE:
        buttons.append(ActionButton("sch-pause", schedule.id, label=t("Pause")))
    elif schedule.status is not Status.DONE:
        buttons.append(ActionButton("sch-resume", schedule.id, label=t("Resume")))
    buttons.append(ActionButton("sch-ask", schedule.id, label=t("Remove")))
    return buttons


def all_card(t: Language, views: Sequence[ScheduleView], offset: int, guild_id: int, *, make: str) -> Card:
    """A page of the server's schedules: when each comes next, and how its last run went."""
    if not views:
        return Card(t("There is no schedule yet. {command} makes one.", command=make))
    rows = taken((_row(t, view, guild_id) for view in views[offset : offset + PAGE]), room=ROOM_FOR_ROWS)
    pages: list[ui.Item[Any]] = []
    if offset:
        pages.append(ActionButton("sch-all", max(0, offset - PAGE), label=t("Previous page")))
    if offset + len(rows) < len(views):
        pages.append(ActionButton("sch-all", offset + len(rows), label=t("Next page")))
    title = heading(t.many("{n} schedule", "{n} schedules", len(views)))
    return Card(title, lines(*rows) or t("No more."), buttons=[pages])


def _row(t: Language, view: ScheduleView, guild_id: int) -> str:
    schedule = view.schedule
    coming = t("next {when}", when=f"{at(view.dates[0])} ({ago(view.dates[0])})") if view.dates else None
    past = [ended(t, run, guild_id, schedule.channel_id) for run in view.runs]
    return lines(
        joined(bold(name_of(schedule)), channel(schedule.channel_id), coming or bold(t(STATUS[schedule.status]))),
        small(joined(kind(t, schedule), when(t, schedule, view.zone.key), *(past or [t("not posted yet")]))),
    )


def removal_card(t: Language, schedule: Schedule) -> Card:
    """Ask before a schedule goes."""
    text = t("Remove the schedule {name}? Its posts stay where they are.", name=name_of(schedule))
    remove = ActionButton("sch-gone", schedule.id, label=t("Remove it"), style=discord.ButtonStyle.danger)
    return Card(text, buttons=[[remove, ActionButton("sch-keep", label=t("Keep it"))]], accent=WARNING)
