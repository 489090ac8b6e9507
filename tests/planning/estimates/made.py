"""Made-up accounts whose posts follow the model, or another regime."""

import numpy as np

from planning.estimates.histories import Histories
from planning.estimates.post_table import PostTable

DAY = 86_400.0


def made_table(
    accounts: int,
    posts: int,
    *,
    seed: int = 1,
    followers: tuple[int, int] = (150, 1_200),
    level: float = -1.8,
    slope: float = -0.53,
    between: float = 0.21,
    spread: float = 0.11,
    wander: float = 0.1,
    days: float = 7.0,
    calm: float = 0.0,
) -> PostTable:
    """Accounts whose log rate wanders by `wander` (standard deviation) a post, with log-normal posts every `days`.

    Above 0, `calm` makes accounts with a high rate for their size steadier than those with a low one.
    """
    chance = np.random.default_rng(seed)
    sizes = np.exp(chance.uniform(np.log(followers[0]), np.log(followers[1]), accounts)).round()
    apart = chance.normal(0, between**0.5, accounts)
    means = level + slope * np.maximum(np.log(sizes / 1_000), np.log(0.5)) + apart
    restless = np.exp(np.clip(-calm * apart, -1, 1))[:, None]
    walks = restless**0.5 * np.cumsum(chance.normal(0, wander, (accounts, posts)), axis=1)
    rates = means[:, None] + walks - walks[:, -20:].mean(axis=1, keepdims=True)
    noise = restless**0.5 * chance.normal(0, spread**0.5, (accounts, posts))
    counts = np.round(np.exp(rates + noise) * sizes[:, None]).ravel()
    times = np.tile(np.arange(posts, dtype=np.float64) * (days * DAY), accounts)
    histories = Histories(sizes, np.arange(accounts) * posts, times, counts)
    return PostTable(tuple(map(str, range(accounts))), histories, 0, 0, 0, 0)
