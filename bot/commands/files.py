"""`import` and `export`: a server's roster from and to a file."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from bot import import_report
from bot.app import App, build
from bot.commands.edge import Mistake, started
from bot.commands.progress import Report, shown_progress
from bot.settings import LARGEST_SNOWFLAKE, Settings
from cogs.influencer.filters import read_filter
from cogs.influencer.import_card import NOT_USED
from cogs.influencer.roster_sheet import roster_columns, roster_rows
from cogs.kit.language import ENGLISH
from planning.caller import COMMAND_LINE, Caller
from planning.imports.headers import Field
from planning.imports.mapping import ChosenByHeader
from planning.platform import Platform
from planning.services.exports import collect_roster, export_roster
from planning.services.imports import ImportReport, preview_import, run_import
from planning.services.settings import load_settings

Guild = Annotated[
    int, typer.Option("--guild", min=1, max=LARGEST_SNOWFLAKE, help="The Discord server's id, whose roster it is.")
]

_Filters = tuple[str | None, str | None, Platform | None, str | None]
"""A niche, a tier, a platform and a country, where they were given."""


def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV, Excel (.xlsx) or OpenDocument (.ods) file.", show_default=False)],
    guild: Guild,
    platform: Annotated[
        Platform | None, typer.Option(help="The platform of every row, for a file that doesn't say it.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook to read.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="What a column is, as header=field (or header=- where it is not used); may be repeated."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as one line of JSON.")] = False,
) -> None:
    """Import influencers from a spreadsheet into a server's roster."""
    with started() as settings:
        chosen = _read_columns(column) if column else None
        content = read_file(file)
        app = build(settings)
        with shown_progress(f"importing {file.name}") as progress:
            report = asyncio.run(
                _import(app, file.name, content, guild, platform, sheet, chosen, dry_run=dry_run, progress=progress)
            )
        t = app.bot.services.languages.get(ENGLISH)
        lines = [json.dumps(import_report.as_json(t, report))] if as_json else import_report.as_lines(t, report)
        if not as_json:
            lines += import_report.column_lines(t, report, every=dry_run)
            lines += ["nothing was written (--dry-run)"] if dry_run else []
        typer.echo("\n".join(lines))


def export_file(
    file: Annotated[
        Path,
        typer.Argument(help="The file to write, .csv or .xlsx; one that exists is replaced.", show_default=False),
    ],
    guild: Guild,
    niche: Annotated[str | None, typer.Option(help="Only this niche.")] = None,
    tier: Annotated[str | None, typer.Option(help="Only this size, by the server's ladder.")] = None,
    platform: Annotated[Platform | None, typer.Option(help="Only this platform.")] = None,
    country: Annotated[str | None, typer.Option(help="Only this country, by its name or its code.")] = None,
) -> None:
    """Export a server's roster, or a part of it, to a CSV or Excel file that `import` reads back without loss."""
    with started() as settings:
        if file.is_dir():
            raise Mistake(f"{file} is a folder: give the name of a file in it")
        filters = niche, tier, platform, country
        content, accounts = asyncio.run(_export(settings, guild, filters, workbook=is_workbook(file)))
        write_file(file, content)
        typer.echo(f"wrote {file} ({accounts:,} accounts)")


def _read_columns(given: list[str]) -> ChosenByHeader:
    """What was said of the columns. Raises `Mistake`."""
    fields = {field.value: field for field in Field} | {NOT_USED: None}
    chosen: dict[str, Field | None] = {}
    for text in given:
        header, _, name = (part.strip() for part in text.rpartition("="))
        if not header or name not in fields:
            raise Mistake(
                f"--column {text!r} can't be read: write header=field, with one of the fields {', '.join(Field)}, "
                f"or {NOT_USED} where the column is not used"
            )
        chosen[header] = fields[name]
    return ChosenByHeader(chosen)


def is_workbook(file: Path) -> bool:
    """Whether the file's name asks for a workbook, and not for CSV. Raises `Mistake` where it asks for neither."""
    kind = file.suffix.lower()
    if kind not in (".xlsx", ".csv", ""):
        raise Mistake(f"{file.name} can't be written as {kind}: give a name that ends in .csv or .xlsx")
    return kind == ".xlsx"


def write_file(file: Path, content: bytes) -> None:
    """Write the file. Raises `Mistake`."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Mistake(f"{file} can't be written: {error.strerror}") from error


def read_file(file: Path) -> bytes:
    """The file's bytes. Raises `Mistake`."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Mistake(f"{file} does not exist") from None
    except IsADirectoryError:
        raise Mistake(f"{file} is a folder: give the name of a file in it") from None
    except OSError as error:
        raise Mistake(f"{file} can't be read: {error.strerror}") from error


async def _import(
    app: App,
    name: str,
    content: bytes,
    guild: int,
    platform: Platform | None,
    sheet: str | None,
    chosen: ChosenByHeader | None,
    *,
    dry_run: bool,
    progress: Report,
) -> ImportReport:
    services = app.bot.services
    caller = Caller(guild, COMMAND_LINE, planner=True)
    try:
        await app.start_database()
        if dry_run:
            return await preview_import(
                services.database,
                services.reader,
                caller,
                filename=name,
                content=content,
                platform=platform,
                sheet=sheet,
                chosen=chosen,
            )
        return await run_import(
            services.database,
            services.reader,
            caller,
            filename=name,
            content=content,
            platform=platform,
            sheet=sheet,
            chosen=chosen,
            now=services.clock(),
            progress=progress,
        )
    finally:
        await app.close()


async def _export(settings: Settings, guild: int, filters: _Filters, *, workbook: bool) -> tuple[bytes, int]:
    """The file and how many accounts are in it. Raises `InvalidValue`."""
    app = build(settings)
    services = app.bot.services
    try:
        await app.start_database()
        t, ladder = services.languages.get(ENGLISH), (await load_settings(app.database, guild)).ladder
        wanted = read_filter(ladder, *filters)
        roster = await collect_roster(app.database, Caller(guild, COMMAND_LINE, planner=True), wanted)
        if not workbook:
            return await export_roster(services.writer, roster), len(roster.accounts)
        rows = roster_rows(t, roster, ladder, services.clock())
        return services.workbooks.write("Roster", roster_columns(t), rows), len(roster.accounts)
    finally:
        await app.close()
