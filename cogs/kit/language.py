"""Every word that a person sees, and numbers, money and names, in one language.

English stands in the code, as the argument of `t("…")`, `t.many("one …", "{n} …", n)` or `mark("…")`; other languages
are files, `locales/<code>/LC_MESSAGES/microscout.po`. A text without a translation stays English.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from gettext import c2py
from pathlib import Path
from typing import Self

import discord
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from discord import app_commands

from planning.money import Money, minor_digits

FOLDER = Path(__file__).parents[2] / "locales"
DOMAIN = "microscout"
ENGLISH = "en"

KEPT = 4_096
"""Figures that are kept as they were worded, of each kind."""
COMMAND, OPTION, CHOICE = "command", "option", "choice"
"""Message contexts: names of commands and options have rules of their own, so they are kept apart from texts."""


SMALL = 0.1
"""A cost below this is told to two digits: €0.0095, not €0.01."""
MILLION = 1_000_000
FRACTION = 2
"""What a fraction is counted as where a plural is chosen: 1.5 likes take the words of 2 likes."""


def mark(message: str) -> str:
    """Name a text for translation where its language is not known yet; `t(…)` words it later."""
    return message


@dataclass(frozen=True, slots=True)
class Texts:
    """A language's translations, by (context or None, English text); plurals by their English singular."""

    single: Mapping[tuple[str | None, str], str]
    plural: Mapping[str, Sequence[str]]
    form: Callable[[int], int]
    """Which of a plural's texts serves a number."""

    @classmethod
    def empty(cls) -> Self:
        """No translation at all: English."""
        return cls({}, {}, c2py("n != 1"))


class Language:
    """Words and formats of one language. Call it with an English text and the values for its {names}."""

    def __init__(self, code: str, texts: Texts) -> None:
        self.code = code
        self.locale = Locale.parse(code, sep="-")
        self._texts = texts
        # A card of 25 picks shows some 200 figures, mostly the same few: Babel took more than half of its time.
        self._decimal = lru_cache(KEPT)(partial(format_decimal, locale=self.locale))
        self._share = lru_cache(KEPT)(partial(format_percent, locale=self.locale))
        self._amount = lru_cache(KEPT)(partial(_format_amount, self.locale))

    def __call__(self, message: str, /, **values: object) -> str:
        """The text in this language, its {names} filled in."""
        return self.word(message).format_map(values)

    def word(self, message: str, context: str | None = None) -> str:
        """The text in this language as it stands, without filling anything in."""
        return self._texts.single.get((context, message), message)

    def many(self, one: str, many: str, n: float, /, **values: object) -> str:
        """The text for this number, which fills {n}."""
        forms = self._texts.plural.get(one)
        text = forms[self._texts.form(int(n) if n == int(n) else FRACTION)] if forms else (one if n == 1 else many)
        return text.format_map({"n": self.number(n), **values})

    def number(self, value: float) -> str:
        """3,210 in English, 3.210 in Dutch; averages keep one decimal below 100."""
        if value == int(value) or value >= 100:
            return self._decimal(round(value))
        return self._decimal(round(value, 1))

    def compact(self, value: int) -> str:
        """1.2M, 12K: for labels where room is short."""
        return format_compact_decimal(value, locale=self.locale, fraction_digits=1)

    def rough(self, value: float) -> str:
        """A count to three digits, as no estimate tells more: 4,210 of 4,213.4; 1.2M from a million on."""
        if value >= MILLION:
            return self.compact(round(value))
        digits = max(0, math.floor(math.log10(max(value, 1))) - 2)
        return self.number(round(value, -digits))

    def exact(self, value: Decimal) -> str:
        """Every digit of it: 0.9213."""
        return self._decimal(value, format=f"#,##0.{'#' * 12}")

    def percent(self, share: float) -> str:
        """4.1% of 0.041: one decimal, two below one per cent."""
        return self._percent(share, _digits(share))

    def whole_percent(self, share: float) -> str:
        """72% of 0.718."""
        return self._share(round(share, 2))

    def percents(self, low: float, high: float) -> str:
        """3.2–5.2% of 0.032 and 0.052, 0.63–1.30% of 0.0063 and 0.013: both with the decimals of the lower one."""
        digits = _digits(low)
        first, last = self._percent(low, digits), self._percent(high, digits)
        sign = last.lstrip("0123456789.,")
        return f"{first.removesuffix(sign)}–{last}" if sign and first.endswith(sign) else f"{first}–{last}"

    def _percent(self, share: float, digits: str) -> str:
        pattern = self.locale.percent_formats[None].pattern.replace("#,##0", f"#,##{digits}")
        return self._share(round(share, len(digits) + 1), format=pattern)

    def money(self, money: Money) -> str:
        """€250 or € 250; cents only where there are any."""
        digits = minor_digits(money.currency)
        return self._currency(money.minor, money.currency, 0 if money.minor % 10**digits == 0 else digits)

    def cost(self, minor: float, currency: str) -> str:
        """A cost per something, in minor units: with cents where the currency has them, or two digits that tell."""
        digits = minor_digits(currency)
        amount = minor / 10**digits
        telling = 1 - math.floor(math.log10(amount)) if 0 < amount < SMALL else 0
        return self._currency(minor, currency, max(digits, telling))

    def _currency(self, minor: float, currency: str, decimals: int) -> str:
        return self._amount(round(minor / 10 ** minor_digits(currency), decimals), currency, decimals)

    def long_date(self, value: date) -> str:
        """9 March 2026."""
        return format_date(value, format="long", locale=self.locale)

    def short_date(self, value: date) -> str:
        """09/03/26 or 3/9/26."""
        return format_date(value, format="short", locale=self.locale)

    def weekday(self, weekday: int) -> str:
        """Its name; 0 is Monday."""
        return self.locale.days["format"]["wide"][weekday]

    def country(self, code: str) -> str:
        """The country's name."""
        return self.locale.territories.get(code, code)

    def language(self, code: str) -> str:
        """The language's name."""
        return self.locale.languages.get(code, code)

    def all_of(self, items: Sequence[str]) -> str:
        """a, b and c."""
        return format_list(list(items), locale=self.locale)

    def any_of(self, items: Sequence[str]) -> str:
        """a, b or c."""
        return format_list(list(items), style="or", locale=self.locale)


