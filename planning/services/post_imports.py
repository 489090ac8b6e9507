"""Files of an account's posts: shown first, written after Confirm; the estimate follows in the same transaction."""

import asyncio
import json
import secrets
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planning.accounts import Account, Source
from planning.authenticity import flags_of_posts
from planning.caller import Caller
from planning.errors import Expired
from planning.estimates.model import Model
from planning.estimates.sample import sample_posts, visible
from planning.files import TableReader
from planning.measured import average_reach, averages
from planning.merges import part_of
from planning.ports import Database, Store
from planning.post_files.found import ReadPosts
from planning.post_files.merging import MergedPosts, merge_posts
from planning.post_files.reading import read_posts
from planning.posts import Post
from planning.records import Pending
from planning.services.accounts import Unknown, find_account
from planning.services.estimates import estimated, load_model
from planning.services.pending import claim
from planning.services.post_writes import keep_posts, posts_change
from planning.services.proposed_imports import KEPT, check_size

POSTS = "posts"
FEW = 100
"""So many posts are understood within about 1 ms; the way to a thread and back is for more."""


@dataclass(frozen=True, slots=True)
class PostsReport:
    """What a file of posts brings, or would bring, to an account as it was `before` and is `after`.

    new + changed + unchanged + `found.repeated` + the rejected rows is `found.rows`. Where the file's dates can be read
    in two ways, `found.question` asks, and nothing else is known.
    """

    before: Account
    after: Account
    found: ReadPosts
    new: int
    changed: int
    unchanged: int

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return sum(problem.rejects_row for problem in self.found.problems)


@dataclass(frozen=True, slots=True)
class PostsProposal:
    """A file that was read; `token` confirms it or answers its question, None where it would change nothing."""

    report: PostsReport
    filename: str
    token: str | None


@dataclass(frozen=True, slots=True)
class _File:
    filename: str
    content: bytes
    account_id: int
    day_first: bool | None = None

    def pack(self) -> bytes:
        about = {"filename": self.filename, "account": self.account_id, "day_first": self.day_first}
        return json.dumps(about).encode() + b"\n" + zlib.compress(self.content)

    @classmethod
    def unpack(cls, payload: bytes) -> "_File":
        about, _, packed = payload.partition(b"\n")
        values = json.loads(about)
        return cls(values["filename"], zlib.decompress(packed), values["account"], values["day_first"])


async def propose_posts(
    database: Database,
    reader: TableReader,
    caller: Caller,
    reference: str,
    *,
    filename: str,
    content: bytes,
    now: datetime,
) -> PostsProposal | Unknown:
    """Read a file of the account that `reference` names; keep it for its Confirm. Raises `UnreadableFile`."""
    caller.must_plan()
    check_size(len(content))
    async with database.reading(caller.guild_id) as store:
        account = await find_account(store, reference)
    if isinstance(account, Unknown):
        return account
    return await _propose(database, reader, caller, _File(filename, content, account.id), now)


async def answer_dates(
    database: Database, reader: TableReader, caller: Caller, token: str, *, day_first: bool, now: datetime
) -> PostsProposal:
    """Read the file again whose dates can be read in two ways, now in this one. Raises `Expired`, `NotYours`."""
    caller.must_plan()
    file = await _take(database, caller, token)
    return await _propose(database, reader, caller, replace(file, day_first=day_first), now)


async def confirm_posts(
    database: Database, reader: TableReader, caller: Caller, token: str, *, now: datetime
) -> PostsReport:
    """Write the file that was shown. Raises `Expired`, `NotYours`."""
    caller.must_plan()
    file = await _take(database, caller, token)
    async with database.reading(caller.guild_id) as store:
        account = await _account(store, file.account_id)
        timezone = (await store.settings.load()).timezone
    found = await _read(database, reader, caller, account, file, timezone, now)
    return await _write(database, caller, account.id, file.filename, found, now)


async def import_posts(
    database: Database,
    reader: TableReader,
    caller: Caller,
    reference: str,
    *,
    filename: str,
    content: bytes,
    day_first: bool | None = None,
    now: datetime,
) -> PostsReport | Unknown:
    """Write a file of posts without showing it first; nothing is written where its dates leave a question.

    Raises `UnreadableFile`, `AmbiguousHandle`.
    """
    caller.must_plan()
    async with database.reading(caller.guild_id) as store:
        account = await find_account(store, reference)
        if isinstance(account, Unknown):
            return account
        timezone = (await store.settings.load()).timezone
    file = _File(filename, content, account.id, day_first)
    found = await _read(database, reader, caller, account, file, timezone, now)
    return await _write(database, caller, account.id, filename, found, now)


async def find_owners(reader: TableReader, *, filename: str, content: bytes, now: datetime) -> list[str]:
    """The accounts whose posts the file says it holds, by handle; none where it names none.

    Nor where it names several and leaves a post to none of them. Raises `UnreadableFile`.
    """

    def read() -> list[str]:
        # Whose posts they are doesn't hang on how their dates are read.
        table = reader.read(filename, content)
        found = read_posts(table, handle=None, platform=None, now=now, day_first=True)
        return [] if len(found.accounts) > 1 and None in found.owners else sorted(found.accounts)

    return await asyncio.to_thread(read)


