"""Writes `sample_roster.csv`, the demo's roster: 300 influencers that nobody is. `python -m bot.sample` writes it anew.

Handles are pairs of invented words. Followers are drawn evenly (in the logarithm) within each band of the default
ladder; rates of engagement fall with size as exp(0.27 - 0.356 log followers), the shipped prior's slope, with
lognormal noise; prices follow followers. Some rows lack numbers, likes or a price, as real lists do. The same seed
writes the same file.
"""

import csv
import io
import math
from pathlib import Path
from random import Random

SEED = 2026
PATH = Path(__file__).with_name("sample_roster.csv")
HEADER = (
    *("platform", "handle", "name", "followers", "niches", "country", "language"),
    *("likes", "comments", "views", "posts", "price"),
)

HEAD_WORDS = """
alvo bexi cori dulma elvi fenno gildo hesma ilka jorru kelmi lumo mirro nalvi ondra pelko quilla ruvo sonji talmi ulvo
velmo wixa yarlo zemmi brono cliva drumi frello grivva plomi stelvo tresko vonda
"""
TAIL_WORDS = """
berry bloom crumb dapple ember fable grove hollow inkle juniper kernel lantern meadow nettle orchard pebble quince
ripple saffron thicket umber violet willow yonder zephyr acorn bramble clover drift
"""
GIVEN_NAMES = """
Zoë Noor Björn Søren Élise Łucja Çağla Žofie Íñigo Renée Jürgen Håkon Maëlle João Begoña Anaïs Ferdi Mila Otto Tess
Bram Ilse Ewan Pia Luca Sanne Tomas Wren Hugo Lotte Marek Nina Ravi Amara Kenji Leila
"""

# Per band of the default ladder: how many accounts, lowest and highest followers.
SIZES = ((12, 140, 499), (45, 500, 999), (120, 1_000, 4_999), (45, 5_000, 9_999))
SIZES += ((38, 10_000, 24_999), (22, 25_000, 49_999), (18, 50_000, 420_000))

PLATFORMS = {"instagram": 40, "tiktok": 22, "youtube": 12, "pinterest": 6, "threads": 4, "bluesky": 4}
PLATFORMS |= {"twitch": 4, "x": 3, "mastodon": 2, "linkedin": 3}
JOINS = {"instagram": ".", "tiktok": "_", "threads": ".", "x": "_", "twitch": "_", "linkedin": "-", "pinterest": "_"}
HOSTS = {"bluesky": ".sky.example", "mastodon": "@social.example"}
VIEWED = {"tiktok": 1.6, "youtube": 0.7, "instagram": 0.5, "twitch": 0.3}  # typical views of a post per follower
X_HANDLE = 15

FOOD = ("vegan", "plant-based desserts", "zero waste", "baking", "coffee", "meal prep", "gardening", "slow living")
LIFE = ("gaming", "fitness", "skincare", "travel", "parenting", "fashion", "home decor", "books", "running", "yoga")
LIFE += ("hiking", "photography", "makeup", "board games", "personal finance", "cycling")
FIRST_SERVER = 200  # the first rows are of a food team, the others of a lifestyle agency, with some of each in both

PLACES = (
    *(("NL", "nl"), ("NL", "nl"), ("NL", "nl"), ("BE", "nl"), ("BE", "fr"), ("DE", "de"), ("DE", "de"), ("AT", "de")),
    *(("FR", "fr"), ("FR", "fr"), ("ES", "es"), ("IT", "it"), ("PT", "pt"), ("GB", "en"), ("GB", "en"), ("IE", "en")),
    *(("US", "en"), ("PL", "pl"), ("SE", "sv"), ("DK", "da"), ("CZ", "cs"), ("TR", "tr")),
)
CURRENCIES = {"GB": "GBP", "US": "USD"}


def main() -> None:
    """Write the file."""
    PATH.write_text(build_table(), encoding="utf-8", newline="")


def build_table() -> str:
    """The file's text."""
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([HEADER, *build_rows(Random(SEED))])  # noqa: S311 - no secret
    return table.getvalue()


def build_rows(random: Random) -> list[list[str]]:
    """The rows under `HEADER`."""
    sizes = [size for count, low, high in SIZES for size in _spread(random, count, low, high)]
    random.shuffle(sizes)
    pairs = [(head, tail) for head in HEAD_WORDS.split() for tail in TAIL_WORDS.split()]
    picked = random.sample(pairs, len(sizes))
    return [_row(random, i, followers, pair) for i, (followers, pair) in enumerate(zip(sizes, picked, strict=True))]


def _spread(random: Random, count: int, low: int, high: int) -> list[int]:
    return [round(math.exp(random.uniform(math.log(low), math.log(high)))) for _ in range(count)]


def _row(random: Random, i: int, followers: int, pair: tuple[str, str]) -> list[str]:
    [platform] = random.choices(list(PLATFORMS), list(PLATFORMS.values()))
    country, language = random.choice(PLACES)
    name = f"{random.choice(GIVEN_NAMES.split())} {pair[0].capitalize()}" if random.random() < 0.85 else ""
    niches = ", ".join(_niches(random, i))
    known = [platform, _handle(platform, *pair), name, str(followers), niches, country, language]
    return [*known, *_numbers(random, platform, followers), _price(random, country, followers)]


def _handle(platform: str, head: str, tail: str) -> str:
    handle = f"{head}{JOINS.get(platform, '')}{tail}{HOSTS.get(platform, '')}"
    return handle[:X_HANDLE] if platform == "x" else handle


def _niches(random: Random, i: int) -> list[str]:
    [ours] = random.choices([FOOD, LIFE], [75, 25] if i < FIRST_SERVER else [12, 88])
    return random.sample(ours, random.choice((1, 2, 2, 3)))


def _numbers(random: Random, platform: str, followers: int) -> list[str]:
    """Likes, comments and views a post and over how many posts; empty is unknown."""
    if random.random() < 0.08:
        return ["", "", "", ""]
    rate = math.exp(0.27 - 0.356 * math.log(followers) + random.gauss(0, 0.5))
    comments = random.uniform(0.03, 0.12)
    likes = "" if random.random() < 0.06 else f"{rate * (1 - comments) * followers:.1f}"  # hidden likes
    views = VIEWED.get(platform)
    seen = f"{followers * views * math.exp(random.gauss(0, 0.4)):.0f}" if views and random.random() < 0.8 else ""
    return [
        likes,
        f"{rate * comments * followers:.1f}",
        seen,
        str(random.choice((5, 6, 9, 10, 12, 12, 18, 24, 30, 48))),
    ]


def _price(random: Random, country: str, followers: int) -> str:
    if random.random() < 0.22:
        return ""
    amount = max(15, 0.09 * followers**0.85 * math.exp(random.gauss(0, 0.35)))
    step = 5 if amount < 250 else 50
    return f"{round(amount / step) * step} {CURRENCIES.get(country, 'EUR')}"


if __name__ == "__main__":
    main()
