"""A phrase as tokens: each word with everything that it can be, in any of the languages."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from planning.cadence.dutch import DUTCH
from planning.cadence.english import ENGLISH
from planning.cadence.unclear import Unclear
from planning.cadence.words import Meanings, Part, Words
from planning.errors import UnclearCadence

FILLERS = frozenset(word for words in (ENGLISH, DUTCH) for word in words.fillers.split())

_SEPARATORS = re.compile(r"[\s,;()\[\]\"“”„«»]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u00b4`", "'"))
_CLOCK = re.compile(r"([0-9]{1,3})(?:[:.hu]([0-9]{1,2})(?::00)?|[hu])")
_HALF_DAY = re.compile(r"([0-9][0-9:.]*)(am|pm|uur)")
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:t([0-9]{1,2}:[0-9]{2}(?::00)?))?")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2([0-9]{4}))?")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|e|de|ste)")
_NUMBER = re.compile(r"[0-9]{1,3}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is read, and its meanings: none where it is unknown."""

    text: str
    meanings: Meanings


def merged(languages: Iterable[Words]) -> dict[str, dict[str, int]]:
    """Every word of the languages with its meanings."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for words in languages:
        for word, kind, value in words:
            found[word][kind] = value
    return dict(found)


VOCABULARY = merged((ENGLISH, DUTCH))

_DAYPARTS = {"ochtend": Part.MORNING, "morgen": Part.MORNING, "middag": Part.AFTERNOON, "avond": Part.EVENING}
_MORNING = re.compile(rf"([a-z]+)({'|'.join(_DAYPARTS)})")


def folded(text: str) -> str:
    """In lower case and without accents, with plain dashes and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_DASHES).translate(_QUOTES)).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokenise(phrase: str) -> list[Token]:
    """The words that say something, in order. Raises `UnclearCadence` where a time can't be one."""
    chunks = _SEPARATORS.split(folded(phrase))
    return [token for chunk in chunks for token in _tokens(chunk.strip("!?")) if token.text not in FILLERS]


def _tokens(chunk: str) -> list[Token]:
    word = _bare(chunk)
    if not word:
        return []
    if word in VOCABULARY:
        return [Token(word, VOCABULARY[word])]
    if written := _written(word):
        return written
    first, dash, last = word.partition("-")
    if dash and "weekday" in VOCABULARY.get(first, ()) and "weekday" in VOCABULARY.get(last, ()):
        return [*_tokens(first), Token("-", VOCABULARY["-"]), *_tokens(last)]
    return [Token(word, {})]


def _bare(chunk: str) -> str:
    """Without the points of a sentence and of abbreviations (p.m., a.s., dec.), and the 's of 's avonds."""
    if any(letter.isdigit() for letter in chunk):
        bare = re.sub(r"([ap])\.m\.?$", r"\1m", chunk).rstrip(".")
    else:
        bare = chunk.replace(".", "")
    return bare.removeprefix("'s-").removeprefix("'s").strip("'") if "o'clock" not in bare else bare


def _written(word: str) -> list[Token]:
    """What is written with digits, or as one word with the part of the day; nothing where it is neither."""
    if found := _HALF_DAY.fullmatch(word):
        return [*_tokens(found[1]), *_tokens(found[2])]
    if found := _ISO.fullmatch(word):
        return [Token(word, {"iso": 0}), *(_tokens(found[4]) if found[4] else ())]
    if (found := _NUMERIC.fullmatch(word)) and (found[2] != "." or found[4]):
        return [Token(word, {"numeric": 0})]
    if found := _CLOCK.fullmatch(word):
        return [Token(word, {"time": _minutes(word, found[1], found[2])})]
    if found := _ORDINAL.fullmatch(word):
        return [Token(word, {"ordinal": int(found[1])})]
    if _NUMBER.fullmatch(word):
        return [Token(word, {"number": int(word)})]
    if _YEAR.fullmatch(word):
        return [Token(word, {"year": int(word)})]
    if (found := _MORNING.fullmatch(word)) and VOCABULARY.get(found[1], {}).keys() & {"weekday", "dated"}:
        return [Token(found[1], VOCABULARY[found[1]]), Token(found[2], {"part": _DAYPARTS[found[2]]})]
    return []


def _minutes(word: str, hour: str, minute: str | None) -> int:
    if int(hour) > 23 or (minute is not None and (len(minute) < 2 or int(minute) > 59)):
        raise UnclearCadence(Unclear.TIME_IMPOSSIBLE, word)
    return int(hour) * 60 + int(minute or 0)


def numbers_of(token: Token) -> tuple[int, int, int | None, bool]:
    """A numeric date's first and second number, its year, and whether it is dotted (then the day is first)."""
    found = _NUMERIC.fullmatch(token.text)
    assert found is not None
    return int(found[1]), int(found[3]), int(found[4]) if found[4] else None, found[2] == "."


def iso_of(token: Token) -> tuple[int, int, int]:
    """The year, month and day of a date that is written in this order."""
    found = _ISO.fullmatch(token.text)
    assert found is not None
    return int(found[1]), int(found[2]), int(found[3])
