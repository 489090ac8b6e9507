"""Finds likely duplicates among all accounts of a server: by keys that they share, never all with all."""

import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, groupby

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from planning.duplicates.identities import Hint, Identity, Pair, Proposal, pair_of
from planning.platform import Platform

MOST_ALIKE = 6
"""What more accounts than these share tells none of them from the others."""
SHORTEST_HANDLE = 5
SHORTEST_NAME = 6
"""Letters and digits of a handle, or of a name, that can be a person's own: `anna` is many people's."""
SIMILAR = 80
"""Similarity (0–100, rapidfuzz.ratio) of two handles from which one may be the other, renamed."""
FEWEST_FOLLOWERS = 200
NEAR_FOLLOWERS, NEAR_LIKES = 0.02, 0.05
"""Shares by which two counts of the same followers, and two averages of the same likes, differ at most."""


def find_candidates(identities: Sequence[Identity], distinct: set[Pair]) -> list[Proposal]:
    """Pairs with anything in common that few others have, without those that are linked or were said to be distinct.

    Takes about as long as there are accounts: 100,000 in some two seconds.
    """
    by_id = {identity.account_id: identity for identity in identities}
    found: list[Proposal] = []
    for one_id, other_id in set(_pairs(identities)) - distinct:
        one, other = by_id[one_id], by_id[other_id]
        if one.influencer_id is None or one.influencer_id != other.influencer_id:
            same_account = one.platform is other.platform
            found.append(Proposal((one_id, other_id), same_account, _hints(one, other, same_account=same_account)))
    return [proposal for proposal in found if proposal.hints]


def settle(candidates: Iterable[Proposal], same_posts: set[Pair]) -> list[Proposal]:
    """Those that enough speaks for, the likeliest first. `same_posts` are the pairs that have posts in common.

    On one platform two hints are needed: similar handles are many people's. The handle or the name is enough for a
    person on two platforms.
    """
    told = [_with_posts(each) if each.pair in same_posts else each for each in candidates]
    kept = [each for each in told if not each.same_account or len(each.hints) > 1]
    return sorted(kept, key=lambda each: (-each.weight, each.pair))


def _with_posts(proposal: Proposal) -> Proposal:
    return Proposal(proposal.pair, proposal.same_account, (Hint.SAME_POSTS, *proposal.hints))


@lru_cache(maxsize=8_192)
def bare(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum())


def bare_handle(identity: Identity) -> str:
    """The person's own part of a handle: of `name.bsky.social` and `name@server` the name."""
    handle = identity.handle
    if identity.platform is Platform.MASTODON:
        handle = handle.partition("@")[0]
    if identity.platform is Platform.BLUESKY:
        handle = handle.removesuffix(".bsky.social")
    return bare(handle)


def _pairs(identities: Sequence[Identity]) -> Iterator[Pair]:
    handles = [bare_handle(identity) for identity in identities]
    names = [bare(identity.name) if identity.name else "" for identity in identities]
    yield from _sharing(identities, [text if len(text) >= SHORTEST_HANDLE else None for text in handles])
    yield from _sharing(identities, [text if len(text) >= SHORTEST_NAME else None for text in names])
    yield from _sharing(identities, [_figures(identity) for identity in identities])
    places: dict[Platform, list[int]] = defaultdict(list)
    for place, identity in enumerate(identities):
        if len(handles[place]) >= SHORTEST_HANDLE:
            places[identity.platform].append(place)
    for of_platform in places.values():
        for one, other in _one_edit_apart([handles[place] for place in of_platform]):
            yield pair_of(identities[of_platform[one]].account_id, identities[of_platform[other]].account_id)


def _sharing(identities: Sequence[Identity], keys: Sequence[Hashable | None]) -> Iterator[Pair]:
    """Those that share a key with few others."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for identity, key in zip(identities, keys, strict=True):
        if key is not None:
            groups[key].append(identity.account_id)
    for group in groups.values():
        if 1 < len(group) <= MOST_ALIKE:
            yield from (pair_of(one, other) for one, other in combinations(group, 2))


def _figures(identity: Identity) -> Hashable | None:
    """Exactly the same followers and likes: what a file has that names an account by another handle."""
    if not identity.likes or identity.followers < FEWEST_FOLLOWERS:
        return None
    return identity.platform, identity.followers, identity.likes


def _one_edit_apart(handles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of handles that one typed letter tells apart (added, left out, another, or two changed over).

    Two such handles, or one and the other without a letter, are the same without one of their letters (the deletions
    of SymSpell). Kept as hashes, 16 bytes a deletion; each pair is compared itself afterwards.
    """
    keys, owners = array("q"), array("q")
    for place, handle in enumerate(handles):
        shorter = {handle, *(handle[:cut] + handle[cut + 1 :] for cut in range(len(handle)))}
        keys.extend(map(hash, shorter))
        owners.extend([place] * len(shorter))
    if not keys:
        return
    all_keys, all_owners = np.frombuffer(keys, np.int64), np.frombuffer(owners, np.int64)
    order = np.argsort(all_keys, kind="stable")
    ordered = all_keys[order]
    shared = np.zeros(len(ordered), bool)
    shared[1:] = ordered[1:] == ordered[:-1]
    shared[:-1] |= shared[1:]
    rows = zip(ordered[shared].tolist(), all_owners[order][shared].tolist(), strict=True)
    for _, group in groupby(rows, key=lambda row: row[0]):
        places = [place for _, place in group]
        if len(places) <= MOST_ALIKE:
            yield from (
                (one, other)
                for one, other in combinations(places, 2)
                if OSA.distance(handles[one], handles[other], score_cutoff=1) <= 1
            )


def _hints(one: Identity, other: Identity, *, same_account: bool) -> tuple[Hint, ...]:
    first, second = bare_handle(one), bare_handle(other)
    found: list[Hint] = []
    if same_account and _near(one.followers, other.followers, one.likes, other.likes):
        found.append(Hint.SAME_FIGURES)
    if first == second and len(first) >= SHORTEST_HANDLE:
        found.append(Hint.SAME_HANDLE)
    if one.name and other.name and len(bare(one.name)) >= SHORTEST_NAME and bare(one.name) == bare(other.name):
        found.append(Hint.SAME_NAME)
    if same_account and first != second and fuzz.ratio(first, second) >= SIMILAR and not _counted(first, second):
        found.append(Hint.SIMILAR_HANDLE)
    if found and one.niche is not None and one.niche == other.niche and one.country and one.country == other.country:
        found.append(Hint.SAME_NICHE)
    return tuple(found)


def _near(followers: int, others: int, likes: float | None, others_likes: float | None) -> bool:
    """Whether both may be readings of one account, of about the same time."""
    if not likes or not others_likes or min(followers, others) < FEWEST_FOLLOWERS:
        return False
    return abs(followers - others) <= NEAR_FOLLOWERS * followers and abs(likes - others_likes) <= NEAR_LIKES * likes


def _counted(one: str, other: str) -> bool:
    """Whether only their numbers tell them apart: `baker1` and `baker2` are two, not a typo."""
    first, second = ("".join(filter(str.isdigit, text)) for text in (one, other))
    letters = ["".join(char for char in text if not char.isdigit()) for text in (one, other)]
    return letters[0] == letters[1] and bool(first) and bool(second)
