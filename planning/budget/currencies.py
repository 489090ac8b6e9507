"""Prices in the plan's currency, by exchange rates that the team enters: none is looked up, and none is assumed."""

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from planning.money import Money, minor_digits

Rates = Mapping[str, Decimal]
"""By ISO currency, what one of it (1 USD, not 1 cent) is in the plan's currency; above 0."""


def convert(money: Money, currency: str, rates: Rates) -> int | None:
    """The amount in minor units of the currency, rounded up so that no plan costs more than it says.

    None where the team has entered no rate.
    """
    if money.currency == currency:
        return money.minor
    rate = rates.get(money.currency)
    if rate is None:
        return None
    units = Fraction(money.minor, 10 ** minor_digits(money.currency)) * Fraction(rate)
    return math.ceil(units * 10 ** minor_digits(currency))
