"""What the encoder can't know by itself: acronyms, names, idioms and compounds, in words that it reads well.

In `tables/niche_aliases.txt`, one reading a line: plain English words, then what is read so, in English, Dutch, German,
some French and Spanish. To teach another, add it to its line; stored vectors are then made anew (`encoder.RECIPE`).
A line belongs there where the model alone takes the alias for something else; what it knows is left to it.
"""

from functools import cache
from importlib.resources import files
from zlib import crc32

from planning.matching.texts import joined


def spelled_out(text: str) -> str:
    """What the text is read as: the words of its alias, or the text itself."""
    return load_aliases().get(joined(text), text)


@cache
def load_aliases() -> dict[str, str]:
    """Each alias, `joined`, with its reading."""
    rows = [line.split("|") for line in _table().splitlines()]
    return {joined(alias): row[0] for row in rows for alias in row[1:]}


def digest() -> str:
    """Changes whenever a line does."""
    return f"{crc32(_table().encode()):08x}"


@cache
def _table() -> str:
    return files("planning.tables").joinpath("niche_aliases.txt").read_text(encoding="utf-8")
