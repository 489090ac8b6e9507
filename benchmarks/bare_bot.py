"""The rival of `/tier` and `/shortlist`: a bare discord.py bot whose commands defer and answer a constant card.

Run as a process:

DISCORD_TOKEN=… DISCORD_API_URL=… DISCORD_GATEWAY_URL=… python -m benchmarks.bare_bot
"""

import os
from collections.abc import Sequence

import discord
import uvloop
from discord import app_commands, ui
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

TIER = (
    "## @anbelife\nAnbe Lopeti · TikTok · Spain · Spanish\nNiches: family, slow fashion",
    "### Nano · 907 followers\n-# 500–999 followers · ladder of Harvard Media 2023 · from a file",
    "### Engagement rate 18.6%\n-# (likes + comments) ÷ followers · average of 24 posts\nAverage post: likes 158.5",
    "### €33 a post\n€0.20 per engagement · €49.03 per 1,000 views",
)
SHORTLIST = (
    "## Shortlist: slow fashion\n-# Micro · 1,000–4,999 followers · Instagram · Netherlands · up to €150",
    "\n".join(
        f"**{rank}.** `@anbelife_{rank}` · Instagram · 1,907 followers · €33\n-# 18.6% (16%–21%) · main niche · €0.20"
        for rank in range(1, 26)
    ),
    "Left out so far: 12 by price, 140 by country\n-# Engagement rate: (likes + comments) ÷ followers.",
)
"""As long as real ones."""


class Bare(commands.Bot):
    """Nothing but the command."""

    def __init__(self) -> None:
        super().__init__(command_prefix=commands.when_mentioned, intents=discord.Intents(guilds=True))

    async def setup_hook(self) -> None:
        """Make the cards, once."""
        account, picks = _card(TIER), _card(SHORTLIST)

        @self.tree.command()
        @app_commands.describe(handle="Which account.")
        async def tier(interaction: discord.Interaction, handle: str) -> None:
            """Answer the card, whatever the handle."""
            del handle
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(view=account)

        @self.tree.command()
        async def shortlist(
            interaction: discord.Interaction,
            niche: str,
            tier: str,
            size: int,
            platform: str | None = None,
            country: str | None = None,
        ) -> None:
            """Answer the card, whatever the niche."""
            del niche, tier, size, platform, country
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(view=picks)


def _card(texts: Sequence[str]) -> ui.LayoutView:
    card = ui.LayoutView(timeout=None)
    card.add_item(ui.Container(*(ui.TextDisplay(text) for text in texts)))
    return card


async def main() -> None:
    """Serve until the process is ended."""
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    async with Bare() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    uvloop.run(main())
