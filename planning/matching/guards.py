"""A guard against siblings: niches that the encoder finds near because they do the same with something else.

"Board games" and "video games" share their head and stand for different audiences. Where a query names one side of a
pair and a tag the other, and neither names both, the tag is not even related. The sides are beginnings of words, so
that compounds count, in English, Dutch and German, folded as `planning.tables.fold` does; whole words end with a space.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from planning.matching.aliases import spelled_out
from planning.tables import fold

BELOW = 0.4399
"""The most that a sibling scores: just under what is related."""

_OPPOSED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("board game", "boardgame", "bordspel", "gezelschapsspel", "brettspiel", "gesellschaftsspiel", "tabletop"),
        (
            "video game",
            "videogame",
            "videospiel",
            "computer game",
            "computerspel",
            "computerspiel",
            "console",
            "indie game",
        ),
    ),
    (
        ("men ", "mens ", "mans ", "menswear", "heren", "mannen", "herren", "manner"),
        ("women", "dames", "vrouwen", "damen", "frauen"),
    ),
    (("dad ", "dads ", "father", "vader", "vater"), ("mom ", "moms ", "mum ", "mums ", "mother", "moeder", "mutter")),
    (("boy ", "boys ", "jongens", "jungen"), ("girl ", "girls ", "meisjes", "madchen")),
    (("dog", "puppy", "puppies", "hond", "hund ", "hunde "), ("cat ", "cats ", "kitten", "kat ", "katten", "katze")),
    (
        ("budget", "cheap", "goedkop", "low cost", "gunstig", "billig"),
        ("luxury", "luxe", "luxus", "five star", "high end"),
    ),
    (("weight loss", "afvallen", "abnehmen"), ("weight gain", "bulking", "aankomen", "zunehmen")),
    (("indoor", "binnen", "hallen"), ("outdoor", "buiten")),
    (("astronom",), ("astrolog", "horoscop", "zodiac")),
    (
        ("motor", "motorcycle"),
        ("bicycl", "cycling", "bike ", "bikes ", "biking", "fiets", "fahrrad", "radfahr", "wielren"),
    ),
    (("alcohol free", "alcoholvrij", "alkoholfrei"), ("beer", "bier", "wine", "wijn", "wein", "whisky")),
    (("beginner",), ("advanced", "gevorderd", "fortgeschritten")),
)


def are_opposed(one: str, other: str) -> bool:
    """Whether each names one side of a pair, and neither both."""
    ours, theirs = sides(one), sides(other)
    return any(-side in theirs and side not in theirs and -side not in ours for side in ours)


def guarded(query: str, names: Sequence[str], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The scores, those of tags that are opposed to the query at most `BELOW`; shapes (tags,)."""
    if sides(query):
        near = np.flatnonzero(scores > BELOW).tolist()
        scores[[place for place in near if are_opposed(query, names[place])]] = BELOW
    return scores


@lru_cache(maxsize=65_536)
def sides(text: str) -> frozenset[int]:
    """The sides that the text or its reading names: the number of the pair, from 1, negative for its second side."""
    words = f" {fold(text)} {fold(spelled_out(text))} "
    return frozenset(
        sign * number
        for number, pair in enumerate(_OPPOSED, 1)
        for sign, side in zip((1, -1), pair, strict=True)
        if any(f" {word}" in words for word in side)
    )
