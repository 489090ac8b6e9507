"""Files of posts for the tests, as their senders' programs write them."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from planning.files import Table
from planning.platform import Platform
from planning.post_files.found import ReadPosts
from planning.post_files.reading import read_posts
from planning.reasons import Reason

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def table(text: str, delimiter: str = ",") -> Table:
    rows = list(csv.reader(io.StringIO(text.strip("\n")), delimiter=delimiter))
    return Table(rows[0], rows[1:], range(2, 1 + len(rows)), "utf-8", delimiter)


def read(
    text: str,
    *,
    delimiter: str = ",",
    handle: str | None = None,
    platform: Platform | None = None,
    day_first: bool | None = None,
    timezone: str = "UTC",
) -> ReadPosts:
    return read_posts(
        table(text, delimiter), handle=handle, platform=platform, now=NOW, day_first=day_first, timezone=timezone
    )


def told(found: ReadPosts) -> list[tuple[int, str, str, Reason, bool]]:
    return [(p.row, p.column, p.value, p.reason, p.rejects_row) for p in found.problems]


def rows(header: str, lines: Sequence[str]) -> str:
    return "\n".join([header, *lines])
