"""Times as Discord shows them: in each reader's own zone and language."""

from datetime import datetime

import discord


def ago(moment: datetime) -> str:
    """3 days ago."""
    return discord.utils.format_dt(moment, "R")


def at(moment: datetime) -> str:
    """23 November 2026 20:47."""
    return discord.utils.format_dt(moment, "f")


def day(moment: datetime) -> str:
    """23/11/2026."""
    return discord.utils.format_dt(moment, "d")


def days(first: datetime, last: datetime) -> str:
    """The days from one to another, or the one day that both are."""
    return day(first) if first.date() == last.date() else f"{day(first)}–{day(last)}"
