"""Cells that are surely good, found by one look at a whole column at once.

What is found here to be plain is read without a problem by `planning.imports.cells` and `planning.handles`; what is not
may still be good, and is read cell by cell. So this decides how fast a file is read, never what is read.
"""

import re
from collections.abc import Sequence
from operator import add

from planning.imports.headers import SUMS, Field
from planning.money import CURRENCIES
from planning.niches import MAX_NICHES
from planning.packed import BETWEEN
from planning.platform import Platform

PLAIN_COUNT = r"[0-9]{1,9}(?:\.0)?"
PLAIN_AVERAGE = r"[0-9]{1,9}(?:\.[0-9]{1,2})?"
"""Figures that read in one way whatever their column."""

_CENTS = "|".join(code for code, digits in CURRENCIES.items() if digits == 2)
# Lower case and normal form may lengthen other letters than ASCII, these to four characters at most.
_NICHE = r"(?:[ -+\--.0-:<-{}~]{0,50}+(?![^,;|/\n\0])|[^,;|/\n\0\u2000-\U0010ffff]{0,12})"

_CELLS: dict[Field, str] = {
    Field.FOLLOWERS: PLAIN_COUNT,
    Field.LIKES: rf"(?:{PLAIN_AVERAGE})?",
    Field.COMMENTS: rf"(?:{PLAIN_AVERAGE})?",
    Field.VIEWS: rf"(?:{PLAIN_AVERAGE})?",
    Field.POSTS: r"[0-9]{0,6}",
    Field.PRICE: rf"(?:[0-9]{{1,7}}(?:\.[0-9]{{2}})? (?:{_CENTS}))?",
    # The normal form makes no character longer than three.
    Field.NAME: r"(?:[ -~]{0,100}+(?![^\0])|[^\0]{0,33})",
    Field.NICHES: rf"{_NICHE}(?:[,;|/\n]{_NICHE}){{0,{MAX_NICHES - 1}}}",
}

CODES = {platform: chr(ord("a") + place) for place, platform in enumerate(Platform)}
"""A letter for each platform: with the handle behind it, it names an account in one text."""
PLATFORMS = {code: platform for platform, code in CODES.items()}
NO_PLATFORM = "-"

# What `planning.handles` takes as it stands, but for the @ and for capitals. A channel id of YouTube has 24 characters.
_HANDLES = {
    Platform.INSTAGRAM: r"[\w.]{1,30}",
    Platform.THREADS: r"[\w.]{1,30}",
    Platform.TIKTOK: r"[\w.]{1,24}",
    Platform.YOUTUBE: r"\w[\w.-]{2,22}(?<=\w)",
    Platform.X: r"\w{1,15}",
    Platform.TWITCH: r"\w{1,25}",
    Platform.LINKEDIN: r"[a-zA-Z0-9][\w-]{1,63}",
    Platform.PINTEREST: r"\w{3,30}",
    Platform.OTHER: r"\w[\w.-]{0,63}(?<=\w)",
}
_KEY = "(?:" + "|".join(f"{CODES[platform]}@?{handle}(?![^\0])" for platform, handle in _HANDLES.items()) + ")"
_ELSEWISE = {f"{code}{word}" for code in PLATFORMS for word in (*SUMS, "everyone", "here")}
"""What may be no account at all, though it is written like one."""


def key_of(platform: Platform, handle: str) -> str:
    """An account as one short text."""
    return CODES[platform] + handle


def account_of(key: str) -> tuple[Platform, str]:
    """The account that such a text stands for."""
    return PLATFORMS[key[0]], key[1:]


def _one(cell: str) -> re.Pattern[str]:
    return re.compile(cell, re.ASCII)


def _all(cell: str) -> re.Pattern[str]:
    return re.compile(rf"(?>{cell})(?:\0(?>{cell}))*+", re.ASCII)


_ONE = {name: _one(cell) for name, cell in _CELLS.items()}
_ALL = {name: _all(cell) for name, cell in _CELLS.items()}
_ONE_KEY, _ALL_KEYS = _one(_KEY), _all(_KEY)


PLAIN_FIELDS = frozenset(_CELLS)


def odd_places(name: Field, joined: str) -> list[int]:
    """The places of a column's cells that are not plain. `name` is one of PLAIN_FIELDS, the cells are as packed."""
    if _ALL[name].fullmatch(joined):
        return []
    plain = _ONE[name].fullmatch
    return [place for place, cell in enumerate(joined.split(BETWEEN)) if not plain(cell)]


def plain_keys(codes: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The key of each row's account; "" where its handle is not plain.

    `codes` are the letters of the platforms, NO_PLATFORM where there is none.
    """
    given = list(map(add, codes, cells))
    joined = BETWEEN.join(given)
    if _ALL_KEYS.fullmatch(joined):
        keys = joined.lower().replace("@", "").split(BETWEEN)
    else:
        plain = _ONE_KEY.fullmatch
        keys = [key.lower().replace("@", "") if plain(key) else "" for key in given]
    return keys if _ELSEWISE.isdisjoint(keys) else ["" if key in _ELSEWISE else key for key in keys]
