"""The proof: hide each account's newest posts, estimate their mean rate from older ones, and see how far off that is.

The error is the root mean square of ln(predicted) - ln(actual), of mean rates by followers (a mean below half an
interaction a post counts as half a one). It is that of the plain mean, of the median and of the estimate alike. The
model is never fitted to what it is tested on.
"""

from dataclasses import dataclass

import numpy as np

from planning.estimates.estimating import HORIZON, Estimates, estimate_arrays
from planning.estimates.histories import FEWEST_FOLLOWERS, KNOWN, MOST_KNOWN, Histories, log_rates
from planning.estimates.model import SHIPPED, Model
from planning.estimates.post_table import PostTable
from planning.estimates.rankings import kendall_tau, precision_at
from planning.estimates.sample import Floats, Indices

TOP = 20
DRAWS = 20
"""How often the numbers of known posts are drawn; the rankings' figures are means over the draws."""
SEED = 2026


@dataclass(frozen=True, slots=True)
class Three:
    """One figure of each way to predict."""

    mean: float
    median: float
    estimate: float


@dataclass(frozen=True, slots=True)
class AtKnown:
    """With so many known posts: the errors, and the share of hidden means inside the 90 % interval."""

    rmsle: Three
    coverage90: float


@dataclass(frozen=True, slots=True)
class Unequal:
    """Where 1 to 24 posts are known, drawn at random: how well the accounts are ranked."""

    kendall_tau: Three
    precision_at_20: Three


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many accounts were left out, each under the first that holds."""

    hidden_likes: int
    few_followers: int
    few_posts: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the test found on this many accounts; `known` by the number of known posts."""

    accounts: int
    left_out: LeftOut
    known: dict[int, AtKnown]
    unequal: Unequal


def backtest(table: PostTable, *, horizon: int = HORIZON, model: Model = SHIPPED) -> Backtest | None:
    """Test the model on a table of posts; None where no account in it can be tested."""
    tested = table.histories.only(table.histories.eligible(horizon))
    if not tested.accounts:
        return None
    known = {count: _at_known(tested, count, horizon, model) for count in KNOWN}
    return Backtest(tested.accounts, left_out(table, horizon), known, _unequal(tested, horizon, model))


def left_out(table: PostTable, horizon: int = HORIZON) -> LeftOut:
    """How many accounts of the table can't be tested, and why."""
    histories = table.histories
    few_followers = int((histories.followers < FEWEST_FOLLOWERS).sum())
    few_posts = histories.accounts - few_followers - len(histories.eligible(horizon))
    return LeftOut(table.hidden, few_followers, few_posts)


@dataclass(frozen=True, slots=True)
class _Predicted:
    """Log rates by each way, the interval's ends, and what came, one an account."""

    mean: Floats
    median: Floats
    estimate: Floats
    low: Floats
    high: Floats
    actual: Floats

    def errors(self) -> Three:
        """The root mean square error of each way."""
        found = [float(np.sqrt(np.mean((way - self.actual) ** 2))) for way in (self.mean, self.median, self.estimate)]
        return Three(*found)


def _predict(histories: Histories, known: Indices, horizon: int, model: Model) -> _Predicted:
    shown, hidden = histories.hiding(horizon, known)
    found: Estimates = estimate_arrays(shown.subjects(), model, horizon=horizon)
    return _Predicted(
        log_rates(shown.means(), shown.followers),
        log_rates(shown.medians(), shown.followers),
        np.log(found.rate),
        np.log(found.low),
        np.log(found.high),
        log_rates(hidden, shown.followers),
    )


def _at_known(histories: Histories, count: int, horizon: int, model: Model) -> AtKnown:
    predicted = _predict(histories, np.full(histories.accounts, count, np.intp), horizon, model)
    inside = (predicted.low <= predicted.actual) & (predicted.actual <= predicted.high)
    return AtKnown(predicted.errors(), float(inside.mean()))


def _unequal(histories: Histories, horizon: int, model: Model) -> Unequal:
    random = np.random.default_rng(SEED)
    taus: list[list[float]] = []
    precisions: list[list[float]] = []
    for _ in range(DRAWS):
        known = random.integers(1, MOST_KNOWN + 1, histories.accounts).astype(np.intp)
        predicted = _predict(histories, known, horizon, model)
        ways = (predicted.mean, predicted.median, predicted.estimate)
        taus.append([kendall_tau(way, predicted.actual) for way in ways])
        precisions.append([precision_at(TOP, way, predicted.actual) for way in ways])
    return Unequal(Three(*np.mean(taus, axis=0).tolist()), Three(*np.mean(precisions, axis=0).tolist()))
