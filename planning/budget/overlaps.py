"""What can't be told apart: totals whose intervals overlap."""

from collections.abc import Sequence

from planning.budget.values import Expected


def alike(ways: Sequence[Expected]) -> list[tuple[int, ...]]:
    """Which of these can't be told apart: the largest groups of places in which each overlaps each other."""
    groups = {tuple(place for place, way in enumerate(ways) if way.low <= start.low <= way.high) for start in ways}
    return sorted(group for group in groups if len(group) > 1 and not any(set(group) < set(other) for other in groups))
