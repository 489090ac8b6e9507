"""Figures as people and programs write them: 1.2M, 87,5k, 12.400, 12 400, "1,234", ~20K, 1432.0, 1.234,56, 12,34,567.

A figure that can be read in two ways is not guessed at. What decides, in this order: the figure itself (two marks, or
anything but three digits behind its only mark), the column's decimal mark (`decimal_mark`), and that a count is whole.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from planning.errors import InvalidValue
from planning.reasons import Reason

MAX_FOLLOWERS = 10_000_000_000
"""More than there are people; what is above is no account's."""

SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_PLAIN = str.maketrans(
    {**dict.fromkeys(SPACES, " "), "\u2019": "'", "\u02bc": "'", "\u2212": "-", "\ufeff": "", "\u200e": ""}
)

_SCALES = {
    **dict.fromkeys(("k", "tsd", "tsd."), 1_000),
    **dict.fromkeys(("m", "mn", "mln", "mln.", "mio", "mio."), 1_000_000),
    **dict.fromkeys(("b", "bn", "mrd", "mrd."), 1_000_000_000),
}
_FIGURE = re.compile(
    r"(?:(?:~|≈|ca\.) ?)?"
    r"(?P<sign>[+-]?)"
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?P<group>[ '.,])[0-9]{3}(?:(?P=group)[0-9]{3})*|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})"
    r"(?:(?P<mark>[.,])(?P<fraction>[0-9]+))?"
    rf" ?(?P<scale>{'|'.join(re.escape(word) for word in sorted(_SCALES, key=len, reverse=True))}|)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[.,]")
_EITHER = re.compile(r"[^0-9.,]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9.,]*")
_DECIMALS = re.compile(r"[0-9]{1,9}\.[0-9]{1,2}")
_GROUPS = re.compile(r"[ '.,]")


class Figure(NamedTuple):
    """A figure as written: `whole` and `fraction` are digits, `mark` stands between them ("" where it has none).

    `either` says that the mark may as well group thousands: one mark with three digits behind it. `group` is the mark
    that surely groups thousands, `scale` what the letters behind it multiply by.
    """

    negative: bool
    whole: str
    mark: str
    fraction: str
    group: str
    scale: int

    @property
    def either(self) -> bool:
        """Whether the only mark could be a decimal mark or group thousands."""
        return len(self.fraction) == 3 and not self.group and len(self.whole) <= 3 and self.whole[0] != "0"


def parse_figure(text: str) -> Figure | None:
    """The parts of a figure; None where the text is anything else."""
    match = _FIGURE.fullmatch(text.translate(_PLAIN).strip(' "\t'))
    if match is None:
        return None
    sign, whole, group, mark, fraction, scale = match.groups()
    if group is None:
        group = "," if "," in whole else ""
    if group and (whole[0] == "0" or group == mark):
        return None
    digits = _GROUPS.sub("", whole) if group else whole
    return Figure(sign == "-", digits, mark or "", fraction or "", group, _SCALES[scale.lower()] if scale else 1)


def is_scaled(text: str) -> bool:
    """Whether the figure ends in letters that multiply it (1.2M)."""
    return text[-1:].isalpha()


def needs_decimal_mark(values: Iterable[str]) -> bool:
    """Whether the column has a figure that only the others' decimal mark can tell how to read."""
    # A generator, not map: inside one call of C no other thread runs, and columns are long.
    return any(_EITHER.fullmatch(value) for value in values)


def decimal_mark(values: Iterable[str], *, places: int | None = None) -> str | None:
    """The decimal mark of a column, "." or ",", by its figures that can be read in one way only; None where they
    disagree or none tells.

    `places`: only fractions with so many digits tell. Where every marked figure has three digits behind its mark and
    unmarked figures stand beside them, the mark groups thousands: averages would not all come out that even.
    """
    decimals: set[str] = set()
    undecided: set[str] = set()
    unmarked = False
    for text in values:
        if not _MARKED.search(text):
            unmarked = unmarked or (len(text) <= 3 and text.isdecimal() and text.strip("0") != "")
            continue
        figure = parse_figure(text)
        if figure is None:
            continue
        if figure.either:
            undecided.add(figure.mark)
        elif figure.mark and (places is None or len(figure.fraction) == places):
            decimals.add(figure.mark)
        elif figure.group in {".", ","}:
            decimals.add("," if figure.group == "." else ".")
    if not decimals and unmarked and len(undecided) == 1 and places is None:
        decimals = {"," if undecided == {"."} else "."}
    return decimals.pop() if len(decimals) == 1 else None


def parse_count(
    text: str, *, column: str = "followers", maximum: int = MAX_FOLLOWERS, decimal: str | None = None
) -> int:
    """A whole number from 0 to `maximum`. `decimal` is the column's decimal mark where it is known.

    Without it, three digits behind the only mark are thousands (a count is whole), unless letters scale the figure:
    1.234K may be 1,234 or 1,234,000. Raises `InvalidValue`: NOT_A_NUMBER, NOT_WHOLE, NEGATIVE, TOO_LARGE.
    """
    if text.isdecimal() and text.isascii() and len(text) <= 10:
        value = int(text)
    elif text[-2:] == ".0" and text[:-2].isdecimal() and text.isascii() and len(text) <= 12:
        value = int(text[:-2])
    else:
        figure = _figure(text, column)
        if figure.either and decimal is None and figure.scale > 1:
            raise InvalidValue(column, text, Reason.NOT_A_NUMBER)
        if figure.either and figure.mark != decimal:
            figure = _grouped(figure)
        places = len(figure.fraction)
        value, rest = divmod(int(figure.whole + figure.fraction) * figure.scale, 10**places)
        if rest:
            raise InvalidValue(column, text, Reason.NOT_WHOLE)
    if value > maximum:
        raise InvalidValue(column, text, Reason.TOO_LARGE)
    return value


def parse_average(text: str, *, column: str, decimal: str | None = None) -> float:
    """An average per post, 0 or more. `decimal` is the column's decimal mark where it is known.

    Without it a comma before three digits groups thousands (programs that write three decimals write a point), and a
    point before three digits is not read. Raises `InvalidValue`: NOT_A_NUMBER, NEGATIVE, TOO_LARGE.
    """
    if (text.isdecimal() and text.isascii() and len(text) <= 10) or _DECIMALS.fullmatch(text):
        value = float(text)
    else:
        figure = _figure(text, column)
        if figure.either:
            if decimal is None and (figure.mark == "." or figure.scale > 1):
                raise InvalidValue(column, text, Reason.NOT_A_NUMBER)
            if figure.mark != decimal:
                figure = _grouped(figure)
        # Exact up to the one division, so that 1.1K is 1100 and not 1100.0000000000002.
        value = int(figure.whole + figure.fraction) * figure.scale / 10 ** len(figure.fraction)
    if value > MAX_FOLLOWERS:
        raise InvalidValue(column, text, Reason.TOO_LARGE)
    return value


def parse_share(text: str, *, column: str = "rate") -> float:
    """A percentage as a share: "3.4%" is 0.034. Raises `InvalidValue` where there is no percent sign."""
    figure = parse_figure(text.rstrip().removesuffix("%")) if text.rstrip().endswith("%") else None
    if figure is None or figure.scale > 1:
        raise InvalidValue(column, text, Reason.NOT_A_NUMBER)
    if figure.negative:
        raise InvalidValue(column, text, Reason.NEGATIVE)
    return int(figure.whole + figure.fraction) / 10 ** (len(figure.fraction) + 2)


def format_share(share: float) -> str:
    """A share as per cent, as `parse_share` reads it back exactly."""
    return f"{Decimal(repr(share)) * 100:f}%"


def format_average(value: float) -> str:
    """An average for a file, as `parse_average` reads it back exactly without knowing the column."""
    text = f"{Decimal(repr(value)):f}".removesuffix(".0")
    figure = parse_figure(text)
    return f"{text}0" if figure is not None and figure.either else text


def _figure(text: str, column: str) -> Figure:
    figure = parse_figure(text) if len(text) < 100 else None
    if figure is None:
        raise InvalidValue(column, text, Reason.NOT_A_NUMBER)
    if figure.negative and (figure.whole + figure.fraction).strip("0"):
        raise InvalidValue(column, text, Reason.NEGATIVE)
    return figure


def _grouped(figure: Figure) -> Figure:
    return figure._replace(whole=figure.whole + figure.fraction, mark="", fraction="", group=figure.mark)
