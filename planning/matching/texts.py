"""Texts of niches: as the encoder reads them, as they are compared, and when two are one, written differently."""

import re
import unicodedata
from itertools import product

from planning.tables import fold

MOST_READ = 200
"""Characters of a query that are read; a niche has at most 50."""

_CAMEL = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z\u00c0-\u00de])")
_MARKS = re.compile(r"[\W_]+")
_MOST_WORDS = 6
_NO_PLURALS = frozenset({"news", "ics", "lens", "goods", "customs", "pants", "arts", "glasses", "jeans", "series"})
_IRREGULAR = {
    "children": "child",
    "men": "man",
    "women": "woman",
    "mice": "mouse",
    "kinderen": "kind",
    "kinder": "kind",
    "knives": "knife",
    "wives": "wife",
    "steden": "stad",
    "schepen": "schip",
}
_VOWELS = frozenset("aeiouyäöü")
_UNROUNDED = str.maketrans("äöü", "aou")


def readable(text: str) -> str:
    """A niche as the encoder reads it: NFKC, case kept, no #, CamelCase apart, single spaces; 200 characters."""
    sound = text[:MOST_READ].encode("utf-8", "replace").decode()  # half a surrogate pair has no meaning to read
    return " ".join(_CAMEL.sub(" ", unicodedata.normalize("NFKC", sound).replace("#", " ")).split())


def joined(text: str) -> str:
    """A niche without case, accents, spaces and marks, so that "#ZeroWaste", "zero-waste" and "zero waste" meet.

    What has no letters but marks, such as an emoji, stays as it is.
    """
    bare = _MARKS.sub("", text.casefold()) if text.isascii() else fold(text).replace(" ", "")
    return bare or text.strip().casefold()


def singulars(text: str) -> frozenset[str]:
    """The text `joined`, and each way to read its words as plurals in English, Dutch or German, `joined` too.

    Of words that may be no plurals at all, some readings are no words. They do no harm where both are someone's tags.
    """
    words = _plain(text).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return frozenset({joined(text)})
    readings = product(*({word, *_singular(word)} for word in words))
    return frozenset((joined(text), *(joined(" ".join(reading)) for reading in readings)))


def _plain(text: str) -> str:
    """Lower case with umlauts, which German plurals need; without # and apostrophes."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"['\u2019#]", "", plain).replace("-", " ").replace("_", " ").split())


def _singular(word: str) -> set[str]:
    """What the word may be the plural of."""
    if word in _IRREGULAR:
        return {_IRREGULAR[word]}
    if len(word) < 4 or word.endswith(tuple(_NO_PLURALS)):
        return set()
    return {reading for reading in (*_in_s(word), *_in_en(word), *_in_e(word)) if len(reading) >= 3}


def _in_s(word: str) -> list[str]:
    """Recipes, dishes, stories; tips, auto's; Autos."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return []
    if word.endswith("ies"):
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("shes", "ches", "xes", "sses", "zes", "oes")):
        return [word[:-2], word[:-1]]
    return [word[:-1]]


def _in_en(word: str) -> list[str]:
    """Honden, katten, brieven, huizen, bomen, boeken; Blumen, Frauen."""
    if not word.endswith("en") or len(word) < 5:
        return []
    stem = word[:-2]
    last, before = stem[-1], stem[-2]
    if last in _VOWELS:
        return [stem]
    if last == before:
        return [stem[:-1], stem]
    if last in "vz":
        hard = stem[:-1] + ("f" if last == "v" else "s")
        return [hard, hard[:-1] + before + hard[-1]] if before in _VOWELS else [hard]
    readings = [stem, stem + "e"]
    if before in "aou" and stem[-3:-2] not in _VOWELS:
        readings.append(stem[:-1] + before + last)  # an open syllable is written with one vowel: bomen, boom
    return readings


def _in_e(word: str) -> list[str]:
    """Rezepte, Hunde, Spiele; Bücher, Häuser, Gärten are changed inside too."""
    if word.endswith("er") and len(word) > 5 and any(vowel in word for vowel in "äöü"):
        return [word[:-2].translate(_UNROUNDED)]
    stem = word[:-1]
    if not word.endswith("e") or len(stem) < 4 or stem[-1] in _VOWELS:
        return []
    closed = stem[-2] not in _VOWELS or stem[-3] in _VOWELS
    return [stem, stem.translate(_UNROUNDED)] if closed else []
