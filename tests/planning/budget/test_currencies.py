"""Exchange rates as people type them, and across currencies."""

from decimal import Decimal

import pytest

from planning.budget.currencies import parse_rate, rates_into
from planning.errors import InvalidValue
from planning.reasons import Reason


@pytest.mark.parametrize(
    ("text", "rate"),
    [("0.92", "0.92"), (" 0,92 ", "0.92"), ("1.0834", "1.0834"), ("24635", "24635"), ("0.000036", "0.000036")],
)
def test_a_rate_with_a_point_or_a_comma(text: str, rate: str):
    assert parse_rate(text) == Decimal(rate)


@pytest.mark.parametrize("text", ["-", "–", "none", " "])
def test_a_dash_forgets(text: str):
    assert parse_rate(text) is None


@pytest.mark.parametrize("text", ["0", "0.0", "-1", "1,234.5", "1e9", "0.92 EUR", "inf", "9" * 10, "\u0661"])
def test_anything_else_is_no_rate(text: str):
    with pytest.raises(InvalidValue) as refused:
        parse_rate(text)
    assert refused.value.reason == Reason.NOT_A_RATE


def test_into_another_currency():
    rates = {"USD": Decimal("0.8"), "GBP": Decimal("1.2")}
    assert rates_into("EUR", "EUR", rates) == rates
    assert rates_into("USD", "EUR", rates) == {"GBP": Decimal("1.5"), "EUR": Decimal("1.25")}
    assert rates_into("SEK", "EUR", rates) == {}
