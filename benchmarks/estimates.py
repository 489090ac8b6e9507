"""The estimate of engagement rates: how fast, and how well on accounts that it was not tuned on.

    python -m benchmarks.estimates posts.csv

prints the constants that `planning.estimates.model.SHIPPED` holds, rounded there, fitted to a table of posts (see
`planning.estimates.post_table`), and how a model fitted to one half of its accounts does on the other half.
"""

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.figures import Row, milliseconds, note, print_header, print_row
from planning.estimates.backtest import backtest
from planning.estimates.estimating import HORIZON, estimate_arrays
from planning.estimates.histories import KNOWN, Histories
from planning.estimates.model import SHIPPED
from planning.estimates.post_table import PostTable, read_posts
from planning.estimates.tuning import tune
from planning.platform import Platform
from sheets.csv_files import CsvFiles
from tests.planning.estimates.plain import plain_estimate

POSTS = Path("../shared/data/posts/instagram_posts.csv")
"""Public posts to show the errors on, where they are there."""
ACCOUNTS = 100_000
POSTS_EACH = 12
LEAST_TIMES_LOOP = 50
MOST_SECONDS = 3.0
LESS_BY = {1: 0.30, 3: 0.20, 5: 0.22, 12: 0.30}
COVERAGE = (0.86, 0.94)
TAU_MORE = 0.05
SPLITS = 10
_DAY = 86_400


async def run(accounts: int) -> None:  # noqa: ARG001 - the promise is for 100,000 of them
    """Print the rows."""
    _speed()
    _errors()


def made_histories(accounts: int) -> Histories:
    """Accounts with 12 posts each, weekly, of all sizes."""
    chance = np.random.default_rng(1)
    followers = np.exp(chance.uniform(np.log(100), np.log(100_000), accounts)).round()
    level = np.repeat(np.log(followers) - 3 + chance.normal(0, 0.5, accounts), POSTS_EACH)
    counts = chance.poisson(np.exp(level + chance.normal(0, 0.4, accounts * POSTS_EACH))).astype(float)
    times = np.tile(np.arange(POSTS_EACH, dtype=np.float64) * (7 * _DAY), accounts)
    return Histories(followers, np.arange(accounts) * POSTS_EACH, times, counts)


def _errors() -> None:
    if POSTS.is_file():
        _proof(_read(POSTS))
    else:
        note(f"{POSTS} is not there: no errors are shown")


def _speed() -> None:
    histories = made_histories(ACCOUNTS)
    times, counts, followers = histories.times.tolist(), histories.counts.tolist(), histories.followers.tolist()
    prior = SHIPPED.prior(Platform.INSTAGRAM)
    found = estimate_arrays(histories.subjects(), SHIPPED)
    spent: list[float] = []
    for _ in range(5):
        begun = time.perf_counter()
        estimate_arrays(histories.subjects(), SHIPPED)
        spent.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    plain = [
        plain_estimate(
            times[first : first + POSTS_EACH], counts[first : first + POSTS_EACH], followers[place], prior, SHIPPED
        )
        for place, first in enumerate(range(0, len(times), POSTS_EACH))
    ]
    loop = time.perf_counter() - begun
    ours = np.stack((found.rate, found.low, found.high), axis=1)
    assert np.abs(ours / np.array(plain) - 1).max() < 1e-9, "the loop and the arrays differ"
    best = min(spent)
    print_row(
        Row(
            "estimates from flat arrays of posts",
            f"{ACCOUNTS:,} x {POSTS_EACH} posts",
            milliseconds(best),
            f"a plain loop, same numbers: {milliseconds(loop)}",
            f"{loop / best:.0f} x",
            f">= {LEAST_TIMES_LOOP} x, < {MOST_SECONDS:.0f} s",
            loop / best >= LEAST_TIMES_LOOP and best < MOST_SECONDS,
        )
    )


