"""The proof: hide each account's newest posts, estimate their mean rate from older ones, and see how far off that is.

The error is the root mean square of ln(predicted) - ln(actual), of mean rates by followers (a mean below half an
interaction a post counts as half a one). It is that of the plain mean, of the median and of the estimate alike.

No account is judged by a model that has seen it: the model begins as the shipped one, and what one half of the accounts
(drawn at random) teaches it is tried on the other half, as a server's own accounts take over in time
(`planning.estimates.tuning`). With fewer than 20 accounts in a half it stays as it is shipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from planning.estimates.estimating import HORIZON, estimate_arrays
from planning.estimates.histories import FEWEST_FOLLOWERS, KNOWN, MOST_KNOWN, Histories, log_rates
from planning.estimates.model import SHIPPED, Model
from planning.estimates.post_table import PostTable
from planning.estimates.rankings import kendall_tau, precision_at
from planning.estimates.sample import Floats, Indices
from planning.estimates.tuning import tune

TOP = 20
SPLITS = 2
"""How often the accounts are halved; all figures are over all of them."""
DRAWS = 10
"""How often in each the numbers of known posts are drawn; the rankings' figures are means over the draws."""
SEED = 2026

# numpy imports its generators at their first use; that their name is quoted below leaves it at that.


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


def backtest(
    table: PostTable, *, horizon: int = HORIZON, model: Model = SHIPPED, learning: bool = True
) -> Backtest | None:
    """Test the model on a table of posts; None where no account in it can be tested.

    Without `learning` the model is tested as it is.
    """
    histories = table.histories.only(table.histories.eligible(horizon))
    if not histories.accounts:
        return None
    random = np.random.default_rng(SEED)
    splits = [
        _split(histories, horizon, model, random) if learning else [_Part(histories, model)] for _ in range(SPLITS)
    ]
    known = {count: _at_known(splits, count, horizon) for count in KNOWN}
    return Backtest(histories.accounts, left_out(table, horizon), known, _unequal(splits, horizon, random))


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


@dataclass(frozen=True, slots=True)
class _Part:
    """Accounts, and a model that has not seen them."""

    histories: Histories
    model: Model

    def predict(self, known: Indices, horizon: int) -> _Predicted:
        shown, hidden = self.histories.hiding(horizon, known)
        found = estimate_arrays(shown.subjects(), self.model, horizon=horizon)
        return _Predicted(
            log_rates(shown.means(), shown.followers),
            log_rates(shown.medians(), shown.followers),
            np.log(found.rate),
            np.log(found.low),
            np.log(found.high),
            log_rates(hidden, shown.followers),
        )


def _split(histories: Histories, horizon: int, model: Model, random: "np.random.Generator") -> list[_Part]:
    halves = [histories.only(half) for half in np.array_split(random.permutation(histories.accounts), 2)]
    return [
        _Part(tested, tune(taught, base=model, horizon=horizon))
        for tested, taught in zip(halves, reversed(halves), strict=True)
        if tested.accounts
    ]


def _predict(parts: Sequence[_Part], known: Sequence[Indices], horizon: int) -> _Predicted:
    """All parts' accounts, one part after the other."""
    found = [part.predict(counts, horizon) for part, counts in zip(parts, known, strict=True)]
    return _Predicted(*(np.concatenate([getattr(each, field.name) for each in found]) for field in fields(_Predicted)))


def _at_known(splits: Sequence[Sequence[_Part]], count: int, horizon: int) -> AtKnown:
    parts = [part for split in splits for part in split]
    predicted = _predict(parts, [np.full(part.histories.accounts, count, np.intp) for part in parts], horizon)
    inside = (predicted.low <= predicted.actual) & (predicted.actual <= predicted.high)
    return AtKnown(predicted.errors(), float(inside.mean()))


def _unequal(splits: Sequence[Sequence[_Part]], horizon: int, random: "np.random.Generator") -> Unequal:
    taus: list[list[float]] = []
    precisions: list[list[float]] = []
    for parts in [split for split in splits for _ in range(DRAWS)]:
        known = [random.integers(1, MOST_KNOWN + 1, part.histories.accounts).astype(np.intp) for part in parts]
        predicted = _predict(parts, known, horizon)
        ways = (predicted.mean, predicted.median, predicted.estimate)
        taus.append([kendall_tau(way, predicted.actual) for way in ways])
        precisions.append([precision_at(TOP, way, predicted.actual) for way in ways])
    return Unequal(Three(*np.mean(taus, axis=0).tolist()), Three(*np.mean(precisions, axis=0).tolist()))
