"""The estimate itself: one account or a million, by the same arithmetic on arrays.

With `prior`, `between`, `own` and `noise` as in `planning.estimates.model`, in logs:

    measured   = mean - ln F + spread / 2 + lift      where the posts point: the log mean rate of the next ones
    calm       = exp((prior - measured) / 2), at least 1/2 and at most 2
    trust      = between / (between + noise * calm)   how far to follow them
    rate       = exp(measured + (1 - trust) * gap)    gap = prior - measured, cut at 2.25 sqrt(between + noise * calm)
    variance   = trust * noise * calm ** 2 + own * (1 / horizon - 1 / 12)
    low, high  = rate * exp(-+ (reach + early / weight) * sqrt(variance))

That is the posterior of a normal prior and normal posts, but for three things. `noise` follows the account's own
spread, so one as steady as clockwork is believed. Accounts whose rate is low for their size are less steady than those
whose rate is high (on the posts that the model is fitted to, the squared error falls with the rate's power 1.4), so
they get more noise: `calm`. And an account that no prior foresaw is pulled no further than one that lies 2.25 standard
deviations off ("limited translation": Efron and Morris, Journal of the American Statistical Association, 1972).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planning.estimates.model import BEND, BEYOND, Model
from planning.estimates.sample import Floats, Samples
from planning.estimates.values import Estimate, Sample
from planning.platform import Platform

HORIZON = 12
"""Of how many next posts the mean rate is estimated."""
SPREAD_COUNTS_AS = 20
"""How many posts the platform's spread weighs as much as, against the account's own."""
FURTHEST = 2.25
CALM = 0.5
MOST_CALM = math.log(2)

_CODES = {platform: code for code, platform in enumerate(Platform)}


@dataclass(frozen=True, slots=True)
class Subject:
    """An account to estimate: `niche` is its main one, normalised."""

    platform: Platform
    followers: int
    sample: Sample
    niche: str | None = None


@dataclass(frozen=True, slots=True)
class Subjects:
    """Many accounts to estimate, one a place in each array; followers are above 0.

    `platforms` holds places in `list(Platform)`; `niches` the difference of the log rate that the model gives each.
    """

    platforms: NDArray[np.intp]
    followers: Floats
    samples: Samples
    niches: Floats

    def only(self, accounts: NDArray[np.bool_]) -> "Subjects":
        """These accounts."""
        samples = self.samples
        return Subjects(
            self.platforms[accounts],
            self.followers[accounts],
            Samples(
                samples.posts[accounts], samples.mean[accounts], samples.weight[accounts], samples.spread[accounts]
            ),
            self.niches[accounts],
        )


@dataclass(frozen=True, slots=True)
class Estimates:
    """Rates with their 90 % intervals, and what is usual, as shares, one a place."""

    rate: Floats
    low: Floats
    high: Floats
    usual: Floats


@dataclass(frozen=True, slots=True)
class Held:
    """What the model holds of each account (see `planning.estimates.model`), one a place."""

    prior: Floats
    between: Floats
    own: Floats
    noise: Floats
    measured: Floats


def estimate(subject: Subject, model: Model, *, horizon: int = HORIZON) -> Estimate | None:
    """One account's estimate; None where it has no followers."""
    return estimate_many([subject], model, horizon=horizon)[0]


def estimate_many(subjects: Sequence[Subject], model: Model, *, horizon: int = HORIZON) -> list[Estimate | None]:
    """Each account's estimate, in their order; None where it has no followers.

    Of the mean rate by followers of the next `horizon` posts.
    """
    kept = [subject for subject in subjects if subject.followers > 0]
    if not kept:
        return [None] * len(subjects)
    found = estimate_arrays(as_arrays(kept, model), model, horizon=horizon)
    rows = zip(*(figures.tolist() for figures in (found.rate, found.low, found.high, found.usual)), strict=True)
    made = (Estimate(rate, low, high, model.version, usual) for rate, low, high, usual in rows)
    return [next(made) if subject.followers > 0 else None for subject in subjects]


def as_arrays(subjects: Sequence[Subject], model: Model) -> Subjects:
    """The accounts in arrays; all of them have followers."""
    samples = [subject.sample for subject in subjects]
    return Subjects(
        np.array([_CODES[subject.platform] for subject in subjects], np.intp),
        np.array([subject.followers for subject in subjects], float),
        Samples(
            np.array([sample.posts for sample in samples], float),
            np.array([sample.mean for sample in samples], float),
            np.array([sample.weight for sample in samples], float),
            np.array([np.nan if sample.spread is None else sample.spread for sample in samples], float),
        ),
        np.array([model.niches.get(subject.niche or "", 0.0) for subject in subjects], float),
    )


def estimate_arrays(subjects: Subjects, model: Model, *, horizon: int = HORIZON) -> Estimates:
    """Every account's estimate of the mean rate of its next `horizon` posts."""
    held = hold(subjects, model)
    gap = held.prior - held.measured
    calm = np.exp(np.clip(CALM * gap, -MOST_CALM, MOST_CALM))
    noise = held.noise * calm
    total = held.between + noise
    furthest = FURTHEST * np.sqrt(total)
    middle = held.measured + noise / total * np.clip(gap, -furthest, furthest)
    variance = held.between / total * noise * calm
    # The shipped reach was found on means of 12 posts; a mean of fewer varies more, one of more varies less.
    variance = np.maximum(variance + held.own * (1 / horizon - 1 / HORIZON), variance / 4)
    width = (model.reach + model.early / subjects.samples.weight) * np.sqrt(variance)
    usual = np.exp(held.prior - subjects.niches)
    return Estimates(np.exp(middle), np.exp(middle - width), np.exp(middle + width), usual)


def hold(subjects: Subjects, model: Model) -> Held:
    """What the model holds of each account, and where its posts point."""
    priors = [model.prior(platform) for platform in Platform]
    held = np.array([[p.level, p.slope, p.between, p.spread, np.log(p.fewest), np.log(p.most)] for p in priors])
    level, slope, between, spread, fewest, most = held[subjects.platforms].T
    followers = np.log(subjects.followers)
    beyond = np.maximum(0.0, np.maximum(fewest - followers, followers - most))
    samples = subjects.samples
    degrees = np.where(np.isnan(samples.spread), 0.0, samples.posts - 1)
    measured_spread = np.where(np.isnan(samples.spread), 0.0, samples.spread)
    own = (SPREAD_COUNTS_AS * spread + degrees * measured_spread) / (SPREAD_COUNTS_AS + degrees)
    return Held(
        level + slope * size(followers) + subjects.niches,
        between + (BEYOND * beyond) ** 2,
        own,
        own * (model.fresh / samples.weight + model.drift),
        samples.mean - followers + spread / 2 + model.lift,
    )


def size(log_followers: Floats) -> Floats:
    """What the slope multiplies: ln(followers / 1,000), not below that of 500."""
    return np.maximum(log_followers - math.log(1_000), BEND)
