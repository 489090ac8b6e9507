from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from planning.estimates.estimating import Subject, estimate_many
from planning.estimates.fitting import fit_model
from planning.estimates.histories import Histories
from planning.estimates.model import SHIPPED, Model
from planning.estimates.sample import sample_posts
from planning.estimates.values import ModelVersion
from planning.platform import Platform
from planning.posts import Post
from tests.planning.estimates.made import made_table

VERSION = ModelVersion(1, 4)


def as_subjects(histories: Histories, platform: Platform, niche: str | None = None) -> list[Subject]:
    found = []
    for place, (first, length) in enumerate(zip(histories.starts, histories.lengths, strict=True)):
        rows = range(first, first + length)
        posts = [
            Post(datetime.fromtimestamp(histories.times[row], UTC), likes=int(histories.counts[row])) for row in rows
        ]
        sample = sample_posts(posts)
        if sample is not None:
            found.append(Subject(platform, int(histories.followers[place]), sample, niche))
    return found


def made(accounts: int, niche: str | None = None, **regime: Any) -> list[Subject]:
    table = made_table(accounts, 15, followers=(1_000, 100_000), **regime)
    return as_subjects(table.histories, Platform.TIKTOK, niche)


def rates(subjects: Sequence[Subject], model: Model) -> np.ndarray:
    return np.log([each.rate for each in estimate_many(subjects, model) if each is not None])


def test_without_accounts_it_is_the_base() -> None:
    empty = replace(made(1)[0], followers=0)

    assert fit_model([], version=VERSION) == replace(SHIPPED, version=VERSION)
    assert fit_model([empty], version=VERSION) == replace(SHIPPED, version=VERSION)


def test_a_server_takes_over_as_it_grows() -> None:
    off = []
    for accounts in (1, 30, 100, 600):
        model = fit_model(made(accounts, level=-3.4, slope=-0.3, between=0.3, spread=0.4), version=VERSION)
        prior = model.prior(Platform.TIKTOK)
        middle = prior.level + prior.slope * np.log(10)
        off.append(
            [
                abs(middle + 3.4 + 0.3 * np.log(10) - 0.4 / 2),
                abs(np.log(prior.between / 0.3)),
                abs(np.log(prior.spread / 0.4)),
            ]
        )
        assert model.describe(Platform.TIKTOK).own == prior.accounts == accounts
        assert model.version == VERSION

    level, between, spread = off[-1]
    assert level < 0.2
    assert between < np.log(2)
    assert spread < 0.2
    assert off[-1][0] < off[1][0] < off[0][0]
    assert off[-1][2] < off[1][2] < off[0][2]


def test_one_account_hardly_moves_the_prior() -> None:
    prior = fit_model(made(1, level=1.0), version=VERSION).prior(Platform.TIKTOK)

    assert prior.level == pytest.approx(SHIPPED.elsewhere.level, abs=0.3)
    assert prior.between == pytest.approx(SHIPPED.elsewhere.between, rel=0.2)
    assert (prior.fewest, prior.most) == (SHIPPED.elsewhere.fewest, SHIPPED.elsewhere.most)


def test_other_platforms_stay_as_they_were() -> None:
    model = fit_model(made(60), version=VERSION)

    assert model.prior(Platform.INSTAGRAM) == SHIPPED.prior(Platform.INSTAGRAM)
    assert model.prior(Platform.X) == SHIPPED.elsewhere
    assert model.prior(Platform.TIKTOK).most > 50_000


def test_the_order_of_accounts_says_nothing() -> None:
    subjects = made(40) + as_subjects(made_table(20, 8).histories, Platform.INSTAGRAM)

    forwards, backwards = fit_model(subjects, version=VERSION), fit_model(subjects[::-1], version=VERSION)

    assert rates(subjects, backwards) == pytest.approx(rates(subjects, forwards))


def test_one_wild_account_does_not_blow_the_variance_up() -> None:
    subjects = made(50, between=0.2)
    wild = replace(subjects[0], sample=replace(subjects[0].sample, mean=subjects[0].sample.mean + 12))

    calm, stirred = (fit_model(each, version=VERSION).prior(Platform.TIKTOK) for each in (subjects, [wild, *subjects]))

    assert stirred.between < calm.between * 1.3


def test_niches_that_thirty_accounts_carry_have_their_own_level() -> None:
    lively, dull = made(60, niche="chess", seed=2, level=-1.6), made(60, niche="tax law", seed=3, level=-2.6)
    few = made(29, niche="fishing", seed=4, level=0.0)

    model = fit_model(lively + dull + few, version=VERSION)

    assert set(model.niches) == {"chess", "tax law"}
    assert model.niches["chess"] - model.niches["tax law"] == pytest.approx(1.0, abs=0.35)
    assert Model.decode(model.encode()) == model


def test_a_fitted_model_errs_less_on_accounts_like_its_own() -> None:
    regime: dict[str, Any] = {"level": -3.5, "slope": -0.1, "between": 0.2, "spread": 0.3}
    learnt = fit_model(made(150, seed=5, **regime), version=VERSION)
    table = made_table(200, 13, followers=(1_000, 100_000), seed=6, **regime)
    shown, hidden = table.histories.hiding(12, np.ones(200, np.intp))
    subjects = as_subjects(shown, Platform.TIKTOK)
    kept = shown.counts > 0
    actual = np.log(np.maximum(hidden[kept], 0.5) / shown.followers[kept])

    errors = [float(np.mean((rates(subjects, model) - actual) ** 2)) for model in (SHIPPED, learnt)]

    assert errors[1] < 0.9 * errors[0]
