"""What tells posts apart: the address of a post, or its id."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from planning.addresses import HOSTS, host_of
from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.platform import Platform
from planning.posts import PostKind
from planning.reasons import Reason

MAX_REFERENCE = 200
_ROW_NUMBER = 7
"""Digits up to which an id is the table's own counting: every file has a post 1."""

_POST = re.compile(
    r"/(?P<what>p|reels?|tv|videos?|photo|shorts|live|status|statuses|post|posts|pin|stories/[^/]+)/(?P<id>[\w.:-]+)",
    re.ASCII | re.IGNORECASE,
)
_WATCH = re.compile(r"[?&]v=([\w-]+)", re.ASCII)
_OWNER = re.compile(r"/@?([^/]+)/(?:video|photo|status|post)/")
_KINDS = {
    "reel": PostKind.REEL,
    "reels": PostKind.REEL,
    "shorts": PostKind.SHORT,
    "live": PostKind.STREAM,
    "photo": PostKind.POST,
    "video": PostKind.VIDEO,
    "videos": PostKind.VIDEO,
}
_OWNED = {Platform.TIKTOK, Platform.X, Platform.THREADS}
_SPOILT = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+|[0-9]{15}0{2,}", re.IGNORECASE)
"""A long id after a spreadsheet took it for a number: its end is lost."""

_UNSEEN = re.compile(r"[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_TIKTOK_ID = re.compile(r"[0-9]{15,20}")


class Link(NamedTuple):
    """What a post's address says: its id (or the address itself), its kind and whose it is, None where it doesn't."""

    reference: str
    kind: PostKind | None = None
    owner: str | None = None


def parse_link(text: str) -> Link | None:
    """The address of a post; None where the cell is blank. Raises `InvalidValue` (NOT_A_REFERENCE)."""
    address = text.strip()
    if is_blank(address):
        return None
    host, path = host_of(address)
    platform = HOSTS.get(host)
    if host == "youtu.be":
        return Link(_checked(path.strip("/"), text))
    if platform is Platform.YOUTUBE and (watched := _WATCH.search(address)):
        return Link(_checked(watched[1], text), PostKind.VIDEO if "/watch" in path else None)
    match = _POST.search(path) if platform is not None else None
    if match is None:
        where = f"{host}{path}".rstrip("/") if "/" in address else address
        return Link(_checked(where, text))
    what = match["what"].lower()
    owner = _OWNER.match(path) if platform in _OWNED else None
    kind = PostKind.STORY if what.startswith("stories") else _KINDS.get(what)
    return Link(_checked(match["id"], text), kind, owner and owner[1])


def parse_id(text: str) -> str | None:
    """A post's id; None where the cell is blank or only counts the table's rows.

    Raises `InvalidValue` (NOT_A_REFERENCE).
    """
    name = text.strip()
    if is_blank(name) or (len(name) <= _ROW_NUMBER and name.isdecimal()):
        return None
    return _checked(name, text)


def tiktok_time(reference: str | None) -> datetime | None:
    """When a TikTok post was made: its id begins with the second. None where it is no such id."""
    if reference is None or not _TIKTOK_ID.fullmatch(reference):
        return None
    made = datetime.fromtimestamp(int(reference) >> 32, UTC)
    return made if made.year >= 2014 else None


def _checked(reference: str, text: str) -> str:
    if not 0 < len(reference) <= MAX_REFERENCE or _UNSEEN.search(reference) or _SPOILT.fullmatch(reference):
        raise InvalidValue("id", text, Reason.NOT_A_REFERENCE)
    return reference
