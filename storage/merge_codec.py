"""A merge as bytes: compressed JSON of both accounts with all that hung on them."""

from dataclasses import asdict
from typing import Any

from planning.accounts import Engagement, Snapshot, Source
from planning.lists import ListPick, Veto, Vote
from planning.merges import Merge, MovedPick
from planning.merging import Held
from planning.posts import Post, PostKind
from storage.pick_codec import account_of, pack, pick_of, time_of, unpack


def pack_merge(merge: Merge) -> bytes:
    """One merge."""
    return pack(asdict(merge))


def unpack_merge(payload: bytes) -> Merge:
    """The merge again."""
    kept = unpack(payload)
    return Merge(
        time_of(kept["at"]),
        _held(kept["into"]),
        _held(kept["other"]),
        tuple(kept["into_linked"]),
        tuple(kept["other_linked"]),
        tuple(_moved(moved) for moved in kept["picks"]),
    )


def _held(kept: dict[str, Any]) -> Held:
    readings = tuple(
        Snapshot(time_of(each["taken_at"]), Source(each["source"]), each["followers"], Engagement(**each["engagement"]))
        for each in kept["readings"]
    )
    return Held(account_of(kept["account"]), readings, tuple(_post(each) for each in kept["posts"]))


def _post(kept: dict[str, Any]) -> Post:
    kind = kept["kind"]
    changed: dict[str, Any] = {
        "posted_at": time_of(kept["posted_at"]),
        "kind": None if kind is None else PostKind(kind),
    }
    return Post(**kept | changed)


def _moved(kept: dict[str, Any]) -> MovedPick:
    beside = kept["beside"]
    return MovedPick(
        kept["list_id"],
        _list_pick(kept["pick"]),
        tuple(Vote(**vote) for vote in kept["votes"]),
        _list_pick(beside) if beside else None,
        tuple(Vote(**vote) for vote in kept["beside_votes"]),
    )


def _list_pick(kept: dict[str, Any]) -> ListPick:
    veto = kept["veto"]
    changed: dict[str, Any] = {
        "pick": pick_of(kept["pick"]),
        "added_at": time_of(kept["added_at"]),
        "veto": Veto(**veto) if veto else None,
    }
    return ListPick(**kept | changed)
