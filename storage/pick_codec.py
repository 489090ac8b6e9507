"""Picks as they were, as bytes: compressed JSON of the account with all that a card shows of it."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from planning.accounts import Account, Engagement, Reach, Source
from planning.estimates.values import Estimate, ModelVersion, Sample
from planning.flags import FlagReason
from planning.money import Money
from planning.platform import Platform
from planning.shortlists import Pick, ShortlistQuery
from storage.types import to_seconds


def pack_pick(pick: Pick) -> bytes:
    """One pick."""
    return pack(asdict(pick))


def unpack_pick(payload: bytes) -> Pick:
    """The pick again."""
    return pick_of(unpack(payload))


def pack_answer(query: ShortlistQuery, picks: Sequence[Pick]) -> bytes:
    """What was asked, and the picks that were the answer."""
    return pack({"query": asdict(query), "picks": [asdict(pick) for pick in picks]})


def unpack_answer(payload: bytes) -> tuple[ShortlistQuery, list[Pick]]:
    """The question and its picks again."""
    kept = unpack(payload)
    return ShortlistQuery.from_values(kept["query"]), [pick_of(pick) for pick in kept["picks"]]


def pack(values: dict[str, Any]) -> bytes:
    """Values as bytes, times as seconds."""
    return zlib.compress(json.dumps(values, separators=(",", ":"), ensure_ascii=False, default=to_seconds).encode())


def unpack(payload: bytes) -> dict[str, Any]:
    """The values again."""
    return json.loads(zlib.decompress(payload))


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def time_of(seconds: int) -> datetime:
    """A time again."""
    return datetime.fromtimestamp(seconds, UTC)


def pick_of(kept: dict[str, Any]) -> Pick:
    """A pick again."""
    return Pick(account_of(kept["account"]), kept["score"], kept["position"], kept["tag"])


def account_of(kept: dict[str, Any]) -> Account:
    """An account again."""
    price, sample, estimate, reach = (kept[name] for name in ("price", "sample", "estimate", "reach"))
    return Account(
        platform=Platform(kept["platform"]),
        handle=kept["handle"],
        followers=kept["followers"],
        followers_at=time_of(kept["followers_at"]),
        id=kept["id"],
        name=kept["name"],
        country=kept["country"],
        language=kept["language"],
        price=Money(**price) if price else None,
        engagement=Engagement(**kept["engagement"]),
        engagement_at=_time(kept["engagement_at"]),
        source=Source(kept["source"]),
        niches=tuple(kept["niches"]),
        added_at=_time(kept["added_at"]),
        sample=_sample(sample) if sample else None,
        posts_read_at=_time(kept["posts_read_at"]),
        estimate=_estimate(estimate) if estimate else None,
        reach=Reach(*reach) if reach else None,
        flags=tuple(FlagReason(flag) for flag in kept["flags"]),
    )


def _sample(kept: dict[str, Any]) -> Sample:
    first_at, last_at = time_of(kept["first_at"]), time_of(kept["last_at"])
    return Sample(kept["posts"], first_at, last_at, kept["mean"], kept["weight"], kept["spread"])


def _estimate(kept: dict[str, Any]) -> Estimate:
    return Estimate(kept["rate"], kept["low"], kept["high"], ModelVersion(*kept["model"]), kept["usual"])
