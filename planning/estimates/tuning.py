"""Tunes the whole model to histories of posts, of which the newest are held back.

    python -m benchmarks.estimates posts.csv

prints the constants that are shipped. From the accounts that `planning.estimates.backtest` would test, at 1, 3, 5 and
12 known posts, each number of posts weighing the same: `level`, `slope` and `between` by least squares on the hidden
means; `spread` as the mean over accounts; `fresh`, `drift` and `lift` where the squared error is least. `reach` and
`early` are such that 90 % of the hidden means lie inside when each half of the accounts is judged by the constants of
the other, accounts with fewer posts (12 beside the hidden ones) among them: a straight line through what it takes at
each number of posts.

The model that it begins with counts as so many accounts more: each constant is the mean, weighted by accounts, of what
it was and what these histories say, the variances by their logarithms. As how many is tried out, again on
halves that judge each other, so a base that fits stays and one that doesn't gives way.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planning.estimates.estimating import HORIZON, Subjects, estimate_arrays, size
from planning.estimates.fitting import fit_line
from planning.estimates.histories import KNOWN, MOST_KNOWN, Histories, log_rates
from planning.estimates.model import SHIPPED, SHIPPED_COUNTS_AS, Model, Prior
from planning.estimates.sample import Floats
from planning.platform import Platform

NOMINAL = 0.9
HALVINGS = 2
"""Random halvings over which `reach` is found."""
REACH_COUNTS_AS = 20
"""As many accounts the base's reach counts as at most: it answers for the constants beside it, not for the base's."""
BASE_COUNTS_AS = (10.0, SHIPPED_COUNTS_AS, 250.0, 1e6)
"""As how many accounts the base may count; the last leaves it as it is but for its reach."""
NEEDED = 20
"""Fewer accounts than this say nothing of how the model errs."""
SETTLED_ACCOUNTS = 5_000
"""More accounts than these tell next to nothing that these don't."""
_STEPS = (0.4, 0.1, 0.04)
"""How far `fresh` and `drift` (in logs) and, five times less, `lift` are moved while that lessens the error."""
_ROUND = 0.5
_LEAST, _MOST = 0.02, 5.0
"""Of `fresh` and `drift`."""


@dataclass(frozen=True, slots=True)
class Window:
    """What was known of each account at one number of posts, and the log rate that came next."""

    subjects: Subjects
    actual: Floats

    def only(self, accounts: NDArray[np.bool_]) -> "Window":
        """These accounts."""
        return Window(self.subjects.only(accounts), self.actual[accounts])


def windows(histories: Histories, horizon: int) -> list[Window]:
    """One for each number of known posts; every account has enough of them beside the hidden ones."""
    found: list[Window] = []
    for count in KNOWN:
        shown, hidden = histories.hiding(horizon, np.full(histories.accounts, count, np.intp))
        found.append(Window(shown.subjects(), log_rates(hidden, shown.followers)))
    return found


def settle(model: Model, histories: Histories, *, base: Model = SHIPPED, horizon: int = HORIZON) -> Model:
    """The model with its priors as they are, and the rest tuned to these histories: how far posts are followed, and
    how wide its intervals are. As it was where fewer than `NEEDED` accounts have posts enough."""
    used = histories.only(histories.eligible(horizon, beside=max(KNOWN))[:SETTLED_ACCOUNTS])
    if used.accounts < NEEDED:
        return model
    seen = windows(used, horizon)
    trial = _try(seen, lambda part: _settled(part, model, base, SHIPPED_COUNTS_AS, horizon), horizon)
    settled = _settled(seen, model, base, SHIPPED_COUNTS_AS, horizon)
    return _with_reach(settled, base, trial, used.accounts, SHIPPED_COUNTS_AS)


