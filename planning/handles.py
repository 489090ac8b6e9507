"""Handles: how an account is named on its platform, and the addresses of profiles."""

import re
import unicodedata
from urllib.parse import unquote

from planning.addresses import HOSTS, KNOWN_OTHERS, POSTS, RESERVED, RESERVED_ELSEWHERE, host_of
from planning.errors import InvalidValue
from planning.platform import Platform
from planning.reasons import Reason

MAX_HANDLE = 64

_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
# What each platform lets people choose, after lower-casing; a little wider where old accounts are.
_GRAMMARS = {
    Platform.INSTAGRAM: r"(?=.{1,30}\Z)[a-z0-9._]+",
    Platform.THREADS: r"(?=.{1,30}\Z)[a-z0-9._]+",
    Platform.TIKTOK: r"(?=.{1,24}\Z)[a-z0-9._]+",
    # YouTube's handles may be in any alphabet.
    Platform.YOUTUBE: r"(?=.{3,30}\Z)\w(?:[\w.\-\u00b7]*\w)?",
    Platform.X: r"[a-z0-9_]{1,15}",
    Platform.TWITCH: r"[a-z0-9_]{1,25}",
    Platform.BLUESKY: rf"(?=.{{4,{MAX_HANDLE}}}\Z){_DOMAIN}",
    Platform.MASTODON: rf"(?=.{{5,{MAX_HANDLE}}}\Z)[a-z0-9_](?:[a-z0-9_.-]{{0,62}}[a-z0-9_])?@{_DOMAIN}",
    Platform.LINKEDIN: rf"(?=.{{2,{MAX_HANDLE}}}\Z)[^\W_][\w\-]*",
    Platform.PINTEREST: r"[a-z0-9_]{3,30}",
    # Anywhere else: letters, digits and the marks that names are made of, none that means something in a message.
    Platform.OTHER: r"(?=.{1,64}\Z)\w(?:[\w.\-\u00b7+]*\w)?",
}
_MATCHES = {platform: re.compile(grammar).fullmatch for platform, grammar in _GRAMMARS.items()}
_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
_FEDIVERSE = re.compile(r"@[^@\s/]+@[^@\s/]+")

# Words that would ping a whole server, written as a handle.
_PINGS = {"everyone", "here"}
# What copying from an app leaves around a name: marks of direction, joiners, a byte order mark.
_AROUND = " \t\r\n\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2068\u2069\ufeff"


def parse_handle(text: str, platform: Platform | None = None) -> tuple[Platform | None, str]:
    """What `@name`, `name` or the address of a profile stands for: the platform where it is known, and the handle.

    The handle is normalised: lower case, no @ before it; a YouTube channel id (UC...) keeps its case; a Mastodon
    handle is name@server. Raises `InvalidValue`: HANDLE_MISSING, NOT_A_HANDLE (the address of a post is none), or
    PLATFORM_CONFLICT where an address belongs to another platform than the one given.
    """
    name = text.strip(_AROUND)
    if not name:
        raise InvalidValue("handle", text, Reason.HANDLE_MISSING)
    if "/" in name and ("." in name.split("/", 3)[0] or "//" in name):
        found, name = _parse_address(name, text, elsewhere=platform is Platform.OTHER)
        if platform is not None and found is not platform:
            raise InvalidValue("handle", text, Reason.PLATFORM_CONFLICT)
        platform = found
    elif platform is None and _FEDIVERSE.fullmatch(name):
        platform = Platform.MASTODON
    return platform, _normalise(name, platform, text)


def profile_url(platform: Platform, handle: str) -> str | None:
    """The address of the profile; None where the platform is not one of the known."""
    if platform is Platform.YOUTUBE and _CHANNEL_ID.fullmatch(handle):
        return f"https://www.youtube.com/channel/{handle}"
    if platform is Platform.MASTODON:
        name, _, server = handle.partition("@")
        return f"https://{server}/@{name}"
    return f"{_PROFILES[platform]}{handle}" if platform in _PROFILES else None


