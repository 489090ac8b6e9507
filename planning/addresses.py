"""The addresses of platforms: which host is whose, and which paths are no profiles."""

import re

from planning.platform import Platform

HOSTS = {
    "instagram.com": Platform.INSTAGRAM,
    "instagr.am": Platform.INSTAGRAM,
    "tiktok.com": Platform.TIKTOK,
    "youtube.com": Platform.YOUTUBE,
    "twitch.tv": Platform.TWITCH,
    "bsky.app": Platform.BLUESKY,
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "threads.net": Platform.THREADS,
    "threads.com": Platform.THREADS,
    "linkedin.com": Platform.LINKEDIN,
    "pinterest.com": Platform.PINTEREST,
}

KNOWN_OTHERS = frozenset(
    {"facebook.com", "fb.com", "reddit.com", "snapchat.com", "kick.com", "t.me", "medium.com", "tumblr.com", "vk.com"}
    | {"patreon.com", "rumble.com", "bilibili.com", "weibo.com", "dailymotion.com", "vimeo.com", "soundcloud.com"}
    | {"open.spotify.com", "onlyfans.com", "discord.gg", "discord.com", "linktr.ee", "flickr.com", "quora.com"}
)
"""Places with profiles that are no platform of ours; a path with an @ there is not the fediverse."""

RESERVED = frozenset(
    {"p", "reel", "reels", "tv", "stories", "explore", "accounts", "direct", "about", "s", "share", "search"}
    | {"home", "i", "hashtag", "intent", "settings", "messages", "notifications", "compose", "login", "signup"}
    | {"directory", "videos", "downloads", "jobs", "subscriptions", "pin", "ideas", "today", "privacy", "tos", "legal"}
)
"""First steps of a path that name a page of the platform instead of a person."""

RESERVED_ELSEWHERE = frozenset(
    {
        "profile.php",
        "groups",
        "group",
        "pages",
        "people",
        "public",
        "events",
        "watch",
        "marketplace",
        "artist",
        "artists",
    }
    | {"album", "playlist", "track", "show", "episode", "channels", "invite", "r", "add", "photo.php", "story.php"}
)
"""The same in the places that we don't tell apart."""

POSTS = frozenset(
    {"p", "reel", "reels", "tv", "video", "photo", "status", "statuses", "post", "posts", "clip", "v", "pulse"}
)
"""Later steps that make the address a post's."""

_ADDRESS = re.compile(r"(?:https?:)?(?://)?(?:[^/@?#]*@)?([^/?#:]+)(?::[0-9]+)?([^?#]*).*", re.IGNORECASE | re.DOTALL)
_PREFIX = re.compile(r"^(?:www|m|mobile|[a-z]{2}|[a-z]{2}-[a-z]{2})\.(?=[^.]+\.)")
_PINTEREST = re.compile(
    r"(?:[a-z]{2}\.)?pinterest\.(?:com|ca|at|ch|cl|de|dk|es|fr|ie|it|jp|nl|nz|ph|pt|se|com\.au|com\.mx|co\.uk)"
)


def host_of(address: str) -> tuple[str, str]:
    """The host without www., m. or a language before it, and the path; ("", "") where it is no address."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return "", ""
    host = match[1].lower()
    bare = _PREFIX.sub("", host)
    if _PINTEREST.fullmatch(bare):
        return "pinterest.com", match[2]
    return bare if bare in HOSTS or bare in KNOWN_OTHERS else host.removeprefix("www."), match[2]