@dataclass(frozen=True, slots=True)
class Halves:
    """Figures on unseen halves over several random halvings: pooled squared errors and means.

    `least` and `most` are what nine of ten halves lie between: how far one half alone can be from all of them.
    """

    less_by: dict[int, float]
    least: dict[int, float]
    most: dict[int, float]
    coverage: dict[int, float]
    tau_more: float


def on_halves(table: PostTable, *, splits: int = SPLITS) -> Halves:
    """What models fitted to one half of the accounts, and to nothing else, do on the other."""
    histories = table.histories
    eligible = histories.eligible(HORIZON)
    chance = np.random.default_rng(5)
    ours, means, inside = ({count: [] for count in KNOWN} for _ in range(3))
    more: list[float] = []
    for _ in range(splits):
        halves = np.array_split(chance.permutation(eligible), 2)
        for here, there in (halves, halves[::-1]):
            model = tune(histories.only(here), counts=(0.0,))
            found = backtest(replace(table, histories=histories.only(there)), model=model, learning=False)
            assert found is not None
            for count, at_known in found.known.items():
                ours[count].append(at_known.rmsle.estimate**2)
                means[count].append(at_known.rmsle.mean**2)
                inside[count].append(at_known.coverage90)
            more.append(found.unequal.kendall_tau.estimate - found.unequal.kendall_tau.mean)
    each = {count: 1 - np.sqrt(np.array(ours[count]) / np.array(means[count])) for count in KNOWN}
    return Halves(
        {count: 1 - float(np.sqrt(np.mean(ours[count]) / np.mean(means[count]))) for count in KNOWN},
        {count: float(np.quantile(each[count], 0.05)) for count in KNOWN},
        {count: float(np.quantile(each[count], 0.95)) for count in KNOWN},
        {count: float(np.mean(inside[count])) for count in KNOWN},
        float(np.mean(more)),
    )


def _proof(table: PostTable) -> None:
    halves = on_halves(table)
    found = backtest(table)
    assert found is not None
    low, high = COVERAGE
    for count in KNOWN:
        errors, inside = found.known[count].rmsle, found.known[count].coverage90
        from_to = f"; a half alone {halves.least[count]:.0%} to {halves.most[count]:.0%}"
        for what, less, covered, spread in (
            ("as `backtest` says", 1 - errors.estimate / errors.mean, inside, ""),
            ("on unseen halves", halves.less_by[count], halves.coverage[count], from_to),
        ):
            print_row(
                Row(
                    f"error of the next {HORIZON} posts, {what}",
                    f"{count} known",
                    f"{less:.1%} less, {covered:.1%} inside 90 %",
                    f"plain mean: {errors.mean:.3f}{spread}",
                    "",
                    f">= {LESS_BY[count]:.0%}, {low:.0%}-{high:.0%}",
                    less >= LESS_BY[count] and low <= covered <= high,
                )
            )
    tau = found.unequal.kendall_tau
    for what, more in (("as `backtest` says", tau.estimate - tau.mean), ("on unseen halves", halves.tau_more)):
        print_row(
            Row(
                f"Kendall’s tau, {what}",
                "1 to 24 known",
                f"{more:+.3f}",
                f"plain mean: {tau.mean:.3f}",
                "",
                f">= {TAU_MORE:+.2f}",
                more >= TAU_MORE,
            )
        )


def _read(path: Path) -> PostTable:
    return read_posts(CsvFiles().read(path.name, path.read_bytes()))


if __name__ == "__main__":
    given = _read(Path(sys.argv[1]))
    fitted = tune(given.histories, counts=(0.0,))
    for constant in ("accounts", "posts", "fresh", "drift", "lift", "reach", "early"):
        print(f"{constant:>10} {getattr(fitted, constant):,.4g}")
    for constant in ("level", "slope", "between", "spread", "fewest", "most"):
        print(f"{constant:>10} {getattr(fitted.prior(Platform.INSTAGRAM), constant):,.4g}")
    print_header()
    _proof(given)