def tune(
    histories: Histories,
    *,
    base: Model = SHIPPED,
    counts: Sequence[float] = BASE_COUNTS_AS,
    horizon: int = HORIZON,
) -> Model:
    """The base model tuned to the accounts of these histories that can be tested, all taken as Instagram's.

    Of `counts`, what the base counts as, the one with the least error on held-back accounts is taken.
    """
    used = histories.only(histories.eligible(horizon, beside=max(KNOWN)))
    tested = used.lengths >= horizon + MOST_KNOWN
    if tested.sum() < NEEDED:
        return base
    seen = windows(used, horizon)
    trials = [_try(seen, lambda part, count=count: _fit(part, base, count, horizon), horizon) for count in counts]
    best = min(range(len(counts)), key=lambda trial: trials[trial].error)
    fitted = _fit([window.only(tested) for window in seen], base, counts[best], horizon)
    return replace(
        _with_reach(fitted, base, trials[best], used.accounts, counts[best]),
        accounts=int(tested.sum()),
        posts=int(used.lengths[tested].sum()),
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """How tuning does on accounts that are held back: the mean square error, and what `reach` and `early` it takes."""

    error: float
    reach: float
    early: float


Fit = Callable[[Sequence[Window]], Model]
"""Makes a model from what was known and what came next."""


def _try(seen: Sequence[Window], fit: Fit, horizon: int) -> _Trial:
    accounts = len(seen[0].actual)
    random = np.random.default_rng(0)
    errors: list[Floats] = []
    off: list[list[Floats]] = [[] for _ in seen]
    for _ in range(HALVINGS):
        half = random.permutation(accounts) % 2 == 0
        for here in (half, ~half):
            fitted = fit([window.only(here) for window in seen])
            for window, at_known in zip(seen, off, strict=True):
                found = _errors(window.only(~here), fitted, horizon)
                errors.append(found.errors)
                at_known.append(np.abs(found.errors) / found.deviations)
    reaches = [np.quantile(np.concatenate(at_known), NOMINAL) for at_known in off]
    rarity = [np.mean(1 / window.subjects.samples.weight) for window in seen]
    early, reach = np.polyfit(rarity, reaches, 1).tolist()
    return _Trial(float(np.mean(np.concatenate(errors) ** 2)), reach, early)


def _with_reach(model: Model, base: Model, trial: _Trial, accounts: int, base_counts_as: float) -> Model:
    """The model with the interval that the trial takes; the base's counts as at most `REACH_COUNTS_AS` accounts."""
    share = min(base_counts_as, REACH_COUNTS_AS)
    share /= share + accounts
    return replace(
        model,
        reach=base.reach * share + trial.reach * (1 - share),
        early=base.early * share + trial.early * (1 - share),
    )


def _fit(seen: Sequence[Window], base: Model, base_counts_as: float, horizon: int) -> Model:
    prior = _prior(seen, base.prior(Platform.INSTAGRAM), base_counts_as)
    model = replace(base, priors={**base.priors, Platform.INSTAGRAM: prior})
    return _settled(seen, model, base, base_counts_as, horizon)


def _settled(seen: Sequence[Window], model: Model, base: Model, base_counts_as: float, horizon: int) -> Model:
    """The model with `fresh`, `drift` and `lift` where the error is least, drawn towards the base's."""
    # The search begins at round numbers, not at the base's, which may have seen accounts that these are judged on.
    model = replace(model, fresh=_ROUND, drift=_ROUND, lift=0.0)
    best = _error(seen, model, horizon)
    for step in _STEPS:
        improved = True
        while improved:
            improved = False
            for moved in _neighbours(model, step):
                error = _error(seen, moved, horizon)
                if error < best:
                    model, best, improved = moved, error, True
    share = base_counts_as / (base_counts_as + len(seen[0].actual))
    return replace(
        model,
        fresh=base.fresh**share * model.fresh ** (1 - share),
        drift=base.drift**share * model.drift ** (1 - share),
        lift=base.lift * share + model.lift * (1 - share),
    )


def _prior(seen: Sequence[Window], before: Prior, before_counts_as: float) -> Prior:
    actual, followers = seen[0].actual, seen[0].subjects.followers
    sizes = size(np.log(followers))
    accounts = len(actual)
    variances = np.full(accounts, before.between)
    level, slope = fit_line(sizes, actual, variances, before, counts_as=before_counts_as)
    share = before_counts_as / (before_counts_as + accounts)
    between = float(np.mean((actual - level - slope * sizes) ** 2)) * accounts / (accounts - 2)
    spread = float(np.mean(seen[-1].subjects.samples.spread))
    return replace(
        before,
        level=level,
        slope=slope,
        between=before.between**share * between ** (1 - share),
        spread=before.spread**share * spread ** (1 - share),
        fewest=float(followers.min()),
        most=float(followers.max()),
    )


def _neighbours(model: Model, step: float) -> list[Model]:
    found = [replace(model, lift=model.lift + move / 5) for move in (step, -step)]
    for move in (step, -step):
        fresh, drift = model.fresh * math.exp(move), model.drift * math.exp(move)
        found += [replace(model, fresh=fresh)] if _LEAST <= fresh <= _MOST else []
        found += [replace(model, drift=drift)] if _LEAST <= drift <= _MOST else []
    return found


def _error(seen: Sequence[Window], model: Model, horizon: int) -> float:
    """The mean square error over the numbers of known posts."""
    return float(np.mean([np.mean(_errors(window, model, horizon).errors ** 2) for window in seen]))


@dataclass(frozen=True, slots=True)
class _Errors:
    """By how much the log rates were off, and the standard deviations that the model gives them."""

    errors: Floats
    deviations: Floats


def _errors(window: Window, model: Model, horizon: int) -> _Errors:
    found = estimate_arrays(window.subjects, replace(model, reach=1.0, early=0.0), horizon=horizon)
    middle = np.log(found.rate)
    return _Errors(middle - window.actual, np.log(found.high) - middle)
