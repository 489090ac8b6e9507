"""Fits a server's own model to its accounts: the more it has, the less the shipped prior counts.

For each platform, by generalised least squares on where the accounts' samples point (`measured`, each weighing
1 / (between + noise)):

    level, slope   with the base model as 50 accounts more, of the size that it was fitted to
    between        (50 * base + sum of (residual ** 2 - noise)) / (50 + accounts), no residual beyond 3 deviations
    spread         (50 * base + sum of own spreads) / (50 + accounts), an account with fewer than 12 posts less
    niches         sum of trust * residual / (10 + sum of trust), of niches that 30 accounts carry

`fresh`, `drift`, `lift`, `reach` and `early` need posts that are held back: `planning.estimates.tuning.settle`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planning.estimates.estimating import Held, Subject, Subjects, as_arrays, hold, size
from planning.estimates.model import BEYOND, FITTED_SIZE, SHIPPED, SHIPPED_COUNTS_AS, Model, Prior
from planning.estimates.sample import Floats
from planning.estimates.values import ModelVersion
from planning.platform import Platform

NICHE_NEEDS = 30
NICHE_COUNTS_AS = 10
SIZES_NEED = 30
"""How many accounts it takes for their followers to count as seen."""
FURTHEST_RESIDUAL = 3.0
FULL_SPREAD = 11
"""Degrees of freedom, posts less one, from which on an account's own spread counts in full."""
LEAST_BETWEEN = 0.02
_ROUNDS = 4
"""Of weights from variances and variances from residuals, which settle in two or three."""


def fit_model(subjects: Sequence[Subject], *, base: Model = SHIPPED, version: ModelVersion) -> Model:
    """The base model, taken over by these accounts as far as they are many; those without followers are ignored."""
    kept = [subject for subject in subjects if subject.followers > 0]
    if not kept:
        return replace(base, version=version, niches={})
    arrays = as_arrays(kept, replace(base, niches={}))
    priors = dict(base.priors)
    for code, platform in enumerate(Platform):
        chosen = arrays.platforms == code
        if chosen.any():
            priors[platform] = _fit_prior(_Group(arrays, chosen), base, platform)
    fitted = replace(base, version=version, priors=priors, niches={})
    return replace(fitted, niches=_fit_niches(kept, hold(arrays, fitted)))


@dataclass(frozen=True, slots=True)
class _Group:
    """The accounts of one platform."""

    subjects: Subjects
    chosen: NDArray[np.bool_]

    def held(self, model: Model) -> Held:
        """What the model holds of them."""
        held = hold(self.subjects, model)
        chosen = self.chosen
        return Held(
            held.prior[chosen], held.between[chosen], held.own[chosen], held.noise[chosen], held.measured[chosen]
        )


def _fit_prior(group: _Group, base: Model, platform: Platform) -> Prior:
    before = base.prior(platform)
    followers = group.subjects.followers[group.chosen]
    sizes = size(np.log(followers))
    accounts = len(followers)
    prior = replace(
        before,
        spread=_spread(group, before.spread),
        accounts=accounts,
        fewest=min(before.fewest, float(followers.min())) if accounts >= SIZES_NEED else before.fewest,
        most=max(before.most, float(followers.max())) if accounts >= SIZES_NEED else before.most,
    )
    for _ in range(_ROUNDS):
        held = group.held(replace(base, priors={**base.priors, platform: prior}, niches={}))
        level, slope = fit_line(sizes, held.measured, prior.between + held.noise, before)
        residuals = held.measured - level - slope * sizes
        prior = replace(prior, level=level, slope=slope, between=_between(residuals, held.noise, prior, before))
    return prior


def _spread(group: _Group, before: float) -> float:
    samples = group.subjects.samples
    spreads, posts = samples.spread[group.chosen], samples.posts[group.chosen]
    known = ~np.isnan(spreads)
    weights = np.minimum(1.0, (posts[known] - 1) / FULL_SPREAD)
    return float((SHIPPED_COUNTS_AS * before + weights @ spreads[known]) / (SHIPPED_COUNTS_AS + weights.sum()))


def fit_line(
    sizes: Floats, measured: Floats, variances: Floats, before: Prior, *, counts_as: float = SHIPPED_COUNTS_AS
) -> tuple[float, float]:
    """Level and slope, with the line before as `counts_as` accounts more of the shipped one's mean size.

    Its slope is as unsure as `BEYOND` says where it counts as the shipped prior does.
    """
    held = counts_as / before.between * np.array([[1, FITTED_SIZE], [FITTED_SIZE, FITTED_SIZE**2]])
    held[1, 1] += counts_as / SHIPPED_COUNTS_AS / BEYOND**2
    design = np.stack((np.ones(len(sizes)), sizes))
    weighted = design / variances
    level, slope = np.linalg.solve(
        held + weighted @ design.T, held @ np.array([before.level, before.slope]) + weighted @ measured
    ).tolist()
    return level, slope


def _between(residuals: Floats, noise: Floats, prior: Prior, before: Prior) -> float:
    most = FURTHEST_RESIDUAL**2 * (prior.between + noise)
    found = float((np.minimum(residuals**2, most) - noise).sum())
    return max(LEAST_BETWEEN, (SHIPPED_COUNTS_AS * before.between + found) / (SHIPPED_COUNTS_AS + len(residuals)))


def _fit_niches(subjects: Sequence[Subject], held: Held) -> dict[str, float]:
    names = [subject.niche for subject in subjects]
    known = [name for name, count in Counter(names).items() if name is not None and count >= NICHE_NEEDS]
    if not known:
        return {}
    places = {name: place for place, name in enumerate(sorted(known))}
    codes = np.array([places.get(name or "", -1) for name in names], np.intp)
    carried = codes >= 0
    trust = (held.between / (held.between + held.noise))[carried]
    residuals = (held.measured - held.prior)[carried]
    total = np.bincount(codes[carried], trust)
    summed = np.bincount(codes[carried], trust * residuals)
    return dict(zip(places, (summed / (NICHE_COUNTS_AS + total)).tolist(), strict=True))
