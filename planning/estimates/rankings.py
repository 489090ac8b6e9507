"""How alike two rankings of the same accounts are."""

from bisect import bisect_left, insort

import numpy as np

from planning.estimates.sample import Floats, Indices


def kendall_tau(first: Floats, second: Floats) -> float:
    """Kendall's tau-b of two lists of values: 1 the same order, 0 none, -1 the reverse; 0 where one has no order.

    (concordant - discordant pairs) / sqrt(pairs untied in first * pairs untied in second), by sorting on one and
    counting inversions of the other (Knight, Journal of the American Statistical Association, 1966).
    """
    order = np.lexsort((second, first))
    pairs = len(first) * (len(first) - 1) // 2
    tied_first, tied_second = _tied(first), _tied(second)
    both = _tied(np.unique(np.stack((first, second), axis=1), axis=0, return_inverse=True)[1].ravel())
    discordant = _inversions(second[order].tolist())
    untied = (pairs - tied_first) * (pairs - tied_second)
    if untied == 0:
        return 0.0
    concordant_less_discordant = pairs - tied_first - tied_second + both - 2 * discordant
    return float(concordant_less_discordant / np.sqrt(float(untied)))


def precision_at(top: int, ranked: Floats, truth: Floats) -> float:
    """Which share of the `top` highest of `ranked` is among the `top` highest of `truth` (all, where fewer)."""
    best = min(top, len(truth))
    chosen = set(np.argsort(-ranked, kind="stable")[:best].tolist())
    return len(chosen & set(np.argsort(-truth, kind="stable")[:best].tolist())) / best


def _tied(values: Floats | Indices) -> int:
    """How many pairs have the same value."""
    counts = np.unique(values, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _inversions(values: list[float]) -> int:
    """How many pairs stand in descending order."""
    seen: list[float] = []
    inversions = 0
    for value in reversed(values):
        inversions += bisect_left(seen, value)
        insort(seen, value)
    return inversions
