"""Fit the constants of `planning.engagement.cautious_rate` to a table of posts.

    python -m benchmarks.prior posts.csv

The table: account, followers, likes, comments; one row a post. Accounts below 100 followers, below 5 posts or with
hidden likes (all posts alike) are left out. Prints the intercept and slope of the prior mean of y = log((likes +
comments + 0.5) / followers) on log followers, and the variances of y between and within accounts (method of moments).
"""

import csv
import math
import statistics
import sys
from collections import defaultdict
from pathlib import Path


def fit(path: Path) -> dict[str, float]:
    """The constants: accounts, posts, intercept, slope, between, within."""
    posts: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["account"], int(float(row["followers"]))
            posts[key].append((int(row["likes"]), int(row["comments"])))
    sizes: list[float] = []
    means: list[float] = []
    within: list[float] = []
    counts: list[int] = []
    for (_, followers), rows in posts.items():
        if followers < 100 or len(rows) < 5 or len({likes for likes, _ in rows}) == 1:
            continue
        rates = [math.log((likes + comments + 0.5) / followers) for likes, comments in rows]
        sizes.append(math.log(followers))
        means.append(statistics.fmean(rates))
        within.append(statistics.variance(rates))
        counts.append(len(rows))
    slope, intercept = statistics.linear_regression(sizes, means)
    residuals = [mean - intercept - slope * size for size, mean in zip(sizes, means, strict=True)]
    pooled = statistics.fmean(within)
    noise = statistics.fmean(pooled / count for count in counts)
    return {
        "accounts": len(means),
        "posts": sum(counts),
        "intercept": intercept,
        "slope": slope,
        "between": statistics.variance(residuals) - noise,
        "within": pooled,
    }


if __name__ == "__main__":
    for name, value in fit(Path(sys.argv[1])).items():
        print(f"{name:>10} {value:.3f}" if isinstance(value, float) else f"{name:>10} {value}")
