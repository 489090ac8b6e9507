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
    said = repr((replace(query, flipped=()), [_figures(pick) for pick in picks])).encode()
    return digest_of(said, length=ID_LENGTH, size=8)


def digest_of(said: bytes, *, length: int, size: int) -> str:
    """So many letters that stand for what was said: the same for the same. They are drawn from `size` bytes."""
    number = int.from_bytes(hashlib.blake2b(said, digest_size=size).digest())
    letters: list[str] = []
    for _ in range(length):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def _figures(pick: Pick) -> tuple[object, ...]:
    """All of a pick that anyone is shown."""
    account, estimate, sample = pick.account, pick.account.estimate, pick.account.sample
    numbers = account.engagement
    return (
        *(pick.score, pick.position, pick.tag, account.id, account.handle, account.name, account.followers),
        *(numbers.likes, numbers.comments, numbers.views, numbers.posts, sample.posts if sample else None),
        *((account.price.minor, account.price.currency) if account.price else ()),
        *((estimate.low, estimate.rate, estimate.high, estimate.usual) if estimate else ()),
        *(account.reach or ()),
        *(int(at.timestamp()) for at in (account.engagement_at, account.posts_read_at) if at),
        *(flag.value for flag in account.flags),
    )
