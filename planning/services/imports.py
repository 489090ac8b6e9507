"""Importing a file of influencers: first a look at what it would do, then the doing."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from planning.accounts import Account, Draft
from planning.caller import Caller
from planning.errors import UnreadableFile
from planning.files import Table, TableReader
from planning.imports.choosing import understand_columns
from planning.imports.columns import ColumnUse, platform_in
from planning.imports.headers import Field
from planning.imports.layout import choose_best, choose_named, find_table
from planning.imports.mapping import Chosen, headers_key, unpack_chosen
from planning.imports.plain import account_of, key_of
from planning.imports.problems import Problem
from planning.imports.roster_file import RosterFile
from planning.imports.survey import Chunk, Survey
from planning.platform import Platform
from planning.ports import Database
from planning.services.collector import paused_collector
from planning.services.estimates import load_model
from planning.services.import_changes import Key, Tally, count_changes, list_existing, make_changes

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


@dataclass(frozen=True, slots=True)
class _Understood:
    """A file, understood; without a survey where no column names the accounts or none their followers."""

    survey: Survey | None
    sample: tuple[Draft, ...]
    columns: tuple[ColumnUse, ...]
    sheet: str
    sheets: Sequence[str]
    chosen: Chosen
    remembered: bool
    header: Sequence[str]


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
    chosen: Chosen | None = None,
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
        understood = await _understand(database, reader, caller, filename, content, platform, sheet, chosen, ask=ask)
        tally, survey = Tally(), understood.survey
        if survey is not None:
            async with database.reading(caller.guild_id) as store:
                # Nothing is looked for in an empty roster.
                known = await store.accounts.count() > 0
                for chunk in survey.chunks(CHUNK):
                    existing = await list_existing(store, _accounts_of(chunk)) if known else {}
                    await asyncio.to_thread(_count_chunk, survey, chunk, existing, tally)
        return _report(understood, tally)


async def run_import(
    database: Database,
    reader: TableReader,
    caller: Caller,
    *,
    filename: str,
    content: bytes,
    platform: Platform | None,
    sheet: str | None = None,
    chosen: Chosen | None = None,
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
        understood = await _understand(database, reader, caller, filename, content, platform, sheet, chosen)
        tally, now, survey, done = Tally(), now.replace(microsecond=0), understood.survey, 0
        assert survey is not None, "only a preview may ask what the columns are"
        # One after the other: sqlite3 wrote five times slower beside a thread busy understanding the next chunk.
        for chunk in survey.chunks(CHUNK):
            accounts = await asyncio.to_thread(survey.read, chunk)
            async with database.writing(caller.guild_id) as store:
                existing = await list_existing(store, [account.draft.key for account in accounts])
                model = await load_model(store)
                by = caller.user_id, filename
                changes = await asyncio.to_thread(make_changes, accounts, existing, model, tally, now, by)
                if changes:
                    await store.accounts.write(changes)
            done += len(accounts)
            progress(done, survey.total)
        return _report(understood, tally)


async def _understand(
    database: Database,
    reader: TableReader,
    caller: Caller,
    filename: str,
    content: bytes,
    platform: Platform | None,
    sheet: str | None,
    chosen: Chosen | None,
    *,
    ask: bool = False,
) -> _Understood:
    def read() -> Table:
        return find_table(reader.read(filename, content, choose_named(sheet) if sheet else choose_best))

    table = await asyncio.to_thread(read)
    async with database.reading(caller.guild_id) as store:
        currency = (await store.settings.load()).currency
        kept = await store.mappings.find(headers_key(table.header)) if chosen is None else None
    given = unpack_chosen(kept) if chosen is None else chosen
    hinted = platform or platform_in(table.sheet) or platform_in(filename)

    def understand() -> _Understood:
        said = table.sheet, table.sheets, given, bool(kept), table.header
        try:
            file = RosterFile(table, platform=hinted, currency=currency, chosen=given)
        except UnreadableFile as error:
            if not ask or error.reason != "columns" or len(table.header) < FEWEST_COLUMNS:
                raise
            return _Understood(None, (), understand_columns(table.header, table.rows, given, whole=False), *said)
        survey = Survey(file)
        sample = tuple(account.draft for account in survey.sample(SAMPLE))
        return _Understood(survey, sample, file.columns, *said)

    return await asyncio.to_thread(understand)


def _accounts_of(chunk: Chunk) -> list[Key]:
    return [account_of(key) for keys in chunk.values() for key in keys]


def _count_chunk(survey: Survey, chunk: Chunk, existing: Mapping[Key, Account], tally: Tally) -> None:
    """Add up what would become of these accounts. Of those that are new and named once, their number is all."""
    accounts = survey.read(chunk, {key_of(*account) for account in existing})
    tally.new += sum(map(len, chunk.values())) - len(accounts)
    count_changes(accounts, existing, tally)


def _report(understood: _Understood, tally: Tally) -> ImportReport:
    survey = understood.survey
    problems = sorted([*(survey.problems if survey else ()), *tally.problems], key=lambda told: told.row)
    return ImportReport(
        tally.new,
        tally.updated,
        tally.unchanged,
        sum(told.rejects_row for told in problems),
        tuple(problems),
        understood.columns,
        understood.sample,
        survey.rows if survey else 0,
        understood.sheet,
        understood.sheets,
        understood.chosen,
        understood.remembered,
        survey is not None,
        understood.header,
    )