_PROFILES = {
    Platform.INSTAGRAM: "https://www.instagram.com/",
    Platform.TIKTOK: "https://www.tiktok.com/@",
    Platform.YOUTUBE: "https://www.youtube.com/@",
    Platform.TWITCH: "https://www.twitch.tv/",
    Platform.BLUESKY: "https://bsky.app/profile/",
    Platform.X: "https://x.com/",
    Platform.THREADS: "https://www.threads.com/@",
    Platform.LINKEDIN: "https://www.linkedin.com/in/",
    Platform.PINTEREST: "https://www.pinterest.com/",
}


def _normalise(name: str, platform: Platform | None, text: str) -> str:
    """The handle in the platform's own form; without a platform, in any of them."""
    bare = name[1:] if name[0] == "@" else name
    if platform is None or platform is Platform.YOUTUBE:
        if _CHANNEL_ID.fullmatch(bare):
            return bare
        bare = unicodedata.normalize("NFC", unicodedata.normalize("NFC", bare).lower())
    else:
        bare = bare.lower() if bare.isascii() else unicodedata.normalize("NFC", bare.lower())
    if bare not in _PINGS:
        if platform is not None:
            if _MATCHES[platform](bare):
                return bare
        elif _MATCHES[Platform.OTHER](bare) or _MATCHES[Platform.INSTAGRAM](bare) or _MATCHES[Platform.MASTODON](bare):
            return bare
    raise InvalidValue("handle", text, Reason.NOT_A_HANDLE)


def _parse_address(address: str, text: str, *, elsewhere: bool) -> tuple[Platform, str]:
    """The platform and the name in a profile's address. `text` is what was typed, for the error.

    `elsewhere`: it was said to be none of our platforms, so that an unknown host is no Mastodon server.
    """
    host, steps = _split_address(address)
    if not steps or POSTS.intersection(step.lower() for step in steps[1:]):
        raise InvalidValue("handle", text, Reason.NOT_A_HANDLE)
    platform = HOSTS.get(host)
    first, rest = steps[0], steps[1:]
    name: str | None = None
    if platform is None and host in KNOWN_OTHERS:
        platform, name = Platform.OTHER, _name_elsewhere(first, rest)
    elif platform is None and elsewhere:
        platform, name = Platform.OTHER, steps[-1]
    elif platform is None:
        platform, name = Platform.MASTODON, _fediverse_name(host, first, rest)
    else:
        name = _name_on(platform, first, rest)
    if not name:
        raise InvalidValue("handle", text, Reason.NOT_A_HANDLE)
    return platform, name


def _split_address(address: str) -> tuple[str, list[str]]:
    """The host and the steps of the path; no steps where it is no address."""
    host, path = host_of(address)
    steps = [unquote(step).strip(_AROUND) for step in path.split("/")]
    return host, [step for step in steps if step] if host else []


def _name_on(platform: Platform, first: str, rest: list[str]) -> str | None:
    """The name in the path of one of our platforms; None where the path is no profile's."""
    if platform is Platform.YOUTUBE and first in {"channel", "c", "user"}:
        return rest[0] if rest else None
    if platform in {Platform.YOUTUBE, Platform.TIKTOK}:
        return first if first[0] == "@" else None
    if platform is Platform.BLUESKY:
        return rest[0] if rest and first == "profile" else None
    if platform is Platform.LINKEDIN:
        return rest[0] if rest and first in {"in", "company", "school", "pub"} else None
    return None if first.lower() in RESERVED else first


def _name_elsewhere(first: str, rest: list[str]) -> str | None:
    """The same of the places that we don't tell apart."""
    if rest and first in {"r", "u", "user", "in", "add", "c"}:
        return rest[0]
    return None if first.lower() in RESERVED_ELSEWHERE else first


def _fediverse_name(host: str, first: str, rest: list[str]) -> str | None:
    """name@server from a Mastodon address: /@name, /@name@its.server as another server shows it, /users/name."""
    name = first[1:] if first[0] == "@" else rest[0] if rest and first == "users" else ""
    if not name or any(step.isdecimal() for step in rest):
        return None
    return name if "@" in name else f"{name}@{host}"
