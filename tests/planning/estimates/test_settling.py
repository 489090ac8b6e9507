"""A server's own posts tell how far its accounts' posts are to be followed, and how wide its intervals must be."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from planning.estimates.estimating import estimate_arrays
from planning.estimates.fitting import fit_model
from planning.estimates.histories import Histories, gather, log_rates
from planning.estimates.model import Model
from planning.estimates.tuning import NEEDED, settle
from planning.estimates.values import ModelVersion
from planning.platform import Platform
from planning.posts import Post
from tests.planning.estimates.made import made_table
from tests.planning.estimates.test_fitting import as_subjects

TIKTOK = list(Platform).index(Platform.TIKTOK)
REGIMES = {
    "quiet": {"followers": (1_000, 50_000), "level": -3.5, "slope": -0.1, "spread": 0.05, "wander": 0.03},
    "restless": {"followers": (1_000, 50_000), "level": -2.5, "slope": -0.3, "spread": 0.2, "wander": 0.25},
}


def of_tiktok(histories: Histories) -> Histories:
    return replace(histories, platforms=np.full(histories.accounts, TIKTOK, np.intp))


def judged(histories: Histories, model: Model, known: int) -> tuple[float, float]:
    """The error on what came next of accounts that the model never saw, and the share inside the interval."""
    shown, hidden = histories.hiding(12, np.full(histories.accounts, known, np.intp))
    actual = log_rates(hidden, shown.followers)
    found = estimate_arrays(shown.subjects(), model)
    inside = (np.log(found.low) <= actual) & (actual <= np.log(found.high))
    return float(np.sqrt(np.mean((np.log(found.rate) - actual) ** 2))), float(inside.mean())


@pytest.mark.parametrize("regime", REGIMES)
def test_a_settled_model_errs_less_and_holds_better_on_accounts_it_never_saw(regime: str) -> None:
    seen = of_tiktok(made_table(150, 48, **REGIMES[regime]).histories)
    fitted = fit_model(as_subjects(seen, Platform.TIKTOK), version=ModelVersion(1, 1))
    settled = settle(fitted, seen)
    unseen = of_tiktok(made_table(300, 60, seed=9, **REGIMES[regime]).histories)
    for known in (1, 12):
        before, held_before = judged(unseen, fitted, known)
        after, held = judged(unseen, settled, known)
        assert after < before
        assert abs(held - 0.9) <= abs(held_before - 0.9)
        assert 0.8 < held < 0.95


def test_priors_stay_as_they_were_fitted() -> None:
    seen = of_tiktok(made_table(60, 40).histories)
    fitted = fit_model(as_subjects(seen, Platform.TIKTOK), version=ModelVersion(1, 1))
    settled = settle(fitted, seen)
    assert (settled.priors, settled.version, settled.accounts) == (fitted.priors, fitted.version, fitted.accounts)
    assert settled != fitted


def test_too_few_accounts_or_posts_settle_nothing() -> None:
    model = fit_model([], version=ModelVersion(1, 1))
    assert settle(model, made_table(NEEDED - 1, 40).histories) is model
    assert settle(model, made_table(60, 20).histories) is model
    assert settle(model, gather([])) is model


def test_posts_are_gathered_by_account() -> None:
    table = made_table(3, 4).histories
    accounts = [
        (
            Platform.TIKTOK,
            int(table.followers[n]),
            [
                Post(datetime.fromtimestamp(time, UTC), likes=int(count), comments=0)
                for time, count in zip(table.times[4 * n : 4 * n + 4], table.counts[4 * n : 4 * n + 4], strict=True)
            ],
        )
        for n in range(3)
    ]
    found = gather(accounts)
    assert found.starts.tolist() == [0, 4, 8]
    assert found.counts.tolist() == table.counts.tolist()
    assert found.followers.tolist() == table.followers.tolist()
    assert found.platforms is not None
    assert found.platforms.tolist() == [TIKTOK] * 3
