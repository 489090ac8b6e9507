"""Finds the constants that the model is shipped with, from a table of whole histories.

    python -m benchmarks.estimates posts.csv

prints them. From the accounts that `planning.estimates.backtest` would test, at 1, 3, 5 and 12 known posts, each
number of posts weighing the same: `level`, `slope` and `between` by least squares on the hidden means; `spread` as
the mean over accounts; `share` and `lift` where the squared error is least. `reach` is such that 90 % of the hidden
means lie inside when each half of the accounts is judged by the constants of the other, accounts with fewer posts (12
beside the hidden ones) among them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planning.estimates.backtest import KNOWN, eligible
from planning.estimates.estimating import HORIZON, Subjects, estimate_arrays, size
from planning.estimates.histories import Histories, log_rates
from planning.estimates.model import SHIPPED, Model, Prior
from planning.estimates.sample import Floats
from planning.platform import Platform

NOMINAL = 0.9
HALVINGS = 20
"""Random halvings over which `reach` is found."""
_STEPS = (0.5, 0.2, 0.05, 0.02)
"""How far `share` (in logs) and, five times less, `lift` are moved while that lessens the error."""


@dataclass(frozen=True, slots=True)
class Window:
    """What was known of each account at one number of posts, and the log rate that came next."""

    subjects: Subjects
    actual: Floats

    def only(self, accounts: NDArray[np.bool_]) -> "Window":
        """These accounts."""
        held, samples = self.subjects, self.subjects.samples
        picked = replace(
            samples,
            posts=samples.posts[accounts],
            mean=samples.mean[accounts],
            weight=samples.weight[accounts],
            spread=samples.spread[accounts],
        )
        subjects = Subjects(held.platforms[accounts], held.followers[accounts], picked, held.niches[accounts])
        return Window(subjects, self.actual[accounts])


def windows(histories: Histories) -> list[Window]:
    """One for each number of known posts; every account has enough of them beside the hidden ones."""
    found: list[Window] = []
    for count in KNOWN:
        shown, hidden = histories.hiding(HORIZON, np.full(histories.accounts, count, np.intp))
        found.append(Window(shown.subjects(), log_rates(hidden, shown.followers)))
    return found


def tune(histories: Histories, source: str, *, seed: int = 0) -> Model:
    """The model fitted to the accounts of these histories that can be tested, all taken as Instagram's."""
    used = histories.only(eligible(histories, HORIZON, beside=max(KNOWN)))
    seen = windows(used)
    tested = np.zeros(used.accounts, bool)
    tested[eligible(used, HORIZON)] = True
    random = np.random.default_rng(seed)
    off: list[Floats] = []
    for _ in range(HALVINGS):
        half = random.permutation(used.accounts) % 2 == 0
        for here in (half, ~half):
            fitted = _fit([window.only(here) for window in seen])
            off += [_off(window.only(~here), fitted) for window in seen]
    return replace(
        _fit([window.only(tested) for window in seen]),
        reach=float(np.quantile(np.concatenate(off), NOMINAL)),
        accounts=int(tested.sum()),
        posts=int(used.lengths[tested].sum()),
        source=source,
    )


def _fit(seen: Sequence[Window]) -> Model:
    prior = _prior(seen)
    model = replace(SHIPPED, priors={Platform.INSTAGRAM: prior}, elsewhere=prior, reach=1.0)
    best = _error(seen, model)
    for step in _STEPS:
        improved = True
        while improved:
            improved = False
            for moved in _neighbours(model, step):
                error = _error(seen, moved)
                if error < best:
                    model, best, improved = moved, error, True
    return model


def _prior(seen: Sequence[Window]) -> Prior:
    actual, followers = seen[0].actual, seen[0].subjects.followers
    design = np.stack((np.ones(len(actual)), size(followers)), axis=1)
    (level, slope), *_ = np.linalg.lstsq(design, actual)
    between = float(np.mean((actual - design @ np.array([level, slope])) ** 2)) * len(actual) / (len(actual) - 2)
    spreads = seen[-1].subjects.samples.spread
    return Prior(
        float(level), float(slope), between, float(spreads.mean()), float(followers.min()), float(followers.max())
    )


def _neighbours(model: Model, step: float) -> list[Model]:
    moves = (step, -step)
    return [replace(model, share=model.share * math.exp(move)) for move in moves] + [
        replace(model, lift=model.lift + move / 5) for move in moves
    ]


def _error(seen: Sequence[Window], model: Model) -> float:
    """The mean square error over the numbers of known posts."""
    found = [np.log(estimate_arrays(window.subjects, model).rate) - window.actual for window in seen]
    return float(np.mean([np.mean(errors**2) for errors in found]))


def _off(window: Window, model: Model) -> Floats:
    """How many standard deviations the actual rates lie off."""
    found = estimate_arrays(window.subjects, replace(model, reach=1.0))
    middle = np.log(found.rate)
    return np.abs(window.actual - middle) / (np.log(found.high) - middle)
