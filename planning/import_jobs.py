"""Imports that run on in the background: what is kept of one from its Confirm to its end."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from planning.imports.problems import Problem
from planning.reasons import Reason


@dataclass(frozen=True, slots=True)
class ImportJob:
    """An import that `author_id` confirmed at `created_at`, by its `token`; it is gone from the database once it ended.

    `channel_id` is where its progress is shown, in the message `message_id` once there is one; None: the author alone
    is told of its end. `total` is how many accounts the file has, None before it was read, and `digest` stands for
    these accounts in their order; `done` of them are written. `new`, `updated` and `unchanged` count their rows, and
    `problems` is what went wrong with them while they were written.

    `wake_at` is when it is to be worked on; while a process is at it (`claim`), when that claim ends. `attempts` counts
    failures in a row.
    """

    token: str
    filename: str
    author_id: int
    channel_id: int | None
    created_at: datetime
    wake_at: datetime
    message_id: int | None = None
    total: int | None = None
    digest: str = ""
    done: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    cancelled: bool = False
    claim: str | None = None
    attempts: int = 0


def digest_of(keys: Iterable[Iterable[str]], how: str) -> str:
    """What stands for the accounts of a file, by their keys in their order, and for how the file is read.

    It changes where the same bytes are understood in another way: the server's currency is another, or the program.
    """
    found = hashlib.sha256(how.encode())
    for part in keys:
        found.update("\n".join(part).encode())
    return found.hexdigest()


def pack_problems(problems: Iterable[Problem]) -> str:
    """The problems as JSON."""
    return json.dumps([(p.row, p.column, p.value, p.reason, p.detail, p.rejects_row) for p in problems])


def unpack_problems(text: str) -> tuple[Problem, ...]:
    """The problems again."""
    return tuple(
        Problem(row, column, value, Reason(reason), detail, rejects_row)
        for row, column, value, reason, detail, rejects_row in json.loads(text)
    )
