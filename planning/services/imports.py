"""Importing a file of influencers: first a look at what it would do, then the doing."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from planning.accounts import Draft
from planning.caller import Caller
from planning.errors import UnreadableFile
from planning.files import Table, TableReader
from planning.imports.choosing import UNNAMED, understand_columns
from planning.imports.columns import ColumnUse, platform_in
from planning.imports.headers import Field
from planning.imports.influencers import links_accounts
from planning.imports.layout import choose_best, choose_named, find_table
from planning.imports.linked_file import LinkedFile
from planning.imports.mapping import Chosen, ChosenByHeader, headers_key, unpack_chosen
from planning.imports.plain import account_of, key_of
from planning.imports.problems import Problem
from planning.imports.rejected import without_report
from planning.imports.repeats import FileAccount
from planning.imports.roster_file import RosterFile
from planning.imports.survey import Chunk, Survey
from planning.platform import Platform
from planning.ports import Database, Store
from planning.services.collector import paused_collector
from planning.services.estimates import load_model
from planning.services.import_changes import Tally, count_changes, list_existing, make_changes
from planning.services.import_links import find_links, numbered, write_links

CHUNK = 10_000
"""Accounts written in one transaction: enough to write fast, few enough that no other writer waits for long."""

SAMPLE = 10
FEWEST_COLUMNS = 2
"""Where there is one column, there is nothing to choose."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. new + updated + unchanged + rejected is `rows`, the file's data rows.

    `problems` are in the order of the file; those with `rejects_row` are the rejected rows, the others cells that were
    left out of rows that were kept. `sample` is the file's first accounts as they were understood. `sheet` is the
    one of a workbook's `sheets` that was read. `chosen` is what a person said of its columns, now or (`remembered`) for
    a file with the same headers. `whole` is false where no column names the accounts or none their followers.
    `influencers` are those with several accounts in the file.
    """

    new: int
    updated: int
    unchanged: int
    rejected: int
    problems: tuple[Problem, ...]
    columns: tuple[ColumnUse, ...]
    sample: tuple[Draft, ...]
    rows: int
    sheet: str = ""
    sheets: Sequence[str] = ()
    chosen: Chosen = field(default_factory=dict[int, Field | None])
    remembered: bool = False
    whole: bool = True
    header: Sequence[str] = ()
    influencers: int = 0

    @property
    def kept(self) -> int:
        """How many rows are not rejected."""
        return self.new + self.updated + self.unchanged


@dataclass(frozen=True, slots=True)
class Understood:
    """A file, understood; without `accounts` where no column names them or none their followers."""

    accounts: Survey | LinkedFile | None
    sample: tuple[Draft, ...]
    columns: tuple[ColumnUse, ...]
    sheet: str
    sheets: Sequence[str]
    currency: str | None
    chosen: Chosen
    remembered: bool
    header: Sequence[str]

    @property
    def known(self) -> Survey | LinkedFile:
        """The accounts of a file that was read to be written: only a preview asks what the columns are."""
        assert self.accounts is not None
        return self.accounts


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
    sheet: str | None = None,
    chosen: Chosen | ChosenByHeader | None = None,
    ask: bool = False,
) -> ImportReport:
    """What importing this file would do; writes nothing. `platform` fills in where the file does not say it.

    `sheet` names the sheet of a workbook that is read; without it that one is in which the most columns are known.
    `chosen` says what columns are; without it, what was said of a file with the same headers. `ask`: a table whose
    accounts or followers no column names is no error, but a report that is not `whole`.
    Raises `NotAPlanner`, `UnreadableFile`.
    """
    caller.must_plan()
    with paused_collector():
        understood = await understand_file(
            database, reader, caller, filename, content, platform, sheet, chosen, ask=ask
        )
        tally, accounts = Tally(), understood.accounts
        if accounts is not None:
            async with database.reading(caller.guild_id) as store:
                # Nothing is looked for in an empty roster.
                filled = await store.accounts.count() > 0
                for chunk in accounts.chunks(CHUNK):
                    await _count_chunk(store, accounts, chunk, tally, filled=filled)
        return report_of(understood, tally)


async def _count_chunk(
    store: Store, accounts: Survey | LinkedFile, chunk: Chunk, tally: Tally, *, filled: bool
) -> None:
    """Add what importing these accounts of a file would do. `filled`: the roster has any."""
    keys = [account_of(key) for part in chunk.values() for key in part]
    existing = await list_existing(store, keys) if filled else {}
    wanted = {key_of(*key) for key in existing}
    read = await asyncio.to_thread(accounts.read, chunk, wanted)
    # Of those that are new and named once, their number is all.
    tally.new += len(keys) - len(read)
    links = await find_links(store, read, existing, tally)
    await asyncio.to_thread(count_changes, read, existing, tally, links.joining)


async def run_import(
    database: Database,
    reader: TableReader,
    caller: Caller,
    *,
    filename: str,
    content: bytes,
    platform: Platform | None,
    sheet: str | None = None,
    chosen: Chosen | ChosenByHeader | None = None,
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
        understood = await understand_file(database, reader, caller, filename, content, platform, sheet, chosen)
        tally, now, accounts, done = Tally(), now.replace(microsecond=0), understood.known, 0
        # One after the other: sqlite3 wrote five times slower beside a thread busy understanding the next chunk.
        for chunk in accounts.chunks(CHUNK):
            read = await asyncio.to_thread(accounts.read, chunk)
            async with database.writing(caller.guild_id) as store:
                await write_chunk(store, read, tally, now=now, by=(caller.user_id, filename))
            done += len(read)
            del read  # what still lives when the collector wakes up, it walks through
            progress(done, accounts.total)
        return report_of(understood, tally)


async def write_chunk(
    store: Store, chunk: Sequence[FileAccount], tally: Tally, *, now: datetime, by: tuple[int, str]
) -> None:
    """Write these accounts of a file, in the store's transaction; `by` is who imports which file."""
    existing = await list_existing(store, [account.draft.key for account in chunk])
    model = await load_model(store)
    links = await find_links(store, chunk, existing, tally)
    changes = await asyncio.to_thread(make_changes, chunk, existing, model, tally, now, by, links.joining)
    ids = await store.accounts.write(changes) if changes else []
    if links.groups:
        await write_links(store, links, numbered(existing, changes, ids), now, by)


