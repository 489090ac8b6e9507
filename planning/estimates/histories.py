"""Whole histories of many accounts' posts, in flat arrays; from them, what was known and what came next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from planning.estimates.estimating import Subjects
from planning.estimates.sample import Floats, Indices, interactions, sample_many
from planning.platform import Platform
from planning.posts import Post

KNOWN = (1, 3, 5, 12)
"""Of how many known posts errors are told."""
MOST_KNOWN = 24
FEWEST_FOLLOWERS = 100
LEAST = 0.5
"""Half an interaction a post: a mean below it counts as this much, so that it has a logarithm."""


@dataclass(frozen=True, slots=True)
class Histories:
    """The posts of many accounts: `times` (unix seconds) and `counts` (interactions) by account, oldest first.

    `starts` are the places of each account's first post, `followers` one an account, `platforms` places in
    `list(Platform)`; None: all are Instagram's.
    """

    followers: Floats
    starts: Indices
    times: Floats
    counts: Floats
    platforms: Indices | None = None

    @property
    def accounts(self) -> int:
        """How many accounts there are."""
        return len(self.starts)

    @property
    def lengths(self) -> Indices:
        """How many posts each account has."""
        return np.diff(self.starts, append=len(self.times)).astype(np.intp)

    def only(self, accounts: Indices) -> "Histories":
        """These accounts, in this order."""
        rows, starts = _rows(self.starts[accounts], self.lengths[accounts])
        platforms = None if self.platforms is None else self.platforms[accounts]
        return Histories(self.followers[accounts], starts, self.times[rows], self.counts[rows], platforms)

    def eligible(self, horizon: int, *, fewest: int = FEWEST_FOLLOWERS, beside: int = MOST_KNOWN) -> Indices:
        """The places of the accounts with followers enough, and with `beside` posts or more beside the hidden ones."""
        return np.flatnonzero((self.followers >= fewest) & (self.lengths >= horizon + beside))

    def hiding(self, horizon: int, known: Indices) -> tuple["Histories", Floats]:
        """The `known` posts of each account before its newest `horizon`, and the mean interactions of those newest."""
        ends = self.starts + self.lengths - horizon
        rows, starts = _rows(ends - known, known)
        hidden, _ = _rows(ends, np.full(self.accounts, horizon, np.intp))
        means = self.counts[hidden].reshape(self.accounts, horizon).mean(axis=1)
        return Histories(self.followers, starts, self.times[rows], self.counts[rows], self.platforms), means

    def means(self) -> Floats:
        """The mean interactions of each account's posts."""
        return np.add.reduceat(self.counts, self.starts) / self.lengths

    def medians(self) -> Floats:
        """The median interactions of each account's posts."""
        account = np.repeat(np.arange(self.accounts), self.lengths)
        ordered = self.counts[np.lexsort((self.counts, account))]
        lower, upper = self.starts + (self.lengths - 1) // 2, self.starts + self.lengths // 2
        return (ordered[lower] + ordered[upper]) / 2

    def subjects(self) -> Subjects:
        """The accounts, to estimate from all the posts in here."""
        platforms = self.platforms
        if platforms is None:
            platforms = np.full(self.accounts, list(Platform).index(Platform.INSTAGRAM), np.intp)
        samples = sample_many(self.times, self.counts, self.starts)
        return Subjects(platforms, self.followers, samples, np.zeros(self.accounts))


def gather(accounts: Iterable[tuple[Platform, int, Sequence[Post]]]) -> Histories:
    """The histories of accounts: platform, followers, and the visible posts (`planning.estimates.sample.visible`)."""
    codes = {platform: code for code, platform in enumerate(Platform)}
    platforms: list[int] = []
    followers: list[int] = []
    starts: list[int] = []
    times: list[float] = []
    counts: list[int] = []
    for platform, size, posts in accounts:
        platforms.append(codes[platform])
        followers.append(size)
        starts.append(len(times))
        times.extend(post.posted_at.timestamp() for post in posts)
        counts.extend(interactions(post) for post in posts)
    return Histories(
        np.array(followers, float),
        np.array(starts, np.intp),
        np.array(times, float),
        np.array(counts, float),
        np.array(platforms, np.intp),
    )


def log_rates(means: Floats, followers: Floats) -> Floats:
    """The logarithm of mean interactions by followers."""
    return np.log(np.maximum(means, LEAST) / followers)


def _rows(starts: Indices, lengths: Indices) -> tuple[Indices, Indices]:
    """The places of runs that begin at `starts`, one after the other, and where each run then begins."""
    begins: Indices = np.cumsum(lengths) - lengths
    places: Indices = np.arange(int(lengths.sum())) + np.repeat(starts - begins, lengths)
    return places, begins
