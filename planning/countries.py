"""Countries: ISO 3166 alpha-2 codes, whatever a file calls them."""

from functools import lru_cache

from planning.errors import InvalidValue
from planning.reasons import Reason
from planning.tables import fold, load_codes

COUNTRIES: tuple[str, ...] = tuple(sorted(set(load_codes("countries").values())))
"""Every code, in order (Kosovo as XK, which is not in the standard but in use)."""

_FLAG_A = 0x1F1E6
_LONGEST = 60


@lru_cache(maxsize=4096)
def parse_country(text: str) -> str:
    """ISO 3166 alpha-2 from a code, a flag, or a name in English, Dutch, German, French, Spanish, Portuguese, Italian.

    A demonym (Dutch) stands for its country, and behind a comma stands the country of a place (Utrecht, Netherlands).
    Raises `InvalidValue` (NOT_A_COUNTRY).
    """
    if len(text) > _LONGEST:
        raise InvalidValue("country", text, Reason.NOT_A_COUNTRY)
    codes = load_codes("countries")
    letters = "".join(chr(ord(c) - _FLAG_A + ord("a")) for c in text if _FLAG_A <= ord(c) < _FLAG_A + 26)
    name = fold(text)
    by_flag = codes.get(letters)
    by_name = codes.get(name) or codes.get(name.removeprefix("the ")) or load_codes("demonyms").get(name)
    if by_name is None and "," in text:
        name = fold(text.rpartition(",")[2])
        # Behind a city a code of two letters may be a state's, and Georgia is one of them.
        by_name = codes.get(name) if len(name) > 2 or name == "uk" else None
        by_name = None if by_name == "GE" else by_name
    found = {code for given, code in ((letters, by_flag), (name, by_name)) if given}
    if len(found) != 1 or None in found:
        raise InvalidValue("country", text, Reason.NOT_A_COUNTRY)
    return by_flag or by_name or ""