def _format_amount(locale: Locale, amount: float, currency: str, decimals: int) -> str:
    # The decimals are our own ISO 4217 ones: Babel rounds some currencies to what is minted.
    standard = locale.currency_formats["standard"].pattern
    pattern = standard.replace("0.00", "0." + "0" * decimals if decimals else "0")
    return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)


def _digits(share: float) -> str:
    return "0.0" if round(share, 4) >= 0.01 else "0.00"


class Languages:
    """The languages there are."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = languages

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """English and every language with a file in the folder."""
        found = {ENGLISH: Language(ENGLISH, Texts.empty())}
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
            code = path.parts[-3]
            found[code] = Language(code, read_texts(path, code))
        return cls(found)

    def get(self, code: str) -> Language:
        """The language of a code such as nl, nl-BE or en-US: the nearest there is, English otherwise."""
        exact = self._languages.get(code)
        return exact or self._languages.get(code.split("-")[0]) or self._languages[ENGLISH]

    def has(self, code: str) -> bool:
        """Whether there is a language that serves this code."""
        return code in self._languages or code.split("-")[0] in self._languages

    @property
    def codes(self) -> list[str]:
        """The codes of all languages, English first."""
        return list(self._languages)


@lru_cache
def read_texts(path: Path, code: str) -> Texts:
    """The translations in a .po file."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=code.replace("-", "_"))
    single: dict[tuple[str | None, str], str] = {}
    plural: dict[str, Sequence[str]] = {}
    for message in catalog:
        words = message.string
        if isinstance(message.id, str):
            if message.id and isinstance(words, str) and words:
                single[message.context, message.id] = words
        elif isinstance(words, tuple | list) and all(words):
            plural[message.id[0]] = tuple(map(str, words))
    return Texts(single, plural, c2py(catalog.plural_expr))


class MicroscoutTranslator(app_commands.Translator):
    """Names and descriptions of commands, options and choices in each language there is."""

    def __init__(self, languages: Languages) -> None:
        self.languages = languages

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The translation, None where there is none: Discord then shows the English."""
        if not self.languages.has(locale.value):
            return None
        language = self.languages.get(locale.value)
        translated = language.word(string.message, message_context(context.location))
        return None if translated == string.message else translated


def message_context(location: app_commands.TranslationContextLocation) -> str | None:
    """The message context that a name stands under; descriptions stand under none."""
    where = app_commands.TranslationContextLocation
    return {
        where.command_name: COMMAND,
        where.group_name: COMMAND,
        where.parameter_name: OPTION,
        where.choice_name: CHOICE,
    }.get(location)
