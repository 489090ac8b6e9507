"""Permissions as Discord calls them."""

from collections.abc import Sequence

from cogs.kit.language import Language, mark

PERMISSIONS = {
    "manage_guild": mark("Manage Server"),
    "view_channel": mark("View Channel"),
    "send_messages": mark("Send Messages"),
    "embed_links": mark("Embed Links"),
    "attach_files": mark("Attach Files"),
    "read_message_history": mark("Read Message History"),
    "mention_everyone": mark("Mention @everyone, @here and All Roles"),
}
"""By their names in Discord's API."""


def permission_names(t: Language, names: Sequence[str]) -> str:
    """These permissions, by their names in Discord's API, as people know them."""
    return t.all_of([t(PERMISSIONS.get(name, name)) for name in names])
