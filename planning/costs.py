"""What an engagement costs."""

from dataclasses import dataclass

from planning.accounts import Account


@dataclass(frozen=True, slots=True)
class EngagementCost:
    """CPE of the next posts, in minor units: `likely`, and with 90 % certainty from `least` to `most`."""

    likely: float
    least: float
    most: float
    currency: str


def engagement_cost(account: Account) -> EngagementCost | None:
    """CPE: the price of a post / the likes and comments it will bring (estimated rate × followers).

    None without a price or where no rate can be computed. The dearest is that of the rate's lower bound.
    """
    price, estimate = account.price, account.estimate
    if price is None or estimate is None:
        return None
    likely, least, most = (
        price.minor / (rate * account.followers) for rate in (estimate.rate, estimate.high, estimate.low)
    )
    return EngagementCost(likely, least, most, price.currency)
