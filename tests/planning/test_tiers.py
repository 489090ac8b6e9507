"""Ladders: bands without gaps, chosen and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import LadderInvalid
from planning.tiers import DEFAULT_LADDER, PRESETS, Ladder, Tier, build_ladder, cuts, near_bound, parse_bands


def name_of(tier: Tier | None) -> str | None:
    """The tier's name, None where there is no tier."""
    return tier.name if tier else None


followers = st.integers(min_value=0, max_value=10_000_000_000)


@pytest.mark.parametrize(
    ("count", "name"),
    [
        (499, None),
        (500, "nano"),
        (999, "nano"),
        (1_000, "micro"),
        (4_999, "micro"),
        (5_000, "mid-tier"),
        (9_999, "mid-tier"),
        (10_000, "macro"),
        (24_999, "macro"),
        (25_000, "mega"),
        (49_999, "mega"),
        (50_000, "all-star"),
        (600_000_000, "all-star"),
    ],
)
def test_the_default_ladder_is_the_briefs(count: int, name: str | None):
    assert name_of(DEFAULT_LADDER.tier(count)) == name


def test_the_field_disagrees_about_twelve_thousand():
    names = {ladder_id: name_of(ladder.tier(12_000)) for ladder_id, ladder in PRESETS.items()}
    assert names["harvard-media-2023"] == "macro"
    assert names["iab-uk"] == "micro"


@given(st.sampled_from(list(PRESETS.values())), followers)
def test_every_count_is_in_one_tier_or_below_the_first(ladder: Ladder, count: int):
    inside = [tier for tier in ladder.tiers if count in tier]
    assert len(inside) == (1 if count >= ladder.tiers[0].low else 0)
    assert ladder.tier(count) == (inside[0] if inside else None)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12, unique=True), followers)
def test_a_custom_ladder_keeps_its_bounds(lows: list[int], count: int):
    bounds = [(f"tier {index}", low) for index, low in enumerate(sorted(lows))]
    ladder = parse_bands(", ".join(f"{name} {low}" for name, low in bounds))
    assert [(tier.name, tier.low) for tier in ladder.tiers] == bounds
    assert ladder == build_ladder(ladder.id, ladder.title, bounds)
    expected = [name for name, low in bounds if low <= count]
    assert name_of(ladder.tier(count)) == (expected[-1] if expected else None)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "format"),
        ("nano", "format"),
        ("nano five", "format"),
        ("nano 500, nano 600", "name"),
        ("nano 500, micro 400", "order"),
        ("nano 500, micro 500", "order"),
        (f"{'x' * 25} 500", "name"),
        (", ".join(f"t{n} {n}" for n in range(13)), "count"),
    ],
)
def test_a_ladder_that_does_not_hold_is_refused(text: str, what: str):
    with pytest.raises(LadderInvalid) as refused:
        parse_bands(text)
    assert refused.value.what == what


@given(st.sampled_from(list(PRESETS.values())), st.sampled_from(list(PRESETS.values())), followers)
def test_between_two_cuts_no_account_changes_tier(one: Ladder, other: Ladder, count: int):
    below = max((cut for cut in cuts(one, other) if cut <= count), default=0)
    assert one.tier(below) == one.tier(count)
    assert other.tier(below) == other.tier(count)


def test_near_a_bound():
    assert name_of(near_bound(DEFAULT_LADDER, 4_900)) == "mid-tier"
    assert near_bound(DEFAULT_LADDER, 4_000) is None
    assert near_bound(DEFAULT_LADDER, 60_000) is None
