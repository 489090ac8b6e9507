"""Languages: ISO 639-1 codes, whatever a file calls them."""

from functools import lru_cache

from planning.errors import InvalidValue
from planning.reasons import Reason
from planning.tables import fold, load_codes

LANGUAGES: tuple[str, ...] = tuple(sorted(set(load_codes("languages").values())))
"""Every code, in order."""

_LONGEST = 60


@lru_cache(maxsize=4096)
def parse_language(text: str) -> str:
    """ISO 639-1 from a code (nl, nl-BE, nl_NL), the language's own name, or its name in seven languages of Europe.

    Raises `InvalidValue` (NOT_A_LANGUAGE).
    """
    if len(text) <= _LONGEST:
        codes = load_codes("languages")
        name = fold(text)
        code = codes.get(name)
        if code is None and text.strip()[2:3] in {"-", "_"}:
            code = codes.get(name[:2])
        if code is not None:
            return code
    raise InvalidValue("language", text, Reason.NOT_A_LANGUAGE)
