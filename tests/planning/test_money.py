import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import InvalidValue
from planning.money import CURRENCIES, Money, format_plain, minor_digits, parse_price
from planning.reasons import Reason


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("250 EUR", Money(25_000, "EUR")),
        ("€250", Money(25_000, "EUR")),
        ("1,200.50 USD", Money(120_050, "USD")),
        ("€ 1.200,50", Money(120_050, "EUR")),
        ("1.200 eur", Money(120_000, "EUR")),
        ("EUR 1 200", Money(120_000, "EUR")),
        ("250,- €", Money(25_000, "EUR")),
        ("$1.5k", Money(150_000, "USD")),
        ("$250 AUD", Money(25_000, "AUD")),
        ("500 JPY", Money(500, "JPY")),
        ("1.234 KWD", Money(1234, "KWD")),
        ("100 zł", Money(10_000, "PLN")),
        ("250", Money(25_000, "GBP")),
        ("0 EUR", Money(0, "EUR")),
    ],
)
def test_prices_are_read(text: str, money: Money) -> None:
    assert parse_price(text, "GBP") == money


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("250", Reason.NOT_A_CURRENCY),
        ("250 XYZ", Reason.NOT_A_CURRENCY),
        ("250 kr", Reason.NOT_A_CURRENCY),
        ("€250 USD", Reason.NOT_A_CURRENCY),
        ("TBD", Reason.NOT_A_PRICE),
        ("", Reason.NOT_A_PRICE),
        ("100-200 EUR", Reason.NOT_A_PRICE),
        ("-5 EUR", Reason.NOT_A_PRICE),
        ("~250 EUR", Reason.NOT_A_PRICE),
        ("250 per post and a dinner", Reason.NOT_A_PRICE),
        ("500.5 JPY", Reason.NOT_A_PRICE),
        ("1,234 KWD", Reason.NOT_A_PRICE),
        ("0.001 EUR", Reason.NOT_A_PRICE),
        ("9" * 30 + " EUR", Reason.PRICE_TOO_LARGE),
        ("9" * 20_000, Reason.NOT_A_PRICE),
    ],
)
def test_what_is_no_price_says_why(text: str, reason: Reason) -> None:
    with pytest.raises(InvalidValue) as failure:
        parse_price(text, None)
    assert failure.value.reason is reason


def test_minor_units_follow_iso_4217() -> None:
    assert [minor_digits(code) for code in ("EUR", "JPY", "KWD")] == [2, 0, 3]


@given(st.integers(0, 10**15), st.sampled_from(sorted(CURRENCIES)))
def test_prices_survive_a_file(minor: int, currency: str) -> None:
    assert parse_price(format_plain(Money(minor, currency)), None) == Money(minor, currency)
