"""The card of one pick of a list: every vote with its reason, the note, the veto."""

from typing import Any

import discord
from discord import ui

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import Card, bold, fitting, heading, lines, small
from cogs.kit.language import Language
from cogs.kit.safe import plain
from cogs.kit.state import pack
from cogs.lists.words import SHOWN_NAME, handle, member, quoted, since_then, who
from planning.lists import Vote
from planning.services.votes import PickView
from planning.tiers import Ladder

ROOM_FOR_VOTES = 2_000


def pick_card(t: Language, view: PickView, ladder: Ladder, *, user_id: int, planner: bool) -> Card:
    """What the team makes of it, and what the person who asks can say."""
    pick, account = view.pick, view.pick.pick.account
    blocks = [
        lines(
            heading(t("{handle} on {list}", handle=handle(account), list=plain(view.entry.name, SHOWN_NAME))),
            small(who(t, account)),
            small(since_then(t, account, view.today, ladder)),
        ),
        _votes(t, view.votes),
    ]
    if pick.note:
        blocks.append(lines(bold(t("Note")), quoted(pick.note)))
    if pick.veto:
        said = bold(t("Vetoed by {member}", member=member(pick.veto.by)))
        blocks.append(lines(said, quoted(pick.veto.reason) if pick.veto.reason else None))
    return Card(*blocks, buttons=[_buttons(t, view, user_id=user_id, planner=planner)])


def _votes(t: Language, votes: list[Vote]) -> str:
    if not votes:
        return t("Nobody has voted yet.")
    told = [
        f"{'👍' if vote.up else '👎'} {member(vote.user_id)}" + (f": {quoted(vote.reason)}" if vote.reason else "")
        for vote in sorted(votes, key=lambda vote: (not vote.up, vote.reason is None, vote.user_id))
    ]
    shown = fitting(told, room=ROOM_FOR_VOTES)
    rest = len(told) - shown
    return lines(*told[:shown], t.many("{n} more vote", "{n} more votes", rest) if rest else None)


def _buttons(t: Language, view: PickView, *, user_id: int, planner: bool) -> list[ui.Item[Any]]:
    state = pack(view.entry.id, view.pick.account_id)
    veto = view.pick.veto
    buttons: list[ui.Item[Any]] = []
    if any(vote.user_id == user_id for vote in view.votes):
        buttons.append(ActionButton("vote-why", state, label=t("Why I voted so")))
    buttons.append(ActionButton("pick-note", state, label=t("Change the note") if view.pick.note else t("Add a note")))
    if veto is None:
        buttons.append(ActionButton("pick-veto", state, label=t("Veto"), style=discord.ButtonStyle.danger))
    elif planner or veto.by == user_id:
        buttons.append(ActionButton("pick-lift", state, label=t("Lift the veto")))
    if planner:
        buttons.append(ActionButton("pick-off", state, label=t("Take off the list")))
    return buttons
