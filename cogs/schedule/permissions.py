"""What it takes to post in a channel, of the bot and of the person who has it post there."""

import discord

from planning.errors import CannotPost, InvalidValue
from planning.reasons import Reason

NEEDED = ("view_channel", "send_messages", "read_message_history")
"""To post, and to find the post again where it is not certain that it was sent."""

Postable = discord.TextChannel


def lacking(channel: Postable, role: discord.Role | None) -> list[str]:
    """The permissions that the bot lacks to post in this channel and to mention this role, as Discord names them."""
    mine = channel.permissions_for(channel.guild.me)
    found = [name for name in NEEDED if not getattr(mine, name)]
    if role is not None and not role.mentionable and not mine.mention_everyone:
        found.append("mention_everyone")
    return found


def must_post(channel: Postable, person: discord.Member, role: discord.Role | None) -> None:
    """Raises `CannotPost` where the bot, or the person, could not write there, and `InvalidValue` (MENTION_EVERYONE,
    NO_RIGHT_TO_MENTION) where the person could not mention the role themselves."""
    if role is not None and role.is_default():
        raise InvalidValue("mention", role.name, Reason.MENTION_EVERYONE)
    missing = lacking(channel, role)
    if missing:
        raise CannotPost(channel.id, missing)
    theirs = channel.permissions_for(person)
    if not (theirs.view_channel and theirs.send_messages):
        raise CannotPost(channel.id, ["send_messages"], person=True)
    if role is not None and not role.mentionable and not theirs.mention_everyone:
        raise InvalidValue("mention", role.name, Reason.NO_RIGHT_TO_MENTION)
