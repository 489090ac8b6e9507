"""Tells Discord which commands there are, only when they changed: Discord limits how often that may be done."""

import hashlib
import json
from typing import TYPE_CHECKING, Any, Protocol

import discord
import structlog
from discord import app_commands

if TYPE_CHECKING:
    from bot.client import Microscout

GLOBAL_SCOPE = 0
"""The scope of commands for every server; any other scope is a server's id."""

_log = structlog.stdlib.get_logger("microscout.sync")


class DigestStore(Protocol):
    """Where the digest of what Discord was last told is kept, by scope."""

    async def load_command_digest(self, scope: int) -> str | None:
        """The digest of the commands of this scope, None where Discord was never told."""
        ...

    async def save_command_digest(self, scope: int, digest: str) -> None:
        """Keep it."""
        ...


async def sync_commands(
    bot: "Microscout", store: DigestStore, *, guild_id: int | None = None, force: bool = False
) -> bool:
    """Register the commands for every server, or for one; True where Discord had to be told.

    The bot learns the commands' ids either way. Raises `discord.HTTPException` where Discord refuses,
    `discord.Forbidden` where the bot is not in that server.
    """
    guild = None if guild_id is None else discord.Object(guild_id)
    if guild is not None:
        bot.tree.copy_global_to(guild=guild)
    scope = GLOBAL_SCOPE if guild_id is None else guild_id
    digest = digest_of(await translated_payload(bot.tree, guild=guild), application_id=bot.application_id)
    changed = force or await store.load_command_digest(scope) != digest
    if changed:
        known = await bot.tree.sync(guild=guild)
        await store.save_command_digest(scope, digest)
    else:
        known = await bot.tree.fetch_commands(guild=guild)
    bot.command_ids = {command.name: command.id for command in known}
    _log.info("commands synced" if changed else "commands are as Discord has them", guild_id=guild_id)
    return changed


async def translated_payload(
    tree: app_commands.CommandTree[Any], *, guild: discord.abc.Snowflake | None = None
) -> list[dict[str, Any]]:
    """What `tree.sync` would send: every command with its translations, by name."""
    translator = tree.translator
    found = sorted(tree.get_commands(guild=guild), key=lambda command: command.name)
    if translator is None:
        return [command.to_dict(tree) for command in found]
    return [await command.get_translated_payload(tree, translator) for command in found]


def digest_of(payload: list[dict[str, Any]], *, application_id: int | None) -> str:
    """A digest that changes with any word of the payload, and with the application it is for."""
    text = json.dumps([application_id, payload], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
