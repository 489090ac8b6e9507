"""Niches: a server's own tags for what an account is about."""

import re
import unicodedata
from functools import lru_cache

from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.reasons import Reason

MAX_NICHE = 50
MAX_NICHES = 10
SEPARATOR = ", "

_BETWEEN = re.compile(r"[,;|/\n]")
_UNSEEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def normalise_niche(text: str) -> str:
    """A niche as it is kept and compared: lower case, no leading #, single spaces. "" where nothing is left.

    Raises `InvalidValue` (NICHE_TOO_LONG) above 50 characters.
    """
    if len(text) > 10 * MAX_NICHE:
        raise InvalidValue("niches", text, Reason.NICHE_TOO_LONG)
    # Case folding can undo the normal form, so it is made twice: a niche normalised again must not change.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    niche = " ".join(_UNSEEN.sub(" ", folded).split()).lstrip("# ")
    if len(niche) > MAX_NICHE:
        raise InvalidValue("niches", text, Reason.NICHE_TOO_LONG)
    return niche


def parse_niches(text: str) -> tuple[str, ...]:
    """Niches separated by , ; | / or line ends, in order, each once; words for nothing are left out.

    Raises `InvalidValue`: NICHE_TOO_LONG, TOO_MANY_NICHES (above ten).
    """
    if is_blank(text):
        return ()
    niches = [_parse_niche(part.strip()) for part in _BETWEEN.split(text)]
    unique = tuple(dict.fromkeys(niche for niche in niches if niche))
    if len(unique) > MAX_NICHES:
        raise InvalidValue("niches", text, Reason.TOO_MANY_NICHES)
    return unique


@lru_cache(maxsize=4096)
def _parse_niche(part: str) -> str:
    """One niche of several, "" where it is a word for nothing; the cells of a roster combine the same few."""
    niche = "" if is_blank(part) else normalise_niche(part)
    return "" if is_blank(niche) else niche
