"""The parts that phrases are made of: patterns of kinds of words, and what each says.

A pattern lists kinds in order; a `?` follows what may be left out. At each word the longest pattern is taken.
"""

from collections.abc import Callable, Iterator, Sequence

from planning.cadence import day_parts as days
from planning.cadence import time_parts as times
from planning.cadence.match import Match
from planning.cadence.saying import Said
from planning.cadence.tokens import Token

Handler = Callable[[Said, Match], None]


def _nothing(_said: Said, _match: Match) -> None:
    """A word that says nothing by itself."""


_GRAMMAR: dict[str, Handler] = {
    "one": _nothing,
    "time clock?": times.at,
    "number": times.hour,
    "number clock number?": times.hour,
    "half number clock?": times.half,
    "half past number": times.half_past,
    "one? quarter past number": times.quarter_past,
    "one? quarter to number": times.quarter_to,
    "part": times.part,
    "in one? part": times.part,
    "weekday": days.weekday,
    "weekday range weekday": days.weekday_range,
    "group": days.group,
    "every": days.every,
    "every number? unit": days.rhythm,
    "every part": days.every_part,
    "every other unit": days.other,
    "every other weekday": days.other_weekday,
    "om unit": days.other,
    "om other unit": days.other,
    "om weekday": days.other_weekday,
    "om number unit": days.rhythm,
    "adverb": days.rhythm,
    "once": days.once,
    "once one unit": days.rhythm,
    "once every unit": days.rhythm,
    "every number? short": days.too_often,
    "every half short": days.too_often,
    "every other short": days.too_often,
    "om short": days.too_often,
    "often": days.too_often,
    "unit": days.unit,
    "ordinal weekday": days.nth_weekday,
    "ordinal unit": days.nth_day,
    "ordinal": days.month_day,
    "number month year?": days.date,
    "ordinal month year?": days.date,
    "month number year?": days.date,
    "month ordinal year?": days.date,
    "month": days.month,
    "iso": days.iso,
    "numeric": days.numeric,
    "dated": days.dated,
    "this_part": days.this_part,
    "this part": days.this_part,
    "one? unit after dated": days.after_tomorrow,
    "next weekday": days.next_weekday,
    "this weekday": days.this_weekday,
    "next unit weekday": days.weekday_of_next_week,
    "weekday next unit": days.weekday_of_next_week,
    "in number short": days.in_short,
    "in one? short": days.in_short,
    "in one? half one? short": days.in_half_an_hour,
    "in number unit": days.in_days,
    "in one unit": days.in_days,
    "in": _nothing,
    "om": _nothing,
}


def _expanded(kinds: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if not kinds:
        yield ()
        return
    for rest in _expanded(kinds[1:]):
        yield (kinds[0].removesuffix("?"), *rest)
        if kinds[0].endswith("?"):
            yield rest


_PATTERNS: list[tuple[tuple[str, ...], Handler]] = sorted(
    ((kinds, handler) for pattern, handler in _GRAMMAR.items() for kinds in _expanded(pattern.split())),
    key=lambda pattern: -len(pattern[0]),
)


def say_all(said: Said, tokens: Sequence[Token]) -> list[int]:
    """Everything that the words say, into `said`. Returns the places of those that say nothing here.

    Raises `UnclearCadence`.
    """
    unread: list[int] = []
    at = 0
    while at < len(tokens):
        kinds, handler = _longest(tokens, at)
        if not kinds:
            unread.append(at)
            at += 1
            continue
        matched = tokens[at : at + len(kinds)]
        handler(
            said, Match([(kind, token.meanings[kind]) for kind, token in zip(kinds, matched, strict=True)], matched)
        )
        at += len(kinds)
    return unread


def _longest(tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], Handler]:
    for kinds, handler in _PATTERNS:
        if at + len(kinds) <= len(tokens) and all(kind in tokens[at + i].meanings for i, kind in enumerate(kinds)):
            return kinds, handler
    return (), _nothing
