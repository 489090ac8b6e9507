"""A shortlist as it was answered, kept under the id that the answer shows."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planning.shortlists import Pick, ShortlistQuery

ID_LENGTH = 8
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for one another."""


@dataclass(frozen=True, slots=True)
class Result:
    """`picks` are all that were asked for, in rank order, as they were then."""

    id: str
    made_at: datetime
    query: ShortlistQuery
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class ResultHead:
    """What a result is found by."""

    id: str
    made_at: datetime
    niche: str


def result_id(query: ShortlistQuery, picks: Sequence[Pick]) -> str:
    """The same for the same question and the same answer; another when any number behind a pick changed."""
    said = repr((replace(query, flipped=()), picks)).encode()
    number = int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())
    letters: list[str] = []
    for _ in range(ID_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)
