"""Reading a whole file of posts."""

from collections.abc import Collection
from datetime import datetime

from planning.errors import UnreadableFile
from planning.files import Table
from planning.handles import parse_handle
from planning.platform import Platform
from planning.post_files.columns import find_header, whole_column
from planning.post_files.doubts import note_doubts
from planning.post_files.found import ReadPosts
from planning.post_files.headers import PostField
from planning.post_files.moments import AmbiguousDates, MomentReader, find_zone, understand_dates
from planning.post_files.repeats import merge_repeats
from planning.post_files.rows import RowReader

_PART = 5_000
"""Rows read at once: no single call of C is long enough to hold other threads up."""


def read_posts(
    table: Table,
    *,
    handle: str | None,
    platform: Platform | None,
    former: Collection[str] = (),
    now: datetime,
    day_first: bool | None = None,
    timezone: str = "UTC",
) -> ReadPosts:
    """The posts in a creator's export, or in any table that names a date and a figure a row.

    `handle` is whose posts are wanted, `former` are handles that the account had before: rows that the file says are
    another's are rejected; `handle` None takes all, and `ReadPosts.owners` says whose. `now` is aware. `day_first`
    answers the question that ambiguous dates left before. `timezone` is the IANA zone of times that are written without
    one.

    A row without a date or a figure, of another account, from the future or that contradicts one above is rejected
    with one problem; any other cell that can't be read is left out, with a problem, and the row is kept. Raises
    `UnreadableFile`: post_columns, no_posts; `InvalidValue` for a handle or a time zone that is none.
    """
    zone = find_zone(timezone)
    wanted = None if handle is None else {parse_handle(handle, platform)[1], *former}
    table, columns = find_header(table, platform)
    found = ReadPosts(columns)
    dates = next(column for column in columns if column.field is PostField.POSTED_AT)
    form = understand_dates(whole_column(table, dates), now, day_first)
    if isinstance(form, AmbiguousDates):
        found.question = form
        return found
    reader = RowReader(table, found, MomentReader(form, zone, now), wanted, platform)
    for start in range(0, len(table.rows), _PART):
        reader.read_part(start, start + _PART)
    if not found.rows:
        raise UnreadableFile("no_posts")
    merge_repeats(found)
    note_doubts(found)
    found.problems.sort(key=lambda told: told.row)
    return found
