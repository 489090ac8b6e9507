"""Amounts of money: integer minor units and an ISO 4217 currency."""

import re
from dataclasses import dataclass

from planning.errors import InvalidValue
from planning.numbers import SPACES, parse_figure
from planning.reasons import Reason


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts the currency's smallest unit (cents; yen has none), `currency` is its ISO 4217 code."""

    minor: int
    currency: str


MAX_MINOR = 10**15

_WITHOUT_CENTS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
_IN_USE = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
    "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES: dict[str, int] = {
    **dict.fromkeys(_IN_USE.split(), 2),
    **dict.fromkeys(_WITHOUT_CENTS.split(), 0),
    **dict.fromkeys(_WITH_THOUSANDTHS.split(), 3),
}
"""ISO 4217 codes in use, each with the digits of its minor unit."""

# Only what stands for one currency in practice: kr is three, and so is not here. A bare $ is the US dollar.
_SYMBOLS = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD",
    "C$": "CAD", "CA$": "CAD", "R$": "BRL", "MX$": "MXN", "NZ$": "NZD", "HK$": "HKD", "¥": "JPY", "CN¥": "CNY",
    "₹": "INR", "ZŁ": "PLN", "KČ": "CZK", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₫": "VND", "฿": "THB",
    "₱": "PHP", "₦": "NGN", "₽": "RUB",
}  # fmt: skip

_PRICE = re.compile(
    r"(?P<before>[^\d\s.,'\u2019+~\u2248-]*)\s*"
    r"(?P<amount>\d[\d\s.,'\u2019]*(?:[kK](?![^\W\d]))?)\s*"
    r"(?P<after>[^\d.,'\u2019~\u2248-]*)"
)
_NO_CENTS = re.compile(r"[.,](?:-|\u2013|\u2014)+")


def minor_digits(currency: str) -> int:
    """How many digits the currency's minor unit has: 2 for the euro, 0 for the yen, 3 for the Kuwaiti dinar."""
    return CURRENCIES[currency]


def find_currency(sign: str) -> str | None:
    """The ISO 4217 code of a symbol, a word or a code that stands for one currency: "€", "euro", "US$", "usd"."""
    code = _SYMBOLS.get(sign.upper(), sign.upper())
    return code if code in CURRENCIES else None


def parse_price(text: str, default_currency: str | None) -> Money:
    """A price: "250 EUR", "€250", "1,200.50 USD", "€ 1.200,50", "250,-"; a bare number is in the default currency.

    Three digits behind the only mark are thousands, except behind a point where the currency has three decimals.
    Raises `InvalidValue`: NOT_A_PRICE (negative, a range, prose), NOT_A_CURRENCY, PRICE_TOO_LARGE.
    """
    match = _PRICE.fullmatch(_NO_CENTS.sub("", text).strip(SPACES + ' \t"')) if len(text) < 100 else None
    if match is None:
        raise InvalidValue("price", text, Reason.NOT_A_PRICE)
    currency = _currency(match["before"].strip(), match["after"].strip(), default_currency, text)
    return Money(_minor(match["amount"].strip(), CURRENCIES[currency], text), currency)


def format_plain(money: Money) -> str:
    """The amount for files, as `parse_price` reads it back: "1200.50 USD"."""
    digits = CURRENCIES[money.currency]
    whole, rest = divmod(money.minor, 10**digits)
    return f"{whole}.{rest:0{digits}} {money.currency}" if digits else f"{whole} {money.currency}"


def _currency(before: str, after: str, default: str | None, text: str) -> str:
    words = [word.upper() for word in (before, after) if word]
    if not words:
        if default is None:
            raise InvalidValue("price", text, Reason.NOT_A_CURRENCY)
        return default
    found = {find_currency(word) for word in words}
    # "$250 AUD" says more than "$250".
    if len(found) == 2 and words[0] == "$" and words[1].endswith("D"):
        found = {find_currency(words[1])}
    if len(found) == 1 and (currency := found.pop()):
        return currency
    is_word = all(len(word) <= 4 and " " not in word for word in words)
    raise InvalidValue("price", text, Reason.NOT_A_CURRENCY if is_word else Reason.NOT_A_PRICE)


def _minor(amount: str, digits: int, text: str) -> int:
    figure = parse_figure(amount)
    if figure is None or (figure.either and (figure.scale > 1 or (digits == 3 and figure.mark == ","))):
        raise InvalidValue("price", text, Reason.NOT_A_PRICE)
    whole, fraction = figure.whole, figure.fraction
    if figure.either and digits != 3:
        whole, fraction = whole + fraction, ""
    minor, rest = divmod(int(whole + fraction) * figure.scale * 10**digits, 10 ** len(fraction))
    if rest:
        raise InvalidValue("price", text, Reason.NOT_A_PRICE)
    if minor > MAX_MINOR:
        raise InvalidValue("price", text, Reason.PRICE_TOO_LARGE)
    return minor
