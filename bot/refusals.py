"""What Discord and the network refuse, in one line that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.settings import Settings

TOKEN_REFUSED = (
    "Discord refuses the token: put the bot's current one in DISCORD_TOKEN (Developer Portal, Bot, Reset Token)"  # noqa: S105 - a sentence, no token
)
GATEWAY_CLOSES = {
    4004: TOKEN_REFUSED,
    4010: "Discord refuses the shard",
    4011: "Discord wants sharding, which this bot does not do: it is in too many servers for one process",
    4012: "Discord no longer speaks this version of its gateway: update the bot",
    4013: "Discord refuses the bot's intents (it asks for `guilds` only): check DISCORD_GATEWAY_URL",
    4014: "Discord refuses the bot's intents (it asks for `guilds` only): check DISCORD_GATEWAY_URL",
}
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""


class Refused(Exception):
    """The bot can't start or stay; the text is one line for the operator."""


@contextmanager
def explained(settings: Settings) -> Iterator[None]:
    """Turn what discord.py and aiohttp raise into `Refused`."""
    rest, gateway = settings.discord_api_url, settings.discord_gateway_url
    try:
        yield
    except discord.LoginFailure:
        raise Refused(TOKEN_REFUSED) from None
    except discord.PrivilegedIntentsRequired:
        raise Refused(GATEWAY_CLOSES[4014]) from None
    except discord.ConnectionClosed as error:
        said = GATEWAY_CLOSES.get(error.code, f"the gateway {gateway} closed the connection with code {error.code}")
        raise Refused(said) from None
    except discord.Forbidden as error:
        raise Refused(
            f"Discord forbids it ({_one_line(error.text)}): invite the bot with the scopes bot and "
            "applications.commands to the server of DEV_GUILD_ID or --guild"
        ) from None
    except discord.HTTPException as error:
        raise Refused(f"Discord at {rest} answered {error.status}: {_one_line(error.text)}") from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        reason = _one_line(str(error)) or "no answer in time"
        raise Refused(
            f"can't reach Discord ({reason}): check the network, DISCORD_API_URL ({rest}) "
            f"and DISCORD_GATEWAY_URL ({gateway})"
        ) from None


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
