import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.estimates.estimating import Subject, estimate, estimate_arrays, estimate_many
from planning.estimates.model import SHIPPED
from planning.estimates.values import Estimate, Sample
from planning.platform import Platform
from tests.planning.estimates.made import made_table
from tests.planning.estimates.plain import plain_estimate

AT = datetime(2026, 1, 1, tzinfo=UTC)

samples = st.builds(
    lambda posts, mean, share, spread: Sample(
        posts, AT, AT, mean, 1 + share * min(posts - 1, 11), spread if posts > 1 else None
    ),
    st.integers(1, 200),
    st.floats(-0.7, 15),
    st.floats(0, 1),
    st.floats(0, 3),
)
subjects = st.builds(Subject, st.sampled_from(Platform), st.integers(1, 10**9), samples)


def found(subject: Subject) -> Estimate:
    estimated = estimate(subject, SHIPPED)
    assert estimated is not None
    return estimated


def steady(posts: int, rate: float, followers: int = 1_000, spread: float | None = 0.05) -> Subject:
    weight = (1 - 2 ** (-posts / 8)) / (1 - 2 ** (-1 / 8))
    mean = math.log(rate * followers)
    return Subject(Platform.INSTAGRAM, followers, Sample(posts, AT, AT, mean, weight, spread if posts > 1 else None))


@given(subjects)
def test_the_rate_lies_inside_its_interval(subject: Subject) -> None:
    estimated = found(subject)

    assert 0 < estimated.low < estimated.rate < estimated.high
    assert estimated.model == SHIPPED.version


@given(subjects, st.floats(0.001, 3))
def test_more_likes_never_estimate_lower(subject: Subject, more: float) -> None:
    better = replace(subject, sample=replace(subject.sample, mean=subject.sample.mean + more))

    assert found(better).rate > found(subject).rate


@given(subjects, st.floats(1.01, 50))
def test_more_posts_that_say_the_same_are_followed_further(subject: Subject, times: float) -> None:
    surer = replace(subject, sample=replace(subject.sample, weight=subject.sample.weight * times))
    posts_point = math.exp(subject.sample.mean) / subject.followers
    prior = SHIPPED.prior(subject.platform)
    measured = posts_point * math.exp(prior.spread / 2 + SHIPPED.lift)

    before, after = (abs(math.log(found(each).rate / measured)) for each in (subject, surer))

    assert after <= before + 1e-9
    assert found(surer).high / found(surer).low <= found(subject).high / found(subject).low + 1e-9


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.4])
def test_one_post_pulls_a_little_and_fifty_a_lot(rate: float) -> None:
    prior = math.exp(SHIPPED.prior(Platform.INSTAGRAM).level)
    gaps = [abs(math.log(found(steady(posts, rate)).rate / rate)) for posts in (1, 3, 12, 50)]

    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.35 * abs(math.log(prior / rate))


def test_nothing_but_followers_above_zero_is_estimated() -> None:
    good, empty = steady(3, 0.1), replace(steady(3, 0.1), followers=0)

    assert estimate_many([empty, good, empty], SHIPPED) == [None, found(good), None]
    assert estimate_many([empty], SHIPPED) == [None]
    assert estimate_many([], SHIPPED) == []


@given(st.lists(subjects, min_size=1, max_size=20))
def test_accounts_don_t_touch_each_other(many: list[Subject]) -> None:
    together = estimate_many(many, SHIPPED)

    for alone, estimated in zip(map(found, many), together, strict=True):
        assert estimated is not None
        assert (estimated.rate, estimated.low, estimated.high) == pytest.approx((alone.rate, alone.low, alone.high))


@pytest.mark.parametrize("posts", [1, 2, 12, 60])
def test_the_arrays_say_what_the_documented_formula_says(posts: int) -> None:
    histories = made_table(60, posts, followers=(100, 60_000), wander=0.3).histories
    prior = SHIPPED.prior(Platform.INSTAGRAM)

    estimates = estimate_arrays(histories.subjects(), SHIPPED)

    for place, first in enumerate(histories.starts.tolist()):
        rows = slice(first, first + posts)
        plain = plain_estimate(
            histories.times[rows].tolist(),
            histories.counts[rows].tolist(),
            float(histories.followers[place]),
            prior,
            SHIPPED,
        )
        ours = estimates.rate[place], estimates.low[place], estimates.high[place]
        assert ours == pytest.approx(plain, rel=1e-9)


def test_a_niche_moves_what_is_held_of_an_account() -> None:
    model = replace(SHIPPED, niches={"chess": 0.5})
    plain, chess, other = (
        estimate(replace(steady(1, 0.1), niche=niche), model) for niche in (None, "chess", "unheard of")
    )

    assert plain == other
    assert plain is not None
    assert chess is not None
    assert chess.rate > plain.rate


def test_fewer_next_posts_are_less_sure() -> None:
    widths = []
    for horizon in (1, 12, 100):
        estimated = estimate(steady(5, 0.1), SHIPPED, horizon=horizon)
        assert estimated is not None
        widths.append(estimated.high / estimated.low)

    assert widths == sorted(widths, reverse=True)


def test_beyond_the_sizes_that_were_seen_less_is_held() -> None:
    prior = SHIPPED.prior(Platform.INSTAGRAM)
    widths = []
    for followers in (1_000, 10_000, 100_000):
        estimated = found(steady(1, math.exp(prior.level + prior.slope * math.log(followers / 1_000)), followers))
        widths.append(estimated.high / estimated.low)

    assert widths == sorted(widths)


def test_noisier_accounts_get_wider_intervals() -> None:
    widths = [
        found(steady(20, 0.15, spread=spread)).high / found(steady(20, 0.15, spread=spread)).low
        for spread in (0.0, 0.1, 0.5, 2.0)
    ]

    assert widths == sorted(widths)


def test_numbers_stay_numbers_at_the_ends() -> None:
    for subject in (steady(1, 1e-12, 10**10), steady(500, 50.0, 1, 0.0), steady(500, 50.0, 1, 100.0)):
        estimated = found(subject)
        assert np.isfinite([estimated.rate, estimated.low, estimated.high]).all()
