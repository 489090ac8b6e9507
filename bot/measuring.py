"""Watches a bot and the event loop that it runs in, and tells the metrics."""

import asyncio
import math
import time
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import discord

from bot.client import Microscout
from bot.errors import Outcome

if TYPE_CHECKING:
    from bot.metrics import Metrics

LAG_SECONDS = 0.25
"""How often the event loop is asked for a wake-up."""

_CAME = "came"


def watch(bot: Microscout, metrics: "Metrics") -> None:
    """Tell of every answer from here on, and of the gateway."""

    async def came(interaction: discord.Interaction[Any]) -> None:
        interaction.extras[_CAME] = time.perf_counter()

    def answered(interaction: discord.Interaction[Any], outcome: Outcome) -> None:
        kind, name = asked(interaction, bot.actions)
        now = time.perf_counter()
        # `came` runs once the answer waits for the first time; one that never had to took no time.
        metrics.answer(kind, name, outcome, now - interaction.extras.get(_CAME, now))

    bot.add_listener(came, "on_interaction")
    bot.on_answer = answered
    # A connection that is lost would show its last latency.
    metrics.watch_gateway(lambda: bot.latency if bot.connected else math.nan)


def asked(interaction: discord.Interaction[Any], actions: Collection[str]) -> tuple[str, str]:
    """What was asked: its kind, and its name among those that this bot has."""
    custom_id = str((interaction.data or {}).get("custom_id", ""))
    _, _, named = custom_id.partition(":")
    name = named.partition(":")[0]
    match interaction.type:
        case discord.InteractionType.component:
            return "button", name if name in actions else "retired"
        case discord.InteractionType.modal_submit:
            return "form", name
        case _:
            return "command", "unknown" if interaction.command is None else interaction.command.qualified_name


async def measure_loop(metrics: "Metrics") -> None:
    """Measure how late the event loop is, until cancelled."""
    while True:
        due = time.perf_counter() + LAG_SECONDS
        await asyncio.sleep(LAG_SECONDS)
        metrics.loop_lag(max(0.0, time.perf_counter() - due))
