"""A synthetic roster: the same accounts every time, and a smaller roster is the beginning of a larger one.

What matters for speed is drawn to look like life: few given names and niches are frequent and many rare (Zipf), most
accounts are in one country and of micro size, rates fall with size, and prices, likes and languages are often unknown.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from planning.accounts import Account, Engagement, Source
from planning.money import Money
from planning.platform import Platform

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SEED = 2026
BATCH = 5_000
LONGEST_HANDLE = 24

_SYLLABLES = "an el mi ra so lu ka ti no be da vi jo ma ri ne fa lo sa du sha ber gru sten wil tor hei zo pe qui"
_WORDS = """
bakes eats fit travels home style daily studio life diary notes garden kitchen reads runs plays paints films sews
hikes brews knits makes and co official real the its hello about with
"""
_TOPICS = """
fashion food travel fitness beauty family gaming books music art running yoga cycling baking coffee vegan skincare
makeup parenting photography interiors gardening hiking climbing cars tech finance crafts knitting dance film theatre
"""
_FLAVOURS = ("", "slow ", "budget ", "family ", "vintage ", "outdoor ")
SYLLABLES = _SYLLABLES.split()
WORDS = _WORDS.split()
NICHES = [f"{flavour}{topic}" for flavour in _FLAVOURS for topic in _TOPICS.split()]
NICHES_FLAT = 3

Choice = TypeVar("Choice")

VIEWED = {Platform.TIKTOK, Platform.YOUTUBE, Platform.TWITCH}
PLATFORMS = {"instagram": 45, "tiktok": 25, "youtube": 15, "threads": 6, "pinterest": 5, "twitch": 4}
PLACES = {
    ("NL", "nl", "EUR"): 34,
    ("BE", "nl", "EUR"): 9,
    ("BE", "fr", "EUR"): 6,
    ("DE", "de", "EUR"): 14,
    ("FR", "fr", "EUR"): 9,
    ("GB", "en", "GBP"): 8,
    ("US", "en", "USD"): 6,
    ("ES", "es", "EUR"): 5,
    ("IT", "it", "EUR"): 4,
    ("PL", "pl", "PLN"): 3,
    ("SE", "sv", "SEK"): 2,
}
"""Country, language and currency together."""

SIZES = {(100, 500): 4, (500, 1_000): 16, (1_000, 5_000): 46, (5_000, 10_000): 14, (10_000, 50_000): 14}
SIZES |= {(50_000, 1_000_000): 6}


def batches(count: int) -> Iterator[list[Account]]:
    """The first `count` accounts of the roster, `BATCH` at a time, each with a handle of its own."""
    people = _People(Random(SEED))  # noqa: S311 - no secret
    for start in range(0, count, BATCH):
        yield people.draw_batch()[: count - start]


class _Weighted(Generic[Choice]):
    """Draws by weight, many at once."""

    def __init__(self, random: Random, weights: Mapping[Choice, float]) -> None:
        self._random = random
        self._choices = list(weights)
        self._bounds = list(accumulate(weights.values()))

    def draw(self) -> list[Choice]:
        """One for each account of a batch."""
        return self._random.choices(self._choices, cum_weights=self._bounds, k=BATCH)


class _People:
    """Draws accounts; a handle that was drawn before gets a number."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given = _Weighted(random, zipf(_names(random, 600, (2, 3)), flat=3))
        self._surnames = _Weighted(random, zipf(_names(random, 9_000, (2, 4)), flat=30))
        self._words = _Weighted(random, zipf(WORDS, flat=10))
        self._platforms = _Weighted(random, PLATFORMS)
        self._places = _Weighted(random, PLACES)
        self._sizes = _Weighted(random, SIZES)
        self._niches = _Weighted(random, zipf(NICHES, flat=NICHES_FLAT))
        self._how_many_niches = _Weighted(random, {1: 25, 2: 45, 3: 25, 4: 5})
        self._posts = _Weighted(random, {1: 3, 3: 5, 6: 12, 10: 15, 12: 40, 24: 15, 50: 10})
        self._taken: dict[str, int] = {}

    def draw_batch(self) -> list[Account]:
        """The next accounts."""
        platforms = [Platform(name) for name in self._platforms.draw()]
        niches = [list(dict.fromkeys(drawn)) for drawn in zip(*(self._niches.draw() for _ in range(4)), strict=True)]
        names = list(zip(self._given.draw(), self._surnames.draw(), self._words.draw(), strict=True))
        return [
            self._draw(*drawn)
            for drawn in zip(
                platforms, names, self._places.draw(), self._sizes.draw(), self._posts.draw(),
                niches, self._how_many_niches.draw(), strict=True,
            )
        ]  # fmt: skip

    def _draw(
        self,
        platform: Platform,
        names: tuple[str, str, str],
        place: tuple[str, str, str],
        size: tuple[int, int],
        posts: int,
        niches: Sequence[str],
        count: int,
    ) -> Account:
        chance = self._random.random
        given, surname, _ = names
        country, language, currency = place
        followers = round(math.exp(self._random.uniform(math.log(size[0]), math.log(size[1] - 1))))
        engagement = self._engagement(platform, followers, posts) if chance() < 0.85 else Engagement()
        price = max(15, round(0.09 * followers**0.85 * self._noise(0.35))) * 100 if chance() < 0.75 else None
        return Account(
            platform=platform,
            handle=self._handle(*names),
            followers=followers,
            followers_at=NOW,
            name=f"{given.capitalize()} {surname.capitalize()}" if chance() < 0.9 else None,
            country=country,
            language=language if chance() < 0.8 else None,
            price=None if price is None else Money(price, currency),
            engagement=engagement,
            engagement_at=NOW if engagement.known else None,
            source=Source.FILE,
            niches=tuple(niches[:count]),
            added_at=NOW,
        )

    def _engagement(self, platform: Platform, followers: int, posts: int) -> Engagement:
        rate = math.exp(0.27 - 0.356 * math.log(followers)) * self._noise(0.5)
        likes = round(rate * followers, 1)
        views = round(followers * 0.8 * self._noise(0.4)) if platform in VIEWED else None
        return Engagement(likes, round(likes * 0.05 * self._noise(0.4), 1), views, posts)

    def _noise(self, spread: float) -> float:
        return math.exp(self._random.gauss(0, spread))

    def _handle(self, given: str, surname: str, word: str) -> str:
        draw = self._random.random()
        if draw < 0.35:
            stem = f"{given}_{surname}"
        elif draw < 0.55:
            stem = f"{given}{word}"
        elif draw < 0.7:
            stem = f"{given}{surname}{self._random.randrange(50, 100)}"
        elif draw < 0.85:
            stem = f"{word}{given}{surname}"
        else:
            stem = f"{surname}_{word}"
        stem = stem[: LONGEST_HANDLE - 6]
        before = self._taken.get(stem, 0)
        self._taken[stem] = before + 1
        return f"{stem}_{before}" if before else stem


def _names(random: Random, count: int, lengths: tuple[int, int]) -> list[str]:
    """So many different names of syllables."""
    names: dict[str, None] = {}
    while len(names) < count:
        names["".join(random.choices(SYLLABLES, k=random.randint(*lengths)))] = None
    return list(names)


def zipf(names: Sequence[str], *, flat: int) -> dict[str, float]:
    """Each name with its weight: the larger `flat`, the less the first stand out."""
    return {name: 1 / (rank + flat) for rank, name in enumerate(names)}
