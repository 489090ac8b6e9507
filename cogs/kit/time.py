"""Times as Discord shows them: in each reader's own zone and language."""

from datetime import datetime

import discord


def ago(moment: datetime) -> str:
    """3 days ago."""
    return discord.utils.format_dt(moment, "R")


def at(moment: datetime) -> str:
    """23 November 2026 20:47."""
    return discord.utils.format_dt(moment, "f")
