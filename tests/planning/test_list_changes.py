from dataclasses import replace

from planning.list_changes import Changes, changes_of, differences
from planning.money import Money
from planning.shortlists import Pick
from planning.tiers import DEFAULT_LADDER
from tests.planning.test_ranking import ESTIMATE, MOSS

FERN = replace(MOSS, handle="fern", id=2)
REED = replace(MOSS, handle="reed", id=3)


def pick(account=MOSS) -> Pick:
    return Pick(account, 1, 0, "food")


def test_nothing_changed():
    assert changes_of(MOSS, replace(MOSS, name="Moss"), DEFAULT_LADDER) == Changes()
    assert not Changes().any


def test_what_changed_is_told_as_it_was_and_is():
    now = replace(MOSS, followers=6_000, price=Money(1, "EUR"), estimate=replace(ESTIMATE, rate=0.051))
    found = changes_of(MOSS, now, DEFAULT_LADDER)
    assert found.any
    assert found.followers == (2_000, 6_000)
    assert found.tier is not None
    assert [tier.name for tier in found.tier if tier] == ["micro", "mid-tier"]
    assert found.price == (MOSS.price, Money(1, "EUR"))
    assert not found.rate_moved


def test_a_rate_moves_beyond_chance_where_either_middle_leaves_the_others_range():
    for rate, low, high in ((0.08, 0.04, 0.12), (0.05, 0.0499, 0.0501), (0.03, 0.029, 0.031)):
        now = replace(MOSS, estimate=replace(ESTIMATE, rate=rate, low=low, high=high))
        found = changes_of(MOSS, now, DEFAULT_LADDER)
        assert found.rate_moved is (rate != 0.05), rate
    assert changes_of(MOSS, replace(MOSS, estimate=None), DEFAULT_LADDER).rate == (ESTIMATE, None)


def test_two_lists_by_who_is_on_which():
    again = replace(MOSS, id=99, followers=2_100)
    found = differences([pick(), pick(FERN)], [pick(REED), pick(again)], DEFAULT_LADDER)
    assert found.gone == [pick(FERN)]
    assert found.new == [pick(REED)]
    [kept] = found.kept
    assert (kept.places, kept.changes.followers) == ((1, 2), (2_000, 2_100)), "the same account, also registered anew"
