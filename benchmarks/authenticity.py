"""The distributions that the thresholds of `planning.authenticity` are taken from, and how often each flag is false.

    python -m benchmarks.authenticity posts.csv

The table: account, followers, posted_at, likes, comments; one row a post, unix time. Accounts below 100 followers,
below 5 posts or with hidden likes (all posts alike) are left out. Nobody says which are ordinary: all of them
are taken for it, so what is printed as false may in part be true. The peers of an account are drawn from all others.
Follower growth is drawn, as no public series is at hand: 240 days of a steady rise, noise, and posts that go round.
"""

import csv
import math
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from planning.accounts import Account, Snapshot, Source
from planning.authenticity import USUAL, Evidence, PeerFigures, comments_per_100_likes, find_flags
from planning.growth import find_steps
from planning.platform import Platform
from planning.posts import Post

POINTS = (0.0, 0.5, 1.0, 5.0, 50.0, 95.0, 99.0, 99.5, 100.0)
GROUPS = (20, 50, 150)
DRAWS = 20
DAYS = 240
DRAWN = 500
DISTANCES = (1, 3, 7, 14, 30)
KINDS = {
    "ordinary: a post goes round every other year": (0.0014, 0.0, 0.0),
    "lively: four go round a year": (0.011, 0.0, 0.0),
    "lively, and 15 % of who came by them leave": (0.011, 0.15, 0.0),
    "ordinary, and given 30 % in two days, of whom 20 % leave": (0.0014, 0.0, 0.3),
}
"""Posts that go round a day; the share of their followers that leave; followers given, as a share."""


def read(path: Path) -> list[tuple[Account, list[Post]]]:
    """The accounts that count, each with its posts."""
    posts: dict[tuple[str, int], list[Post]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromtimestamp(int(row["posted_at"]), UTC)
            post = Post(at, likes=int(row["likes"]), comments=int(row["comments"]))
            posts[row["account"], int(float(row["followers"]))].append(post)
    return [
        (Account(Platform.INSTAGRAM, name, followers, datetime.now(UTC)), rows)
        for (name, followers), rows in posts.items()
        if followers >= 100 and len(rows) >= 5 and len({post.likes for post in rows}) > 1
    ]


def rate(account: Account, posts: Sequence[Post]) -> float:
    """The rate of a typical post by followers, in place of the estimate."""
    return math.exp(
        np.mean([math.log(((post.likes or 0) + (post.comments or 0) + 0.5) / account.followers) for post in posts])
    )


def print_distribution(name: str, values: Sequence[float]) -> None:
    """The percentiles of a figure over the accounts that have it."""
    found = zip(POINTS, np.percentile(values, POINTS), strict=True)
    points = "  ".join(f"{share:g} %: {value:.3g}" for share, value in found)
    print(f"{name} ({len(values)} accounts)\n    {points}")


def print_flags(name: str, found: Counter[str], judged: int) -> None:
    """Of how many accounts each flag was raised."""
    shares = ", ".join(f"{reason} {count / judged:.2%}" for reason, count in sorted(found.items()))
    print(f"{name}: {shares or 'none'}")


def draw_counts(random: np.random.Generator, round_a_day: float, leaving: float, given: float) -> list[int]:
    """Followers of an account for each of 240 days."""
    rises = random.choice([0.0, 0.0003, 0.001, 0.002]) + random.normal(0, 0.0004, DAYS)
    for start in np.flatnonzero(random.random(DAYS) < round_a_day):
        days = np.arange(DAYS - start)
        brought, half_life = 0.05 * math.exp(random.normal()), random.choice([0.7, 1, 1.5, 2, 3, 5, 7])
        rises[start:] += brought * (1 - 0.5 ** (1 / half_life)) * 0.5 ** (days / half_life)
        rises[start + 3 :] -= leaving * brought * (0.5 ** (days[3:] / 20)) / 29
    start = random.integers(60, 180)
    rises[start : start + 2] += given / 2
    rises[start + 2 :] -= 0.2 * given * 0.5 ** (np.arange(DAYS - start - 2) / 20) / 29
    return [round(count) for count in random.choice([600, 1_500, 3_000, 8_000, 30_000]) * np.cumprod(1 + rises)]


def print_growth() -> None:
    """Of how many drawn accounts steps are found, read every so many days, exactly and with three digits."""
    random = np.random.default_rng(1)
    began = datetime(2026, 1, 1, tzinfo=UTC)
    for name, kind in KINDS.items():
        found = Counter[tuple[int, bool]]()
        for _ in range(DRAWN):
            counts = draw_counts(random, *kind)
            for every in DISTANCES:
                days = range(0, DAYS, every)
                exact = [Snapshot(began + timedelta(days=day), Source.FILE, counts[day]) for day in days]
                found[every, False] += bool(find_steps(exact))
                shown = [Snapshot(s.taken_at, s.source, three_digits(s.followers or 0)) for s in exact]
                found[every, True] += bool(find_steps(shown))
        print(name)
        for every in DISTANCES:
            plain, cut = (found[every, is_cut] / DRAWN for is_cut in (False, True))
            print(f"    every {every:2} days: {plain:.1%} ({cut:.1%})")


def three_digits(count: int) -> int:
    """As YouTube shows a count."""
    unit = 10 ** max(0, len(str(count)) - 3)
    return count // unit * unit


def main() -> None:
    """Print the distributions, then the share of accounts that each flag names."""
    accounts = read(Path(sys.argv[1]))
    rates = [rate(*each) for each in accounts]
    sizes = [math.log(account.followers) for account, _ in accounts]
    slope, level = statistics.linear_regression(sizes, [math.log(rate) for rate in rates])
    print(f"usual log rate: {level:.3f} + {slope:.3f} x log followers")
    usual = [math.exp(USUAL[0] + USUAL[1] * size) for size in sizes]
    comments = [comments_per_100_likes(posts) for _, posts in accounts]
    likes = [[post.likes for post in posts if post.likes] for _, posts in accounts]
    print_distribution("times the usual rate at its size", [r / u for r, u in zip(rates, usual, strict=True)])
    print_distribution("comments per 100 likes", [value for value in comments if value is not None])
    varied = [float(np.std(np.log(each), ddof=1)) for each in likes if len(each) >= 10]
    print_distribution("deviation of the logarithm of likes", varied)
    found = Counter(
        str(flag.reason)
        for (account, posts), own in zip(accounts, rates, strict=True)
        for flag in find_flags(Evidence(account, posts, rate=own))
    )
    print_flags("\nflagged, by the shipped bands", found, len(accounts))
    random = np.random.default_rng(1)
    for size in GROUPS:
        found = Counter[str]()
        for _ in range(DRAWS):
            for index, (account, posts) in enumerate(accounts):
                others = [other for other in random.permutation(len(accounts))[: size + 1] if other != index][:size]
                theirs = [value for other in others if (value := comments[other]) is not None]
                peers = PeerFigures([rates[other] for other in others], theirs)
                found.update(str(flag.reason) for flag in find_flags(Evidence(account, posts, (), rates[index], peers)))
        print_flags(f"flagged, by the bands of {size} peers", found, len(accounts) * DRAWS)
    print("\nsteps found in drawn accounts, by the distance of readings (with three digits)")
    print_growth()


if __name__ == "__main__":
    main()
