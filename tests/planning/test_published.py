"""Published rates keep their qualifiers and are never mixed; the brief's claims stay claims."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.claims import CLAIMS, ClaimKind
from planning.engagement import Definition
from planning.platform import Platform
from planning.published import (
    Base,
    Comparability,
    Interaction,
    PublishedRate,
    Statistic,
    find_published,
    load_published,
)

platforms = st.sampled_from(Platform)


def published(base: Base, *interactions: Interaction) -> PublishedRate:
    return PublishedRate(
        Platform.INSTAGRAM,
        low=1_000,
        high=5_000,
        base=base,
        interactions=frozenset(interactions),
        statistic=Statistic.MEDIAN,
        rate_low=0.03,
        rate_high=0.03,
        year=2024,
        population="influencers",
        title="A report",
        publisher="A publisher",
        address="https://example.com/report",
    )


@pytest.mark.parametrize("row", load_published(), ids=lambda row: f"{row.publisher}-{row.platform}-{row.low}")
def test_every_row_bears_all_of_its_qualifiers(row: PublishedRate):
    assert 0 < row.rate_low <= row.rate_high < 0.2
    assert row.low >= 0
    assert row.high is None or row.high > row.low
    assert row.year is None or 2010 <= row.year <= 2026
    assert row.interactions
    assert row.population
    assert row.title
    assert row.publisher
    assert row.address.startswith("https://")
    assert (row.statistic is Statistic.USUAL_RANGE) == (row.rate_low < row.rate_high) or row.publisher == "HypeAuditor"


@given(platforms, st.integers(0, 10**9))
def test_the_rows_found_fit_the_account_and_no_source_is_there_twice(platform: Platform, followers: int):
    rows = find_published(platform, followers)
    assert all(row.platform is platform and followers in row for row in rows)
    assert max(Counter((row.publisher, row.title, row.base) for row in rows).values(), default=1) == 1


def test_the_narrowest_band_comes_first():
    rows = find_published(Platform.INSTAGRAM, 3_000)
    assert [(row.publisher, row.low, row.high) for row in rows[:2]] == [
        ("Modash", 1_000, 5_000),
        ("Markerly", 1_000, 10_000),
    ]
    assert (rows[0].rate_low, rows[0].rate_high) == (0.0338, 0.0442)


def test_of_equal_bands_the_newest_comes_first():
    assert [row.publisher for row in find_published(Platform.TIKTOK, 20_000)] == [
        "Modash",
        "Influencer Hero",
        "Rival IQ",
    ]


def test_a_band_ends_before_its_upper_bound():
    assert [row.high for row in find_published(Platform.INSTAGRAM, 4_999) if row.publisher == "Modash"] == [5_000]
    assert [row.low for row in find_published(Platform.INSTAGRAM, 5_000) if row.publisher == "Modash"] == [5_000]


def test_a_platform_that_nobody_published_for_has_no_rows():
    assert find_published(Platform.MASTODON, 3_000) == []


@pytest.mark.parametrize(
    ("row", "definition", "expected"),
    [
        (
            published(Base.FOLLOWERS, Interaction.LIKES, Interaction.COMMENTS),
            Definition.LIKES_COMMENTS_BY_FOLLOWERS,
            Comparability.SAME,
        ),
        (published(Base.FOLLOWERS, Interaction.LIKES), Definition.LIKES_BY_FOLLOWERS, Comparability.SAME),
        (
            published(Base.FOLLOWERS, Interaction.LIKES),
            Definition.LIKES_COMMENTS_BY_FOLLOWERS,
            Comparability.OTHER_INTERACTIONS,
        ),
        (
            published(Base.VIEWS, Interaction.LIKES, Interaction.COMMENTS, Interaction.UNNAMED),
            Definition.LIKES_COMMENTS_BY_VIEWS,
            Comparability.OTHER_INTERACTIONS,
        ),
        (
            published(Base.VIEWS, Interaction.LIKES, Interaction.COMMENTS),
            Definition.LIKES_COMMENTS_BY_FOLLOWERS,
            Comparability.OTHER_BASE,
        ),
        (
            published(Base.IMPRESSIONS, Interaction.LIKES, Interaction.COMMENTS),
            Definition.LIKES_COMMENTS_BY_VIEWS,
            Comparability.OTHER_BASE,
        ),
    ],
)
def test_a_figure_says_which_of_our_rates_it_can_stand_beside(
    row: PublishedRate, definition: Definition, expected: Comparability
):
    assert row.comparable_with(definition) is expected


@pytest.mark.parametrize("definition", Definition)
@pytest.mark.parametrize("row", load_published()[:1])
def test_every_definition_of_ours_is_understood(row: PublishedRate, definition: Definition):
    assert row.comparable_with(definition) in Comparability


def test_the_claims_of_the_brief_are_attributed_and_dated():
    assert {claim.kind: claim.share for claim in CLAIMS} == {
        ClaimKind.ENGAGEMENT_RATE: 0.05,
        ClaimKind.MORE_ENGAGEMENT_THAN_MACRO: 0.60,
        ClaimKind.MORE_CONVERSIONS_THAN_MACRO: 0.20,
        ClaimKind.VALUE_AUTHENTICITY: 0.88,
    }
    assert {(claim.attributed_to, claim.year) for claim in CLAIMS} == {("Harvard Media", 2023)}
    assert [claim.kind for claim in CLAIMS if claim.at_most] == [
        ClaimKind.MORE_ENGAGEMENT_THAN_MACRO,
        ClaimKind.MORE_CONVERSIONS_THAN_MACRO,
    ]
