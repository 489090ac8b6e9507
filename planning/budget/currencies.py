"""Prices in the plan's currency, by exchange rates that the team enters: none is looked up, and none is assumed."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from planning.blanks import is_blank
from planning.errors import InvalidValue
from planning.money import Money, minor_digits
from planning.reasons import Reason

Rates = Mapping[str, Decimal]
"""By ISO currency, what one of it (1 USD, not 1 cent) is in the plan's currency; above 0."""

_RATE = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,12})?")


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


def rates_into(currency: str, base: str, rates: Rates) -> dict[str, Decimal]:
    """The rates into a currency from those into `base`; none where the currency itself has no rate."""
    if currency == base:
        return dict(rates)
    if currency not in rates:
        return {}
    across = {code: rate / rates[currency] for code, rate in rates.items() if code != currency}
    return across | {base: 1 / rates[currency]}


def parse_rate(text: str) -> Decimal | None:
    """What one of a currency is worth: "0.92", "0,92", "1.0834"; None for a dash, which forgets it.

    Raises `InvalidValue`: NOT_A_RATE (zero, a figure with a thousands mark, prose).
    """
    given = text.strip()
    if is_blank(given):
        return None
    if not _RATE.fullmatch(given) or not (rate := Decimal(given.replace(",", "."))):
        raise InvalidValue("rate", text, Reason.NOT_A_RATE)
    return rate
