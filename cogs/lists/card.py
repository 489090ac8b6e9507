"""The card of a named list: its picks as they were and as they are, with a vote for each; and of a kept result."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import MAX_CHARACTERS, Card, fitting, heading, joined, lines, small
from cogs.kit.language import Language
from cogs.kit.safe import code, plain
from cogs.kit.state import pack
from cogs.kit.time import at
from cogs.lists.words import SHOWN_NAME, member, quoted, since_then, who
from cogs.shortlist.arguments import argument_lines
from cogs.shortlist.card import conditions
from cogs.shortlist.ranking import GOALS
from cogs.tier.rates import rate_facts
from planning.accounts import Account
from planning.arguments import typical, weigh
from planning.list_changes import changes_of
from planning.lists import ListPick
from planning.services.lists import ListView, ResultView, origin
from planning.tiers import Ladder

PAGE = 5
"""Picks on a card of a list: with three buttons each, Discord takes no more."""
SHOWN_WORDS = 80
"""Characters of a note or of a veto's reason; the pick's own card has them whole."""
ROOM_FOR_PICKS = 3_200


def list_card(t: Language, view: ListView, ladder: Ladder, start: int, *, share: bool = True) -> Card:
    """The picks from `start` on, each with its votes."""
    shown = view.picks[start : start + PAGE]
    header = _header(t, view, ladder)
    entries = [_entry(t, view, pick, ladder) for pick in shown]
    if sum(map(len, [header, *entries])) > MAX_CHARACTERS:
        # What the team said goes before what speaks for a pick: that stands in the export as well.
        entries = [_entry(t, view, pick, ladder, argue=False) for pick in shown]
    blocks: list[str | Sequence[ui.Item[Any]]] = [header]
    for pick, entry in zip(shown, entries, strict=True):
        blocks += [entry, _votes(t, view, pick, start)]
    if not shown:
        blocks.append(t("Nobody is on this list yet."))
    return Card(*blocks, buttons=_buttons(t, view, start, share=share))


def _header(t: Language, view: ListView, ladder: Ladder) -> str:
    entry, query = view.entry, view.query
    return lines(
        heading(plain(entry.name, SHOWN_NAME)),
        small(
            joined(
                t.many("{n} pick", "{n} picks", len(view.picks)),
                t("saved {when} by {member}", when=at(entry.created_at), member=member(entry.created_by)),
                t("result {id}", id=code(entry.result_id)) if entry.result_id else None,
            )
        ),
        small(joined(plain(query.niche), conditions(t, query, ladder))) if query else None,
    )


def _then_and_now(t: Language, then: Account, now: Account | None, ladder: Ladder) -> str:
    """The figures as they were, and what became of them: a line more where anything did."""
    figures = joined(*rate_facts(t, then))
    if now is not None and not changes_of(then, now, ladder).any:
        return small(t("{figures} · no change since", figures=figures))
    return small(lines(t("Then: {figures}", figures=figures), since_then(t, then, now, ladder)))


def _entry(t: Language, view: ListView, pick: ListPick, ladder: Ladder, *, argue: bool = True) -> str:
    """One pick, with its arguments as they were when it was picked."""
    account = pick.pick.account
    query, beside = origin(view, pick)
    told = argument_lines(t, weigh(pick.pick, query, typical(beside), pick.added_at), pick.pick, query) if argue else []
    return lines(
        f"**{pick.place + 1}.** {who(t, account)}",
        small(_from(t, view, pick) or ""),
        _then_and_now(t, account, view.today.get(pick.account_id), ladder),
        *map(small, told),
        _veto(t, pick),
        t("Note: {note}", note=quoted(pick.note, SHOWN_WORDS)) if pick.note else None,
    )


def _from(t: Language, view: ListView, pick: ListPick) -> str | None:
    """Where the pick came from, where that is not what the list's header says."""
    if pick.result_id is None:
        return t("Added by hand by {member}", member=member(pick.added_by))
    result = view.results.get(pick.result_id)
    if view.query is not None or result is None:
        return None
    return t("From {niche}, {goal}", niche=plain(result.query.niche), goal=t(GOALS[result.query.goal]))


def _veto(t: Language, pick: ListPick) -> str | None:
    if pick.veto is None:
        return None
    said = f"**{t('Vetoed by {member}', member=member(pick.veto.by))}**"
    return f"{said}: {quoted(pick.veto.reason, SHOWN_WORDS)}" if pick.veto.reason else said


def _votes(t: Language, view: ListView, pick: ListPick, start: int) -> Sequence[ui.Item[Any]]:
    state = pack(view.entry.id, pick.account_id, start)
    up, down = (len(view.votes_on(pick.account_id, up=side)) for side in (True, False))
    return [
        ActionButton("vote-up", state, label=f"👍 {t.number(up)}"),
        ActionButton("vote-down", state, label=f"👎 {t.number(down)}"),
        ActionButton("pick", state, label=t("Reasons, note, veto")),
    ]


def _buttons(t: Language, view: ListView, start: int, *, share: bool) -> list[list[ui.Item[Any]]]:
    list_id = view.entry.id
    pages: list[ui.Item[Any]] = []
    if start:
        pages.append(ActionButton("board", pack(list_id, max(0, start - PAGE)), label=t("Previous page")))
    if start + PAGE < len(view.picks):
        pages.append(ActionButton("board", pack(list_id, start + PAGE), label=t("Next page")))
    pages.append(ActionButton("board-fresh", pack(list_id, start), label=t("Refresh")))
    others: list[ui.Item[Any]] = [
        ActionButton("board-add", list_id, label=t("Add by hand")),
        ActionButton("board-trail", pack(list_id, 0), label=t("Who did what")),
    ]
    if share:
        style = discord.ButtonStyle.primary
        others.append(ActionButton("board-share", pack(list_id, start), label=t("Share to channel"), style=style))
    return [pages, others]


def result_card(t: Language, view: ResultView, ladder: Ladder, start: int) -> Card:
    """A shortlist as it was answered, from this pick on, with what has changed since."""
    result, query = view.result, view.result.query
    among = typical(result.picks)
    entries = [
        lines(
            f"**{query.offset + place + 1}.** {who(t, pick.account)}",
            _then_and_now(t, pick.account, view.today.get(pick.account.id), ladder),
            *(small(line) for line in argument_lines(t, weigh(pick, query, among, result.made_at), pick, query)),
        )
        for place, pick in enumerate(result.picks)
    ][start:]
    shown = fitting(entries, room=ROOM_FOR_PICKS)
    header = lines(
        heading(t("Shortlist: {niche}", niche=plain(query.niche))),
        small(conditions(t, query, ladder)),
        small(t("Result {id}, as it was {when}", id=code(result.id), when=at(result.made_at))),
    )
    pages: list[ui.Item[Any]] = []
    if start:
        pages.append(ActionButton("result", pack(result.id, 0), label=t("First page")))
    if shown < len(entries):
        pages.append(ActionButton("result", pack(result.id, start + shown), label=t("Next page")))
    pages.append(ActionButton("save", result.id, label=t("Save to a list"), style=discord.ButtonStyle.primary))
    return Card(header, "\n".join(entries[:shown]), buttons=[pages])
