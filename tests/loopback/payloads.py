"""What Discord says of one application, one server and one person, as its gateway and REST would."""

from datetime import datetime
from itertools import count
from typing import Any

APPLICATION = "1400000000000000001"
GUILD = "1400000000000000002"
CHANNEL = "1400000000000000003"
PERSON = "1400000000000000004"
ROLE = "1400000000000000005"

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
JOINED = "2026-01-01T00:00:00+00:00"
MANAGE_GUILD = str(1 << 5)
POSTING = str(1 << 10 | 1 << 11 | 1 << 16)
"""To see a channel, to write in it, and to read what was written."""

BOT_USER: dict[str, Any] = {
    "id": APPLICATION,
    "username": "Microscout",
    "discriminator": "0",
    "global_name": None,
    "avatar": None,
    "bot": True,
    "flags": 0,
}

APPLICATION_INFO: dict[str, Any] = {
    "id": APPLICATION,
    "name": "Microscout",
    "icon": None,
    "description": "",
    "summary": "",
    "bot_public": False,
    "bot_require_code_grant": False,
    "verify_key": "0" * 64,
    "flags": 0,
    "owner": BOT_USER,
    "team": None,
    "interactions_endpoint_url": None,
}

TEXT_CHANNEL: dict[str, Any] = {
    "id": CHANNEL,
    "type": 0,
    "name": "influencers",
    "position": 0,
    "permission_overwrites": [],
    "guild_id": GUILD,
    "parent_id": None,
    "nsfw": False,
    "topic": None,
    "rate_limit_per_user": 0,
    "permissions": str(2**50 - 1),
    "flags": 0,
}

ANOTHER = TEXT_CHANNEL | {"id": "1400000000000000007", "name": "campaigns"}

EVERYONE: dict[str, Any] = {
    "id": GUILD,
    "name": "@everyone",
    "permissions": POSTING,
    "position": 0,
    "color": 0,
    "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    "hoist": False,
    "managed": False,
    "mentionable": False,
    "flags": 0,
}

SERVER: dict[str, Any] = {
    "id": GUILD,
    "name": "Loopback",
    "owner_id": PERSON,
    "roles": [EVERYONE],
    "channels": [TEXT_CHANNEL],
    "members": [{"user": BOT_USER, "roles": [], "joined_at": JOINED, "deaf": False, "mute": False, "flags": 0}],
    "member_count": 2,
    "threads": [],
    "stage_instances": [],
    "voice_states": [],
    "presences": [],
    "emojis": [],
    "stickers": [],
    "guild_scheduled_events": [],
    "soundboard_sounds": [],
    "features": [],
    "preferred_locale": "en-US",
    "afk_timeout": 300,
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "mfa_level": 0,
    "nsfw_level": 0,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "system_channel_flags": 0,
    "large": False,
    "unavailable": False,
}


def server(number: int) -> dict[str, Any]:
    """Another server with a channel, both with ids of their own."""
    guild, channel = str(int(GUILD) + number * 1000), str(int(CHANNEL) + number * 1000)
    everyone = EVERYONE | {"id": guild}
    return SERVER | {
        "id": guild,
        "roles": [everyone],
        "channels": [TEXT_CHANNEL | {"id": channel, "guild_id": guild}],
    }


def person(user_id: str = PERSON) -> dict[str, Any]:
    """A person as Discord tells of them."""
    return {"id": user_id, "username": "rosa", "discriminator": "0", "global_name": "Rosa", "avatar": None}


def member(*, permissions: str, guild: str) -> dict[str, Any]:
    """A person who acts in a server."""
    return {
        "user": person(),
        "roles": [],
        "joined_at": JOINED,
        "permissions": permissions,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "avatar": None,
        "guild_id": guild,
    }


def interaction(
    number: int, kind: int, data: dict[str, Any], *, locale: str = "en-US", permissions: str = MANAGE_GUILD
) -> dict[str, Any]:
    """An interaction in the server's channel; `kind` 2 is a command, 3 a component, 4 autocomplete, 5 a form."""
    return {
        "id": str(1_500_000_000_000_000_000 + number),
        "application_id": APPLICATION,
        "type": kind,
        "data": data,
        "guild": {"id": GUILD, "locale": "en-US", "features": []},
        "guild_id": GUILD,
        "channel": TEXT_CHANNEL,
        "channel_id": CHANNEL,
        "member": member(permissions=permissions, guild=GUILD),
        "token": f"interaction-{number}",
        "version": 1,
        "app_permissions": str(2**50 - 1),
        "locale": locale,
        "guild_locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD},
        "context": 0,
        "attachment_size_limit": 10_000_000,
    }


def message(number: int, body: dict[str, Any]) -> dict[str, Any]:
    """A message of the bot's as REST gives it back."""
    return {
        "id": str(1_510_000_000_000_000_000 + number),
        "type": 0,
        "channel_id": CHANNEL,
        "author": BOT_USER,
        "content": body.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": body.get("flags") or 0,
    }


def posted(message_id: str, channel: str, at: datetime, body: dict[str, Any]) -> dict[str, Any]:
    """A message that was written in a channel, as REST gives it back."""
    told = {"id": message_id, "channel_id": channel, "timestamp": at.isoformat(), "nonce": body.get("nonce")}
    return message(0, body) | told | {"components": _numbered(body.get("components", []), count(1))}


def _numbered(components: list[dict[str, Any]], numbers: "count[int]") -> list[dict[str, Any]]:
    """Discord gives every component a number."""
    return [
        {**one, "id": next(numbers)}
        | ({"components": _numbered(one["components"], numbers)} if "components" in one else {})
        | ({"accessory": _numbered([one["accessory"]], numbers)[0]} if "accessory" in one else {})
        for one in components
    ]
