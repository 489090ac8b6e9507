"""What a column's header says that it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from planning.imports.headers import (
    AVERAGES,
    COUNTED,
    DECLARED,
    EACH,
    ESTIMATED,
    HEADERS,
    MEASURES,
    PER_POST,
    PLATFORM_PEOPLE,
    PLATFORM_WORDS,
    RANKS,
    RATES,
    TIERS,
    TOTALS,
    UNITS,
    Field,
)
from planning.money import CURRENCIES
from planning.platform import Platform
from planning.tables import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(r"(?<=[a-z]) ?[0-9]+$")
_LONGEST = 80


class Ignored(StrEnum):
    """Why a column is not used."""

    RATE = "rate"
    TIER = "tier"
    RANK = "rank"
    TOTAL = "total"
    BEATEN = "beaten"
    CONTENT = "content"
    """It doesn't hold what its header says."""
    CHOSEN = "chosen"
    UNKNOWN = "unknown"


class By(StrEnum):
    """What says that a column is what it is read as."""

    HEADER = "header"
    CONTENT = "content"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What became of a column: `field` is what it is read as, or None and the reason. `index` counts from 0.

    `platform` and `currency` are what the header itself says (IG_Handle, Price (USD)). `confidence` is a share: how
    sure it is that the column is that. `account` is which of several accounts in a row it belongs to, None for all.
    `winner` is the index of the column that is used in its place. `unit` is what its figures are counted in, as letters
    behind a figure say it: K where the header says thousands.
    """

    index: int
    header: str
    field: Field | None
    ignored: Ignored | None = None
    platform: Platform | None = None
    currency: str | None = None
    by: By = By.HEADER
    confidence: float = 1.0
    account: int | None = None
    winner: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column as its header says."""

    column: ColumnUse
    worth: int
    """The place of the header among the field's known ones: the lower, the better."""


def candidates_of(header: Sequence[str]) -> list[Candidate]:
    """Each column by its header alone."""
    return [_candidate(index, text) for index, text in enumerate(header)]


def platform_in(text: str) -> Platform | None:
    """The one platform that a file's or a sheet's name mentions; None where it mentions none, or several."""
    words = [word for word in fold(text.replace(".", " ")).split() if len(word) > 1]
    found = {PLATFORM_WORDS[word] for word in words if word in PLATFORM_WORDS} - {Platform.OTHER}
    return found.pop() if len(found) == 1 else None


def column_platform(text: str) -> Platform | None:
    """The platform whose name a header begins or ends with, or is."""
    return _split_platform(fold(text))[1]


def _candidate(index: int, text: str) -> Candidate:
    shown = text.strip()[:_LONGEST]
    if not shown:
        return Candidate(ColumnUse(index, shown, None, Ignored.UNKNOWN), 0)
    words = fold(_CAMEL.sub(" ", shown).replace("%", " percent ").replace("'", " ").replace("\u2019", " "))
    words, platform = _split_platform(words)
    platform = platform or PLATFORM_PEOPLE.get(words.partition(" ")[0])
    words, currency = _split_currency(words, text)
    field, worth = _find_field(words, platform)
    unit = ""
    if field is None:
        counted, unit = _split_unit(words)
        field, worth = _find_field(counted, platform) if unit and counted else (None, 0)
        field = field if field in COUNTED else None
    if field is not None and (currency is None or field is Field.PRICE):
        return Candidate(ColumnUse(index, shown, field, None, platform, currency, unit=unit), worth)
    return Candidate(ColumnUse(index, shown, None, _why_ignored(words), platform, unit=unit), 0)


def _split_platform(words: str) -> tuple[str, Platform | None]:
    """The header without the name of a platform at its beginning or end, and that platform.

    "other", "blog" and the like are no hint: they are taken from cells only.
    """
    for name, platform in PLATFORM_WORDS.items():
        if platform is Platform.OTHER:
            continue
        if words == name:
            return "", platform
        if words.startswith(f"{name} "):
            return words.removeprefix(f"{name} "), platform
        if words.endswith(f" {name}"):
            return words.removesuffix(f" {name}"), platform
    return words, None


def _split_unit(words: str) -> tuple[str, str]:
    """The header without what its figures are counted in ("followers (in thousands)"), and that as letters."""
    head, _, last = words.rpartition(" ")
    unit = UNITS.get(last, "")
    return (head.removesuffix(" in").removesuffix(" x"), unit) if unit else (words, "")


def _split_currency(words: str, text: str) -> tuple[str, str | None]:
    """The header without a currency code at its end ("Price (EUR)"), and that code."""
    for symbol, code in (("€", "EUR"), ("£", "GBP"), ("$", "USD")):
        if symbol in text:
            return words.replace(symbol, "").strip(), code
    head, _, last = words.rpartition(" ")
    return (head, last.upper()) if head and last.upper() in CURRENCIES else (words, None)


def _find_field(words: str, platform: Platform | None) -> tuple[Field | None, int]:
    if not words and platform is not None:
        return Field.HANDLE, 1_000
    known = _known_headers()
    if words in known:
        return known[words]
    numbered = _NUMBERED.sub("", words)
    if known.get(numbered, (None, 0))[0] is Field.NICHES:
        return known[numbered]
    if not DECLARED.isdisjoint(words.split()) and (ESTIMATED | TOTALS).isdisjoint(words.split()):
        return Field.DECLARED_RATE, 0
    return _find_measure(words)


@cache
def _known_headers() -> dict[str, tuple[Field, int]]:
    return {name: (field, worth) for field, names in HEADERS.items() for worth, name in enumerate(names)}


def _find_measure(words: str) -> tuple[Field | None, int]:
    """Likes, comments or views where the header says that they are averages, or says nothing else at all."""
    for field, names in MEASURES.items():
        for name in names:
            if words == name:
                return field, 100
            rest = f" {words} ".replace(f" {name} ", " ", 1).split()
            named = len(rest) < len(words.split()) and any(word in AVERAGES or word in EACH for word in rest)
            if named and all(word in AVERAGES or word in PER_POST for word in rest):
                return field, len(rest)
    return None, 0


def _why_ignored(words: str) -> Ignored:
    present = set(words.split())
    for reason, telling in (
        (Ignored.RATE, RATES),
        (Ignored.TIER, TIERS),
        (Ignored.RANK, RANKS),
        (Ignored.TOTAL, TOTALS),
    ):
        if present & telling:
            return reason
    return Ignored.UNKNOWN
