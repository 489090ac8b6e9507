"""Text that people typed, made harmless before it stands in a card."""

import re

import discord

LONGEST = 60


def plain(text: str, limit: int = LONGEST) -> str:
    """The text on one line, without any markdown, link or mention that Discord would act on, cut to a length."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    escaped = discord.utils.escape_markdown(line, ignore_links=False)
    escaped = re.sub(r"([\[\]()#<>])", r"\\\1", escaped)
    return discord.utils.escape_mentions(escaped)


def code(text: str, limit: int = LONGEST) -> str:
    """The text as inline code: copied as it is, acted on never."""
    line = " ".join(text.split()).replace("`", "ˋ")
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return f"`{line}`" if line else "` `"
