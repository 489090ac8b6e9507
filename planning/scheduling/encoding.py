"""Schedules as JSON text: parts of them are kept so, and the whole of one that waits for its Confirm."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from planning.cadence.rules import Cadence
from planning.scheduling.schedules import (
    AlertTask,
    Attempt,
    HaltReason,
    Notice,
    NoticeKind,
    Run,
    Schedule,
    Seen,
    ShortlistTask,
    Task,
    Unchanged,
)
from planning.shortlists import ShortlistQuery


def pack_draft(schedule: Schedule) -> bytes:
    """A schedule that was not made yet: what a person chose."""
    values = {
        "name": schedule.name,
        "task": pack_task(schedule.task),
        "cadence": schedule.cadence.to_text(),
        "zone": schedule.zone,
        "channel_id": schedule.channel_id,
        "created_by": schedule.created_by,
        "created_at": schedule.created_at,
        "mention_role_id": schedule.mention_role_id,
        "unchanged": schedule.unchanged,
        "grace": int(schedule.grace.total_seconds()),
    }
    return _pack(values).encode()


def unpack_draft(payload: bytes) -> Schedule:
    """The same again."""
    kept: dict[str, Any] = json.loads(payload)
    read: dict[str, Any] = {
        "task": unpack_task(kept["task"]),
        "cadence": Cadence.from_text(kept["cadence"]),
        "created_at": _time(kept["created_at"]),
        "unchanged": Unchanged(kept["unchanged"]),
        "grace": timedelta(seconds=kept["grace"]),
    }
    return Schedule(**{**kept, **read})


def pack_task(task: Task) -> str:
    """A task, with which of the two it is."""
    return _pack({"kind": "shortlist" if isinstance(task, ShortlistTask) else "alert", **asdict(task)})


def unpack_task(text: str) -> Task:
    """The task again."""
    kept: dict[str, Any] = json.loads(text)
    if kept.pop("kind") == "shortlist":
        return ShortlistTask(ShortlistQuery.from_values(kept["query"]), kept["tier"])
    return AlertTask(**kept)


def pack_attempt(attempt: Attempt | None) -> str | None:
    """An attempt, null where there is none."""
    return _pack(asdict(attempt)) if attempt else None


def unpack_attempt(text: str | None) -> Attempt | None:
    """The attempt again."""
    if text is None:
        return None
    kept = json.loads(text)
    run = Run(_time(kept["run"]["at"]), kept["run"]["manual"])
    return Attempt(run, _time(kept["tried_at"]), _seen(kept["seen"]), kept["channel_id"])


def pack_seen(seen: Seen) -> str:
    """What the last post showed."""
    return _pack(asdict(seen))


def unpack_seen(text: str | None) -> Seen:
    """The same again; nothing where none is kept."""
    return Seen() if text is None else _seen(json.loads(text))


def pack_notice(notice: Notice | None) -> str | None:
    """What is to be told, null where nothing is."""
    return _pack(asdict(notice)) if notice else None


def unpack_notice(text: str | None) -> Notice | None:
    """The same again."""
    if text is None:
        return None
    kept = json.loads(text)
    halt = None if kept["halt"] is None else HaltReason(kept["halt"])
    return Notice(NoticeKind(kept["kind"]), _time(kept["at"]), halt, kept["detail"], kept["tries"], kept["told"])


def _pack(values: dict[str, Any]) -> str:
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False, default=_seconds)


def _seconds(value: datetime) -> int:
    return int(value.timestamp())


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seen(kept: dict[str, Any]) -> Seen:
    at = None if kept["at"] is None else _time(kept["at"])
    return Seen(at, kept["result_id"], kept["trail"])
