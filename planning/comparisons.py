"""Accounts side by side: what can be told apart, and what can't."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from planning.accounts import Account
from planning.costs import engagement_cost


@dataclass(frozen=True, slots=True)
class Comparison:
    """`higher` are pairs of which the first has the higher rate for all that is known: their intervals do not overlap.

    `alike` are pairs whose intervals overlap, the higher estimate first. `places` are the accounts by their estimates,
    each with the best and the worst place that it may have among them: 1 and 2 for two that may be first. `cheapest`
    has the lowest cost per engagement of at least two accounts priced in one currency, and `cheapest_surely` whether
    its range lies below all others'.
    """

    higher: list[tuple[Account, Account]]
    alike: list[tuple[Account, Account]]
    places: list[tuple[Account, int, int]]
    cheapest: Account | None
    cheapest_surely: bool


def compare(accounts: Sequence[Account]) -> Comparison:
    """What sets these accounts apart; those without an estimate or a price have no part in it."""
    higher: list[tuple[Account, Account]] = []
    alike: list[tuple[Account, Account]] = []
    rated = [(account, account.estimate) for account in accounts if account.estimate]
    for (first, one), (second, other) in combinations(sorted(rated, key=lambda pair: -pair[1].rate), 2):
        (higher if one.low > other.high else alike).append((first, second))
    places = [
        (
            account,
            1 + sum(other is account for _, other in higher),
            len(rated) - sum(one is account for one, _ in higher),
        )
        for account, _ in sorted(rated, key=lambda pair: -pair[1].rate)
    ]
    cheapest, surely = _cheapest(accounts)
    return Comparison(higher, alike, places, cheapest, surely)


def _cheapest(accounts: Sequence[Account]) -> tuple[Account | None, bool]:
    costs = [(account, cost) for account in accounts if (cost := engagement_cost(account))]
    if len(costs) < 2 or len({cost.currency for _, cost in costs}) > 1:
        return None, False
    account, least = min(costs, key=lambda pair: pair[1].likely)
    return account, all(least.most < cost.least for other, cost in costs if other is not account)
