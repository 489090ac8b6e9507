"""Niches: a server's own tags for what an account is about."""

import re
import unicodedata

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
    niches = [normalise_niche(part) for part in _BETWEEN.split(text) if not is_blank(part)]
    unique = tuple(dict.fromkeys(niche for niche in niches if niche and not is_blank(niche)))
    if len(unique) > MAX_NICHES:
        raise InvalidValue("niches", text, Reason.TOO_MANY_NICHES)
    return unique
