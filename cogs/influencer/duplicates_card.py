"""The card of likely duplicates: who, and why; a person decides."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from cogs.influencer.merge_cards import account_line
from cogs.kit.buttons import ActionButton
from cogs.kit.cards import Card, bold, heading, lines, small
from cogs.kit.language import Language, mark
from cogs.kit.state import pack
from planning.duplicates.identities import Hint
from planning.services.duplicates import Duplicate

PAGE = 5

HINTS: dict[Hint, str] = {
    Hint.SAME_POSTS: mark("posts in common"),
    Hint.SAME_FIGURES: mark("nearly the same followers and likes"),
    Hint.SAME_HANDLE: mark("the same handle"),
    Hint.SAME_NAME: mark("the same name"),
    Hint.SIMILAR_HANDLE: mark("handles that differ by little"),
    Hint.SAME_NICHE: mark("the same niche and country"),
}


def duplicates_card(t: Language, found: Sequence[Duplicate], total: int, offset: int) -> Card:
    """A page of the pairs, the likeliest first, each with its reasons and what can be said of it."""
    title = heading(t("Likely duplicates"))
    if not found:
        return Card(lines(title, t("No more of them.") if offset else t("No two accounts here look like the same.")))
    place = t(
        "{first}–{last} of {total}, the likeliest first",
        first=t.number(offset + 1),
        last=t.number(offset + len(found)),
        total=t.number(total),
    )
    blocks: list[str | Sequence[ui.Item[Any]]] = [
        lines(title, small(place), small(t("Nothing is merged before you say so."))),
    ]
    for duplicate in found:
        blocks += [_said(t, duplicate), _buttons(t, duplicate, offset)]
    pages: list[ui.Item[Any]] = []
    if offset:
        pages.append(ActionButton("duplicates", max(0, offset - PAGE), label=t("Previous page")))
    if offset + len(found) < total:
        pages.append(ActionButton("duplicates", offset + PAGE, label=t("Next page")))
    return Card(*blocks, buttons=[pages])


def _said(t: Language, duplicate: Duplicate) -> str:
    if duplicate.proposal.same_account:
        kind = t("Perhaps one account under two handles")
    else:
        kind = t("Perhaps one influencer on two platforms")
    return lines(
        bold(kind),
        account_line(t, duplicate.stays),
        account_line(t, duplicate.goes),
        small(t.all_of([t(HINTS[hint]) for hint in duplicate.proposal.hints])),
    )


def _buttons(t: Language, duplicate: Duplicate, offset: int) -> list[ui.Item[Any]]:
    ids = pack(duplicate.stays.id, duplicate.goes.id)
    label = t("Merge") if duplicate.proposal.same_account else t("Link")
    return [
        ActionButton("merge-ask", ids, label=label, style=discord.ButtonStyle.primary),
        ActionButton("apart", pack(offset, ids), label=t("Not the same")),
    ]
