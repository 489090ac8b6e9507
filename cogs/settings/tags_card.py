"""The cards of a server's tags."""

from typing import Any

import discord

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, heading, lines, small
from cogs.kit.language import Language
from cogs.kit.safe import code
from planning.records import NicheCount
from planning.services.tags import TagBook, TagChange

SHOWN_TAGS = 40
SHOWN_ALIASES = 20
SHOWN_ALIKE = 8


def tags_card(t: Language, book: TagBook) -> Card:
    """The tags that most accounts carry, the team's aliases, and pairs that seem to be one tag."""
    if not book.counts:
        return Card(t("No account has a niche yet."))
    more = len(book.counts) - SHOWN_TAGS
    blocks = [
        lines(
            heading(t.many("{n} tag", "{n} tags", len(book.counts))),
            ", ".join(_counted(t, count) for count in book.counts[:SHOWN_TAGS]),
            small(t.many("and {n} more", "and {n} more", more)) if more > 0 else None,
        )
    ]
    if book.aliases:
        pairs = [f"{code(alias, 30)} → {code(tag, 30)}" for alias, tag in list(book.aliases.items())[:SHOWN_ALIASES]]
        blocks.append(lines(bold(t("What you also call them")), ", ".join(pairs)))
    if book.alike:
        pairs = [f"{_counted(t, one)} · {_counted(t, other)}" for one, other in book.alike[:SHOWN_ALIKE]]
        blocks.append(
            lines(bold(t("These seem to be one tag")), *pairs, small(t("Merge them with the options tag and into.")))
        )
    return Card(*blocks)


def tag_change_card(t: Language, change: TagChange) -> Card:
    """What renaming or merging does, and the button that does it."""
    if change.merges:
        title = t("Make {old} and {new} one tag?", old=code(change.old.name), new=code(change.new.name))
        what = t.many(
            "{n} account that carries {old} gets {new}, which {others} carry already.",
            "{n} accounts that carry {old} get {new}, which {others} carry already.",
            change.old.accounts,
            old=code(change.old.name),
            new=code(change.new.name),
            others=t.number(change.new.accounts),
        )
    else:
        title = t("Rename {old} to {new}?", old=code(change.old.name), new=code(change.new.name))
        what = t.many("{n} account carries it.", "{n} accounts carry it.", change.old.accounts)
    buttons: list[discord.ui.Item[Any]] = [
        ActionButton("tags", change.token, label=t("Change it"), style=discord.ButtonStyle.primary),
        ActionButton("cancel", change.token, label=t("Leave it")),
    ]
    lasting = small(t("Once they are one, they can't be told apart again.")) if change.merges else None
    return Card(lines(heading(title), what, lasting), buttons=[buttons], accent=WARNING)


def _counted(t: Language, count: NicheCount) -> str:
    return f"{code(count.name, 30)} ({t.number(count.accounts)})"
