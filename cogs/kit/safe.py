"""Text that people typed, made harmless before it stands in a card."""

import re
import unicodedata

import discord

LONGEST = 60


def plain(text: str, limit: int = LONGEST) -> str:
    """The text on one line, without any markdown, link or mention that Discord would act on, cut to a length."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    escaped = re.sub(r"([\\_*~|`\[\]()#<>])", r"\\\1", line).replace("://", ":\N{ZERO WIDTH SPACE}//")
    return _isolated(discord.utils.escape_mentions(re.sub(r"^-", r"\\-", escaped)))


def _isolated(text: str) -> str:
    """Text that runs from right to left kept to itself, so that it doesn't turn the numbers beside it around."""
    if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text):
        return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
    return text


def code(text: str, limit: int = LONGEST) -> str:
    """The text as inline code: copied as it is, acted on never."""
    line = " ".join(text.split()).replace("`", "ˋ")
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return f"`{line}`" if line else "` `"
