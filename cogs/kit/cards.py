"""Cards: Components V2 layouts within Discord's limits.

A card is a pure function of its result and a language. Buttons on it are `cogs.kit.buttons` or links only, so that it
never expires; a card is sent once, as a fresh instance, and replaced by another.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord import ui

from cogs.pictures.picture import Picture

ACCENT = discord.Colour(0x2A7F62)
WARNING = discord.Colour(0xC98A1B)
MAX_CHARACTERS = 4000
MAX_COMPONENTS = 40


class Card(ui.LayoutView):
    """A card of text blocks, each apart from the last and with a row of buttons of its own where one follows it, a
    picture, the attached files of these names, and rows of buttons at its foot.

    The picture's file, `picture.file()`, is sent along with the card.
    """

    def __init__(
        self,
        *blocks: str | Sequence[ui.Item[Any]],
        buttons: Sequence[Sequence[ui.Item[Any]]] = (),
        accent: discord.Colour = ACCENT,
        picture: Picture | None = None,
        files: Sequence[str] = (),
    ) -> None:
        super().__init__(timeout=None)
        container = ui.Container["Card"](accent_colour=accent)
        for index, block in enumerate(blocks):
            if not isinstance(block, str):
                container.add_item(ui.ActionRow(*block))
                continue
            if index:
                container.add_item(ui.Separator(visible=True, spacing=discord.SeparatorSpacing.small))
            container.add_item(ui.TextDisplay(block))
        if picture:
            shown = discord.MediaGalleryItem(f"attachment://{picture.filename}", description=picture.description)
            container.add_item(ui.Separator(visible=False, spacing=discord.SeparatorSpacing.small))
            container.add_item(ui.MediaGallery(shown))
        for file in files:
            container.add_item(ui.File(f"attachment://{file}"))
        for row in buttons:
            if row:
                container.add_item(ui.ActionRow(*row))
        self.add_item(container)
        _check(self)


def _check(card: Card) -> None:
    """Discord refuses a larger card (discord.py checks the count of components only); a mixed one kills its buttons."""
    items = list(card.walk_children())
    length = sum(len(item.content) for item in items if isinstance(item, ui.TextDisplay))
    assert length <= MAX_CHARACTERS, f"a card of {length} characters"
    mixed = [item for item in items if item.is_dispatchable() and not isinstance(item, ui.DynamicItem)]
    assert not mixed, f"{mixed} would unregister the buttons beside it"


def lines(*parts: str | None) -> str:
    """One block of these lines, the missing ones left out."""
    return "\n".join(part for part in parts if part)


def heading(text: str) -> str:
    """A card's title."""
    return f"## {text}"


def subheading(text: str) -> str:
    """The title of a part of a card."""
    return f"### {text}"


def bold(text: str) -> str:
    """A small title."""
    return f"**{text}**"


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """A line in small print."""
    return "\n".join(f"-# {line}" for line in text.splitlines())


def joined(*parts: str | None) -> str:
    """Short facts on one line."""
    return " · ".join(part for part in parts if part)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of as many cells each: the first column from the left, the others aligned at their end."""
    cells = [[cell.replace("`", "ˋ") for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return "\n".join(("```", *(_aligned(row, widths) for row in cells), "```"))


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        f"{cell:{'>' if place else '<'}{width}}" for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join((first, *others)).rstrip()


def fitting(blocks: Sequence[str], *, room: int) -> int:
    """How many of these blocks, joined by line breaks, fit into this many characters: at least one."""
    return len(taken(blocks, room=room))


def taken(blocks: Iterable[str], *, room: int) -> list[str]:
    """The first of these blocks that, joined by line breaks, fit into this many characters: at least one of any.

    No more are made than are taken, and one.
    """
    found: list[str] = []
    used = 0
    for block in blocks:
        used += len(block) + 1
        if found and used > room:
            break
        found.append(block)
    return found
