"""Importing a file of influencers: first a look at what it would do, then the doing."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from planning.accounts import Account, Draft, Source, apply, create
from planning.audit import Action, AuditEntry, Origin, differences
from planning.caller import Caller
from planning.estimates.model import SHIPPED, Model
from planning.files import TableReader
from planning.imports.columns import ColumnUse
from planning.imports.problems import Problem, problem
from planning.imports.repeats import FileAccount, merge_repeats
from planning.imports.rows import read_rows
from planning.niches import MAX_NICHES, SEPARATOR
from planning.platform import Platform
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import AccountChange
from planning.services.accounts import readings
from planning.services.collector import paused_collector
from planning.services.estimates import estimated, load_model
from planning.services.known import find_former

CHUNK = 10_000
"""Accounts written in one transaction: enough to write fast, few enough that no other writer waits for long."""

SAMPLE = 5

# A preview's changes are counted and thrown away; their time need only be later than any number's.
_LATER = datetime.max.replace(tzinfo=UTC)

Key = tuple[Platform, str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. new + updated + unchanged + rejected is `rows`, the file's data rows.

    `problems` are in the order of the file; those with `rejects_row` are the rejected rows, the others cells that were
    left out of rows that were kept. `sample` is the file's first accounts as they were understood.
    """

    new: int
    updated: int
    unchanged: int
    rejected: int
    problems: tuple[Problem, ...]
    columns: tuple[ColumnUse, ...]
    sample: tuple[Draft, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class _Understood:
    """A file, read: its accounts each once, and what was not taken."""

    accounts: list[FileAccount]
    sample: tuple[Draft, ...]
    problems: list[Problem]
    columns: tuple[ColumnUse, ...]
    rows: int


@dataclass(slots=True)
class _Tally:
    """What became of rows, added up over the chunks."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])


def _ignore(_done: int, _total: int) -> None:
    """Progress that nobody asked for."""


async def preview_import(
    database: Database,
    reader: TableReader,
    caller: Caller,
    *,
    filename: str,
    content: bytes,
    platform: Platform | None,
) -> ImportReport:
    """What importing this file would do; writes nothing. `platform` fills in where the file does not say it.

    Raises `NotAPlanner`, `UnreadableFile`.
    """
    caller.must_plan()
    with paused_collector():
        understood = await _understand(database, reader, caller, filename, content, platform)
        tally = _Tally()
        async with database.reading(caller.guild_id) as store:
            for chunk in _chunks(understood.accounts):
                existing = await _list_existing(store, chunk)
                await asyncio.to_thread(_compare, chunk, existing, SHIPPED, tally, _LATER, (caller.user_id, filename))
        return _report(understood, tally)


async def run_import(
    database: Database,
    reader: TableReader,
    caller: Caller,
    *,
    filename: str,
    content: bytes,
    platform: Platform | None,
    now: datetime,
    progress: Callable[[int, int], None] = _ignore,
) -> ImportReport:
    """Import this file: new accounts are added; of known ones the file's values replace theirs, and niches are added.

    What is unchanged is not written. The whole file is understood before the first row is written; then each chunk of
    `CHUNK` accounts is one transaction. `progress` is told how many of how many accounts are done. Importing the same
    file once more finishes an import that was cut off. Raises `NotAPlanner`, `UnreadableFile`, `DatabaseUnavailable`.
    """
    caller.must_plan()
    with paused_collector():
        understood = await _understand(database, reader, caller, filename, content, platform)
        tally, now, total = _Tally(), now.replace(microsecond=0), len(understood.accounts)
        # One after the other: sqlite3 wrote five times slower beside a thread busy understanding the next chunk.
        for chunk in _chunks(understood.accounts):
            async with database.writing(caller.guild_id) as store:
                existing = await _list_existing(store, chunk)
                model = await load_model(store)
                by = caller.user_id, filename
                changes = await asyncio.to_thread(_compare, chunk, existing, model, tally, now, by)
                if changes:
                    await store.accounts.write(changes)
            progress(total - len(understood.accounts), total)
        return _report(understood, tally)


async def _understand(
    database: Database, reader: TableReader, caller: Caller, filename: str, content: bytes, platform: Platform | None
) -> _Understood:
    async with database.reading(caller.guild_id) as store:
        currency = (await store.settings.load()).currency

    def read() -> _Understood:
        found = read_rows(reader.read(filename, content), platform=platform, currency=currency)
        accounts, contradictions = merge_repeats(found)
        sample = tuple(account.draft for account in accounts[:SAMPLE])
        return _Understood(accounts, sample, found.problems + contradictions, found.columns, found.rows)

    return await asyncio.to_thread(read)


def _chunks(accounts: list[FileAccount]) -> Iterator[list[FileAccount]]:
    """Take the accounts away, chunk by chunk: freed all at once at the end, they would hold the event loop."""
    while accounts:
        chunk = accounts[:CHUNK]
        del accounts[:CHUNK]
        yield chunk


async def _list_existing(store: Store, chunk: Sequence[FileAccount]) -> dict[Key, Account]:
    """The accounts that these are of, also by a handle that they had before."""
    keys = [account.draft.key for account in chunk]
    existing = await store.accounts.list_by_keys(keys)
    return existing | await find_former(store, [key for key in keys if key not in existing])


def _compare(
    chunk: Sequence[FileAccount],
    existing: Mapping[Key, Account],
    model: Model,
    tally: _Tally,
    now: datetime,
    by: tuple[int, str],
) -> list[AccountChange]:
    """The changes that these accounts of the file bring to those that exist; counts their rows in the tally.

    `by` is who imports which file.
    """
    changed: list[tuple[Account | None, Account, int]] = []
    renamed: set[int] = set()
    for account in chunk:
        before = existing.get(account.draft.key)
        after = _changed(account, before, tally, now)
        if before and after is not before and account.draft.key != before.key:
            if before.key in existing or before.id in renamed:
                # One account under two handles in one file: which of the rows is right, only a person can say.
                handle = account.draft.handle
                tally.problems.append(problem(account.row, "handle", handle, Reason.FORMER_HANDLE))
                tally.unchanged += account.added + account.same
                continue
            renamed.add(before.id)
        if after is before:
            tally.unchanged += 1 + account.added + account.same
            continue
        if before is None:
            tally.new += 1
        else:
            tally.updated += 1
        tally.updated += account.added
        tally.unchanged += account.same
        changed.append((before, after, account.row))
    afters = estimated([after for _, after, _ in changed], model)
    return [_change(before, after, now, by, row) for (before, _, row), after in zip(changed, afters, strict=True)]


def _change(before: Account | None, after: Account, now: datetime, by: tuple[int, str], row: int) -> AccountChange:
    was, values = differences(before, after)
    actor_id, file = by
    audit = AuditEntry(now, actor_id, Action.IMPORTED, was, values, origin=Origin(file, row))
    return AccountChange(before, after, readings(before, after), audit)


def _changed(account: FileAccount, before: Account | None, tally: _Tally, now: datetime) -> Account:
    if before is None:
        return create(account.draft, now=now, source=Source.FILE)
    after = apply(account.draft, before, now=now, source=Source.FILE, add_niches=True)
    if len(after.niches) > max(MAX_NICHES, len(before.niches)):
        niches = SEPARATOR.join(account.draft.niches or ())
        tally.problems.append(problem(account.row, "niches", niches, Reason.TOO_MANY_NICHES, rejects_row=False))
        return apply(replace(account.draft, niches=None), before, now=now, source=Source.FILE)
    return after


def _report(understood: _Understood, tally: _Tally) -> ImportReport:
    problems = sorted(understood.problems + tally.problems, key=lambda told: told.row)
    return ImportReport(
        tally.new,
        tally.updated,
        tally.unchanged,
        sum(told.rejects_row for told in problems),
        tuple(problems),
        understood.columns,
        understood.sample,
        understood.rows,
    )