async def list_posts(
    database: Database, caller: Caller, account_id: int, *, offset: int, limit: int
) -> tuple[Account, list[Post], int]:
    """A page of an account's posts, newest first, and how many there are. Raises `Expired` where it was removed."""
    async with database.reading(caller.guild_id) as store:
        account = await _account(store, account_id)
        posts = await store.posts.list_newest(account_id, limit=limit, offset=offset)
        return account, posts, await store.posts.count(account_id)


async def _take(database: Database, caller: Caller, token: str) -> _File:
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
    return _File.unpack(pending.payload)


async def _propose(
    database: Database, reader: TableReader, caller: Caller, file: _File, now: datetime
) -> PostsProposal:
    async with database.reading(caller.guild_id) as store:
        account = await _account(store, file.account_id)
        timezone = (await store.settings.load()).timezone
        known = await store.posts.list_numbered(account.id)
        model = await load_model(store)
    found = await _read(database, reader, caller, account, file, timezone, now)
    report, _ = await _understood(account, found, known, model, now)
    token = None
    if found.question is not None or report.new + report.changed:
        token = secrets.token_urlsafe(9)
        async with database.writing(caller.guild_id) as store:
            await store.pending.purge(before=now - KEPT)
            await store.pending.put(Pending(token, POSTS, caller.user_id, now, file.pack()))
    return PostsProposal(report, file.filename, token)


async def _write(
    database: Database, caller: Caller, account_id: int, filename: str, found: ReadPosts, now: datetime
) -> PostsReport:
    async with database.writing(caller.guild_id) as store:
        account = await _account(store, account_id)
        known = await store.posts.list_numbered(account.id)
        model = await load_model(store)
        report, merged = await _understood(account, found, known, model, now)
        if report.new + report.changed:
            await keep_posts(store, account.id, known, merged)
            counts = {"new_posts": report.new, "changed_posts": report.changed}
            change = posts_change(report.before, report.after, counts, caller, filename, now)
            await store.accounts.write([change])
    return report


async def _account(store: Store, account_id: int) -> Account:
    account = await store.accounts.get(account_id)
    if account is None:
        raise Expired
    return account


async def _read(
    database: Database,
    reader: TableReader,
    caller: Caller,
    account: Account,
    file: _File,
    timezone: str,
    now: datetime,
) -> ReadPosts:
    """The file's posts of the account, by its handle or, where the file names others, by one that it had before."""

    def read(former: Collection[str] = ()) -> ReadPosts:
        return read_posts(
            reader.read(file.filename, file.content),
            handle=account.handle,
            platform=account.platform,
            now=now,
            day_first=file.day_first,
            former=former,
            timezone=timezone,
        )

    found = await asyncio.to_thread(read)
    if found.accounts.keys() <= {account.handle}:
        return found
    async with database.reading(caller.guild_id) as store:
        former = [head.handle for head in part_of(await store.merges.list_heads(), account.id)]
    return await asyncio.to_thread(read, former) if former else found


async def _understood(
    account: Account, found: ReadPosts, known: Sequence[tuple[int, Post]], model: Model, now: datetime
) -> tuple[PostsReport, MergedPosts]:
    """As `_understand`, off the event loop where there are many posts."""
    if len(known) + len(found.posts) <= FEW:
        return _understand(account, found, known, model, now)
    return await asyncio.to_thread(_understand, account, found, known, model, now)


def _understand(
    account: Account, found: ReadPosts, known: Sequence[tuple[int, Post]], model: Model, now: datetime
) -> tuple[PostsReport, MergedPosts]:
    """What the file brings: the account with its posts as they then are."""
    merged = merge_posts([post for _, post in known], found.posts)
    posts = [post for _, post in known]
    for change in merged.changed:
        posts[change.place] = change.now
    posts += merged.new
    after = account
    if merged.new or merged.changed:
        [after] = estimated([with_posts(account, posts, now)], model)
        after = replace(after, flags=flags_of_posts(after, posts))
    counts = len(merged.new), len(merged.changed), merged.unchanged
    return PostsReport(account, after, found, *counts), merged


def with_posts(account: Account, posts: Sequence[Post], now: datetime) -> Account:
    """The account with the sum of these posts, which were read now.

    Their averages take the place of averages over as many posts or fewer; those over more were typed, and stay.
    """
    now = now.replace(microsecond=0)
    numbers = averages(visible(posts))
    typed = account.engagement.posts if account.has_own_averages else None
    if numbers.known and (numbers.posts or 0) >= (typed or 0):
        account = replace(account, engagement=numbers, engagement_at=now, source=Source.POSTS)
    return replace(account, sample=sample_posts(posts), posts_read_at=now, reach=average_reach(posts))
