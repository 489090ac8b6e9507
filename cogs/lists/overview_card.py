"""The cards around lists: all of them, what was saved, what is to be deleted, and how two differ."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, fitting, heading, joined, lines, small
from cogs.kit.language import Language
from cogs.kit.safe import plain
from cogs.kit.state import pack
from cogs.kit.time import at
from cogs.lists.words import SHOWN_NAME, change_words, handle, member
from planning.list_changes import Differences, Kept
from planning.lists import NamedList
from planning.services.lists import Saved, Side
from planning.shortlists import Pick
from planning.tiers import Ladder

PAGE = 15
ROOM_FOR_PART = 1_000


def all_card(t: Language, lists: Sequence[NamedList], total: int, offset: int, *, shortlist: str) -> Card:
    """A page of the server's lists."""
    if not total:
        hint = t(
            "There is no list yet. Ask for a shortlist with {command}, and save it by its button.", command=shortlist
        )
        return Card(hint)
    told = [
        joined(
            bold(plain(entry.name, SHOWN_NAME)),
            t.many("{n} pick", "{n} picks", entry.picks),
            t("{when} by {member}", when=at(entry.created_at), member=member(entry.created_by)),
        )
        for entry in lists
    ]
    pages: list[ui.Item[Any]] = []
    if offset:
        pages.append(ActionButton("board-all", max(0, offset - PAGE), label=t("Previous page")))
    if offset + len(lists) < total:
        pages.append(ActionButton("board-all", offset + PAGE, label=t("Next page")))
    return Card(heading(t.many("{n} list", "{n} lists", total)), lines(*told) or t("Nothing older."), buttons=[pages])


def saved_card(t: Language, saved: Saved, *, show: str) -> Card:
    """What was saved, and what was there already."""
    name = plain(saved.entry.name, SHOWN_NAME)
    if saved.created:
        first = t.many(
            "Saved {n} pick to the new list {list}.", "Saved {n} picks to the new list {list}.", saved.added, list=name
        )
    else:
        first = t.many("Added {n} pick to {list}.", "Added {n} picks to {list}.", saved.added, list=name)
    had = t.many(
        "{n} was on it already and stays as it was.", "{n} were on it already and stay as they were.", saved.had
    )
    text = lines(
        first, had if saved.had else None, small(t("{command} shows it, for the team to vote on.", command=show))
    )
    return Card(text, buttons=[[ActionButton("board", pack(saved.entry.id, 0), label=t("Show the list"))]])


def deletion_card(t: Language, entry: NamedList) -> Card:
    """Ask before a list goes."""
    text = t.many(
        "Delete {list} with its {n} pick, its votes and its trail? It can't be brought back.",
        "Delete {list} with its {n} picks, its votes and its trail? It can't be brought back.",
        entry.picks,
        list=plain(entry.name, SHOWN_NAME),
    )
    confirm = ActionButton("board-gone", entry.id, label=t("Delete it"), style=discord.ButtonStyle.danger)
    return Card(text, buttons=[[confirm, ActionButton("board-keep", label=t("Keep it"))]], accent=WARNING)


def diff_card(t: Language, first: Side, second: Side, found: Differences, ladder: Ladder) -> Card:
    """Who joined, who is gone, who moved and whose numbers changed."""
    changed = [kept for kept in found.kept if kept.changes.any or kept.places[0] != kept.places[1]]
    counts = joined(
        t.many("{n} pick on the first", "{n} picks on the first", len(first.picks)),
        t.many("{n} on the second", "{n} on the second", len(second.picks)),
        t.many("{n} the same on both", "{n} the same on both", len(found.kept) - len(changed)),
    )
    title = t("{first} and {second}", first=_title(t, first), second=_title(t, second))
    return Card(
        lines(heading(title), small(counts)),
        *_part(t, t("Only on the second"), [_pick(t, pick) for pick in found.new]),
        *_part(t, t("Only on the first"), [_pick(t, pick) for pick in found.gone]),
        *_part(t, t("On both, changed"), [_kept(t, kept, ladder) for kept in changed]),
    )


def _title(t: Language, side: Side) -> str:
    return plain(side.title, SHOWN_NAME) if side.title else t("the same shortlist today")


def _part(t: Language, title: str, told: Sequence[str]) -> list[str]:
    if not told:
        return []
    shown = fitting(told, room=ROOM_FOR_PART)
    rest = len(told) - shown
    return [lines(bold(title), *told[:shown], t("{n} more", n=t.number(rest)) if rest else None)]


def _pick(t: Language, pick: Pick) -> str:
    return joined(handle(pick.account), t.many("{n} follower", "{n} followers", pick.account.followers))


def _kept(t: Language, kept: Kept, ladder: Ladder) -> str:
    then, now = kept.places
    place = t("place {then} → {now}", then=t.number(then), now=t.number(now)) if then != now else None
    return joined(handle(kept.now.account), place, *change_words(t, kept.changes, ladder))
