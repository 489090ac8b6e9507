"""Who can be planned with: accounts that have a price, and of which it is known what one post of theirs will bring.

    engagement   the estimated rate * followers: likes and comments
    views        the average views a post that the account carries
    reach        the average reach a post, which only files of posts tell

The interval is that of one post, wider than the estimate's own, which is of the mean of the next 12. With the
platform's spread, and v the variance that the estimate's interval stands for (of averages:
spread * (fresh / posts + drift), as in `planning.estimates.model`, on the assumption that views and reach vary as
interactions do),

    low, high = middle * exp(-+ sqrt(reach ** 2 * (v + spread * (1 - 1 / 12))))
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from planning.accounts import Account
from planning.budget.currencies import Rates, convert
from planning.budget.prices import PriceModel, fit_prices
from planning.budget.values import Candidate, Expected, Goal
from planning.estimates.estimating import HORIZON
from planning.estimates.model import Model
from planning.platform import Platform
from planning.tiers import Ladder


@dataclass(frozen=True, slots=True)
class Terms:
    """How accounts become candidates.

    `currency` is the plan's, `rates` what the team says of others. With `price_others`, accounts without a price are
    priced from the team's own paid rates, and marked.
    """

    goal: Goal
    currency: str
    ladder: Ladder
    model: Model
    rates: Rates = field(default_factory=dict[str, Decimal])
    price_others: bool = False


class Lack(StrEnum):
    """Why an account is no candidate."""

    EXPECTED = "expected"
    """Nothing is known from which to expect anything for this goal."""
    PRICE = "price"
    RATE = "rate"
    """Its price is in a currency for which the team has entered no rate."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An account that can't be planned with."""

    account: Account
    lack: Lack


@dataclass(frozen=True, slots=True)
class Field:
    """All that can be chosen from, who can't be, and the models that priced those without a price, by platform."""

    candidates: list[Candidate]
    left_out: list[LeftOut]
    prices: dict[Platform, PriceModel]


def find_candidates(accounts: Sequence[Account], terms: Terms, *, priced: Sequence[Account] | None = None) -> Field:
    """The candidates among the accounts; prices are modelled on those of `priced` (None: the same accounts)."""
    models = _price_models(accounts if priced is None else priced, terms) if terms.price_others else {}
    candidates: list[Candidate] = []
    left_out: list[LeftOut] = []
    for account in accounts:
        found = _candidate(account, terms, models)
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            left_out.append(LeftOut(account, found))
    return Field(candidates, left_out, models)


def expect(account: Account, terms: Terms) -> Expected | None:
    """What one post of the account will bring; None where that is not known."""
    platform, model = account.platform, terms.model
    if terms.goal is Goal.ENGAGEMENT:
        estimate, followers = account.estimate, account.followers
        if estimate is None or followers <= 0:
            return None
        variance = (math.log(estimate.high / estimate.low) / 2 / model.reach) ** 2
        return _one_post(estimate.rate * followers, variance, platform, model)
    if terms.goal is Goal.VIEWS:
        mean, posts = account.engagement.views, account.engagement.posts
    else:
        mean, posts = account.reach or (None, None)
    if not mean or mean < 0:
        return None
    variance = model.prior(platform).spread * (model.fresh / max(1, posts or 1) + model.drift)
    return _one_post(mean, variance, platform, model)


def _one_post(middle: float, variance: float, platform: Platform, model: Model) -> Expected:
    variance += model.prior(platform).spread * (1 - 1 / HORIZON)
    width = math.exp(model.reach * math.sqrt(variance))
    return Expected(middle, middle / width, middle * width)


def _candidate(account: Account, terms: Terms, models: Mapping[Platform, PriceModel]) -> Candidate | Lack:
    expected = expect(account, terms)
    if expected is None:
        return Lack.EXPECTED
    modelled = account.price is None
    if account.price is None:
        model = models.get(account.platform)
        cost, lack = model.price(account.followers) if model else None, Lack.PRICE
    else:
        cost, lack = convert(account.price, terms.currency, terms.rates), Lack.RATE
    if cost is None:
        return lack
    tier = terms.ladder.tier(account.followers)
    return Candidate(account.id, tier.name if tier else None, cost, expected, modelled)


def _price_models(accounts: Sequence[Account], terms: Terms) -> dict[Platform, PriceModel]:
    known: dict[Platform, list[tuple[int, int]]] = defaultdict(list)
    for account in accounts:
        cost = convert(account.price, terms.currency, terms.rates) if account.price else None
        if cost and account.followers > 0:
            known[account.platform].append((account.followers, cost))
    fitted = {platform: fit_prices(rows) for platform, rows in known.items()}
    return {platform: model for platform, model in fitted.items() if model}
