"""What is compared of accounts, and what speaks for their being the same."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from planning.platform import Platform

Pair = tuple[int, int]
"""The ids of two accounts, the lower one first."""


class Identity(NamedTuple):
    """The part of an account that is compared. `niche` is the id of its main niche; `posts`: whether any are known."""

    account_id: int
    platform: Platform
    handle: str
    name: str | None
    country: str | None
    followers: int
    likes: float | None
    influencer_id: int | None
    posts: bool
    niche: int | None


class Hint(Enum):
    """What speaks for it; the value is its weight."""

    SAME_POSTS = 5
    SAME_FIGURES = 4
    SAME_HANDLE = 3
    SAME_NAME = 2.5
    SIMILAR_HANDLE = 2
    SAME_NICHE = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two accounts that may be the same: one account on one platform (`same_account`), or one person's on two.

    `hints` are in the order of their weight.
    """

    pair: Pair
    same_account: bool
    hints: tuple[Hint, ...]

    @property
    def weight(self) -> float:
        """The higher, the likelier."""
        return sum(hint.value for hint in self.hints)


def pair_of(one: int, other: int) -> Pair:
    """The two ids as a pair."""
    return (one, other) if one < other else (other, one)