def read_table(reader: TableReader, filename: str, content: bytes, sheet: str | None) -> Table:
    """The table in a file, also one that an import handed back for mending. Raises `UnreadableFile`."""
    return without_report(find_table(reader.read(filename, content, choose_named(sheet) if sheet else choose_best)))


def platform_of(platform: Platform | None, table: Table, filename: str) -> Platform | None:
    """The platform of rows that say none: the one that was given, or that the sheet's or the file's name says."""
    return platform or platform_in(table.sheet) or platform_in(filename)


async def understand_file(
    database: Database,
    reader: TableReader,
    caller: Caller,
    filename: str,
    content: bytes,
    platform: Platform | None,
    sheet: str | None,
    chosen: Chosen | ChosenByHeader | None,
    *,
    ask: bool = False,
) -> Understood:
    """The whole file. Raises `UnreadableFile`."""
    table = await asyncio.to_thread(read_table, reader, filename, content, sheet)
    async with database.reading(caller.guild_id) as store:
        currency = (await store.settings.load()).currency
        by_place = chosen is not None and not isinstance(chosen, ChosenByHeader)
        kept = None if by_place else await store.mappings.find(headers_key(table.header))
    given = _given(chosen, kept, table.header)
    hinted = platform_of(platform, table, filename)

    def understand() -> Understood:
        said = table.sheet, table.sheets, currency, given, bool(kept), table.header
        try:
            file = RosterFile(table, platform=hinted, currency=currency, chosen=given)
        except UnreadableFile as error:
            if not ask or error.reason not in UNNAMED or len(table.header) < FEWEST_COLUMNS:
                raise
            return Understood(None, (), understand_columns(table.header, table.rows, given, whole=False), *said)
        accounts = LinkedFile(file) if links_accounts(file.columns) else Survey(file)
        sample = tuple(account.draft for account in accounts.sample(SAMPLE))
        return Understood(accounts, sample, file.columns, *said)

    return await asyncio.to_thread(understand)


def _given(chosen: Chosen | ChosenByHeader | None, kept: str | None, header: Sequence[str]) -> Chosen:
    """What is said of the columns: by their headers it stands above what was said of such a file before."""
    if isinstance(chosen, ChosenByHeader):
        return {**unpack_chosen(kept), **chosen.places(header)}
    return unpack_chosen(kept) if chosen is None else chosen


def report_of(understood: Understood, tally: Tally) -> ImportReport:
    """What became of the file's rows."""
    accounts = understood.accounts
    problems = sorted([*(accounts.problems if accounts else ()), *tally.problems], key=lambda told: told.row)
    return ImportReport(
        tally.new,
        tally.updated,
        tally.unchanged,
        sum(told.rejects_row for told in problems),
        tuple(problems),
        understood.columns,
        understood.sample,
        accounts.rows if accounts else 0,
        understood.sheet,
        understood.sheets,
        understood.chosen,
        understood.remembered,
        accounts is not None,
        understood.header,
        accounts.influencers if accounts else 0,
    )
