"""Merges as they are kept: under which handles an account was known before, and what it takes to undo them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from planning.lists import ListPick, Vote
from planning.merging import Held
from planning.platform import Platform

Key = tuple[Platform, str]


@dataclass(frozen=True, slots=True)
class MergeHead:
    """The account of id `merged_id`, which had this handle, became part of the account of id `account_id`.

    `number` counts a server's merges up.
    """

    account_id: int
    merged_id: int
    platform: Platform
    handle: str
    number: int


@dataclass(frozen=True, slots=True)
class MovedPick:
    """A pick that went from the merged account to the other, with its votes.

    `beside` is the pick of the other account that was on the list already, and `beside_votes` those on it.
    """

    list_id: int
    pick: ListPick
    votes: tuple[Vote, ...]
    beside: ListPick | None = None
    beside_votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Both accounts as they were (`other` became part of `into`), whom each shared its influencer with, and picks."""

    at: datetime
    into: Held
    other: Held
    into_linked: tuple[int, ...] = ()
    other_linked: tuple[int, ...] = ()
    picks: tuple[MovedPick, ...] = ()


def survivors(heads: Sequence[MergeHead]) -> dict[Key, int]:
    """Every former handle, and the id of the account that it stands for today; the last one to have had it."""
    parents = {head.merged_id: head.account_id for head in heads}
    found: dict[Key, int] = {}
    for head in sorted(heads, key=lambda head: head.number):
        account_id = head.account_id
        while account_id in parents:
            account_id = parents[account_id]
        found[head.platform, head.handle] = account_id
    return found


def part_of(heads: Sequence[MergeHead], account_id: int) -> list[MergeHead]:
    """All that became part of this account, straight or by way of another that did; the newest first."""
    found: list[MergeHead] = []
    wanted = [account_id]
    for owner in wanted:
        own = [head for head in heads if head.account_id == owner]
        found += own
        wanted += [head.merged_id for head in own]
    return sorted(found, key=lambda head: head.number, reverse=True)
