"""Which tags a query means.

A score is the cosine of the query's and the tag's vectors, from -1 to 1, rounded to 4 decimals because threads and
processors move the last bits. Ties are broken by name. As measured by `benchmarks.niches`, 97 % of what scores `MATCH`
or more is right, and 84 % of what scores `RELATED` or more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from planning.matching.encoder import Encoder, nearness
from planning.matching.guards import are_opposed, guarded
from planning.matching.lexical import LETTERS_MATCH, LETTERS_RELATED, letter_scores
from planning.matching.tags import Tags
from planning.matching.texts import joined, readable

MATCH = 0.58
RELATED = 0.44
NEAREST = 5
SPELLING = 90
"""Similarity (0-100, rapidfuzz.ratio of the texts `joined`) from which a tag is the query, misspelt."""
DECIMALS = 4
PINNED = 0.9
"""The least score of a tag that is pinned."""


class How(StrEnum):
    """Why a tag was found, the surest first."""

    OWN_ALIAS = "own_alias"
    EXACT = "exact"
    SAME = "same"
    """The same but for number, spaces, hyphens or #."""
    SPELLING = "spelling"
    MEANING = "meaning"
    LETTERS = "letters"
    """There is no encoder: only letters were compared."""


_SUREST = tuple(How)


@dataclass(frozen=True, slots=True)
class NicheMatch:
    """A tag with its score, -1 to 1. Pinned tags (all but MEANING and LETTERS) have at least 0.9, and come first."""

    tag: str
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class NicheMatches:
    """What the query means, best first: `matches` to take, `related` to check.

    Where both are empty the query means none of the tags, and `nearest` has up to five to offer instead; none of them
    belongs in an answer.
    """

    query: str
    matches: tuple[NicheMatch, ...]
    related: tuple[NicheMatch, ...]
    nearest: tuple[NicheMatch, ...]


def match_niches(
    query: str, tags: Tags, *, encoder: Encoder | None, own_aliases: Mapping[str, str] | None = None
) -> NicheMatches:
    """The tags that the query means.

    `own_aliases` says what this server reads as what, usually a tag: they beat the shipped ones, which beat the model.
    Without an encoder, or without vectors of the tags, letters are compared.
    """
    if not readable(query):
        return NicheMatches(query, (), (), ())
    scored = score_tags(query, tags, encoder=encoder, own_aliases=own_aliases)
    match, related = (MATCH, RELATED) if scored.how is How.MEANING else (LETTERS_MATCH, LETTERS_RELATED)
    found = best_first(tags, scored, {*np.flatnonzero(scored.scores >= related).tolist(), *scored.pinned})
    matches = tuple(one for one in found if one.how is not scored.how or one.score >= match)
    nearest = () if found else best_first(tags, scored, _highest(scored.scores, NEAREST))[:NEAREST]
    return NicheMatches(query, matches, tuple(found[len(matches) :]), tuple(nearest))


@dataclass(frozen=True, slots=True)
class Scored:
    """Each tag's score, shape (tags,), how they were compared, and the places of those that are pinned."""

    scores: NDArray[np.float64]
    how: How
    pinned: Mapping[int, How]


def score_tags(
    query: str, tags: Tags, *, encoder: Encoder | None, own_aliases: Mapping[str, str] | None = None
) -> Scored:
    """The score of every tag; arguments as of `match_niches`."""
    own = {joined(alias): meant for alias, meant in (own_aliases or {}).items()}.get(joined(query))
    wanted = query if own is None else own
    if encoder is None or tags.vectors is None:
        scores, how = letter_scores(joined(wanted), tags.spelled), How.LETTERS
    else:
        scores, how = guarded(wanted, tags.names, nearness(tags.vectors, encoder.encode([wanted])[0])), How.MEANING
    pinned = _pinned(wanted, tags)
    if own is not None:
        pinned |= {place: How.OWN_ALIAS for place in pinned if pinned[place] is not How.SPELLING}
    return Scored(np.round(scores.astype(np.float64), DECIMALS), how, pinned)


def best_first(tags: Tags, scored: Scored, places: Iterable[int]) -> list[NicheMatch]:
    """The tags at these places: pinned ones first, the surest before the others; then by score, then by name."""
    found: list[NicheMatch] = []
    for place in places:
        how = scored.pinned.get(place, scored.how)
        score = float(scored.scores[place])
        found.append(NicheMatch(tags.names[place], score if how is scored.how else max(score, PINNED), how))
    return sorted(found, key=lambda one: (_SUREST.index(one.how), -one.score, one.tag))


def _pinned(query: str, tags: Tags) -> dict[int, How]:
    spelled = joined(query)
    alike = process.extract(spelled, tags.spelled, scorer=fuzz.ratio, score_cutoff=SPELLING, limit=None)
    pinned = {place: How.SPELLING for _, _, place in alike if not are_opposed(query, tags.names[place])}
    pinned |= dict.fromkeys(tags.same_as(query), How.SAME)
    pinned |= dict.fromkeys(tags.written_as(query), How.EXACT)
    return pinned


def _highest(scores: NDArray[np.float64], count: int) -> list[int]:
    """The places of the highest scores, and of all that tie with the last of them."""
    if len(scores) <= count:
        return list(range(len(scores)))
    return np.flatnonzero(scores >= np.partition(scores, -count)[-count]).tolist()
