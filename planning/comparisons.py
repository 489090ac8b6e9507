"""Accounts side by side: what can be told apart, and what can't."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.accounts import Account
from planning.costs import engagement_cost


@dataclass(frozen=True, slots=True)
class Comparison:
    """`places` are the accounts by their estimates, each with the best and the worst place that it may have among them:
    1 and 2 for two that may be first. Only accounts whose intervals do not overlap are surely in order.

    `cheapest` has the lowest cost per engagement of at least two accounts priced in one currency, and
    `cheapest_surely` whether its range lies below all others'.
    """

    places: list[tuple[Account, int, int]]
    cheapest: Account | None
    cheapest_surely: bool

    @property
    def told_apart(self) -> bool:
        """Whether any account surely has a higher rate than another."""
        return any((best, worst) != (1, len(self.places)) for _, best, worst in self.places)


def compare(accounts: Sequence[Account]) -> Comparison:
    """What sets these accounts apart; those without an estimate or a price have no part in it."""
    rated = [(account, account.estimate) for account in accounts if account.estimate]
    places = [
        (
            account,
            1 + sum(other.low > own.high for _, other in rated),
            len(rated) - sum(own.low > other.high for _, other in rated),
        )
        for account, own in sorted(rated, key=lambda pair: -pair[1].rate)
    ]
    return Comparison(places, *_cheapest(accounts))


def _cheapest(accounts: Sequence[Account]) -> tuple[Account | None, bool]:
    costs = [(account, cost) for account in accounts if (cost := engagement_cost(account))]
    if len(costs) < 2 or len({cost.currency for _, cost in costs}) > 1:
        return None, False
    account, least = min(costs, key=lambda pair: pair[1].likely)
    return account, all(least.most < cost.least for other, cost in costs if other is not account)
