"""Tables that are shipped: published engagement rates (`planning.published`), and names of countries and languages.

Of those, one a line: the code, then its names. Written by `locales/make_names.py`.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

_BETWEEN = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """A name without case, accents, hyphens and dots, so that "South-Korea" and "south korea" meet."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", bare.replace(".", "").replace("'", "").replace("\u2019", "")).strip()


@cache
def load_codes(table: str) -> dict[str, str]:
    """Every name and code in the table, folded, with its code."""
    lines = files(__name__).joinpath(f"{table}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines]
    names = {fold(name): row[0] for row in rows for name in row[1:]}
    return names | {fold(row[0]): row[0] for row in rows}
