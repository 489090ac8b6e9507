"""What can't be told apart."""

from hypothesis import given
from hypothesis import strategies as st

from planning.budget.overlaps import alike
from planning.budget.values import Expected

ways = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 9)).map(lambda at: Expected(at[0], at[0], at[0] + at[1])), max_size=9
)


def test_groups_share_members_where_ranges_reach_over():
    low, middle, high, apart = Expected(2, 1, 3), Expected(4, 3, 6), Expected(7, 5, 9), Expected(20, 19, 21)
    assert alike([low, middle, high, apart]) == [(0, 1), (1, 2)]
    assert alike([apart, low]) == []
    assert alike([]) == []


@given(ways)
def test_every_pair_that_overlaps_is_in_a_group_and_no_other(found: list[Expected]):
    groups = alike(found)
    for a, one in enumerate(found):
        for b in range(a):
            overlaps = one.low <= found[b].high and found[b].low <= one.high
            assert any({a, b} <= set(group) for group in groups) == overlaps
