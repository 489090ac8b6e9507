"""A picture as it goes onto a card."""

import io
from dataclasses import dataclass

import discord

from cogs.pictures.spec import Spec

MOST_DESCRIPTION = 1024
"""Discord's limit for the alternative text of a picture."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn, and what it shows in words and figures, in the reader's language."""

    spec: Spec
    filename: str
    description: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn one: a PNG, and its alternative text."""

    png: bytes
    filename: str
    description: str

    def file(self) -> discord.File:
        """What is attached to the message whose card shows the picture: one for each message."""
        return discord.File(io.BytesIO(self.png), self.filename)
