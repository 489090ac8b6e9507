"""`import` and `export`: a server's roster from and to a file."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from bot.app import App, build
from bot.commands.edge import Mistake, started
from bot.commands.progress import Report, shown_progress
from bot.settings import LARGEST_SNOWFLAKE, Settings
from cogs.kit.language import ENGLISH, Language
from cogs.kit.problems import reason_text
from planning.caller import COMMAND_LINE, Caller
from planning.imports.problems import Problem
from planning.platform import Platform
from planning.services.exports import export_roster
from planning.services.imports import ImportReport, preview_import, run_import

SHOWN_PROBLEMS = 20

Guild = Annotated[
    int, typer.Option("--guild", min=1, max=LARGEST_SNOWFLAKE, help="The Discord server's id, whose roster it is.")
]


def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV file.", show_default=False)],
    guild: Guild,
    platform: Annotated[
        Platform | None, typer.Option(help="The platform of every row, for a file that doesn't say it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as one line of JSON.")] = False,
) -> None:
    """Import influencers from a CSV file into a server's roster."""
    with started() as settings:
        content = _read(file)
        app = build(settings)
        with shown_progress(f"importing {file.name}") as progress:
            report = asyncio.run(_import(app, file.name, content, guild, platform, dry_run=dry_run, progress=progress))
        t = app.bot.services.languages.get(ENGLISH)
        typer.echo(_as_json(t, report) if as_json else _as_text(t, report, dry_run=dry_run))


def export_file(
    file: Annotated[
        Path, typer.Argument(help="The CSV file to write; one that exists is replaced.", show_default=False)
    ],
    guild: Guild,
) -> None:
    """Export a server's roster to a CSV file that `import` reads back without loss."""
    with started() as settings:
        if file.is_dir():
            raise Mistake(f"{file} is a folder: give the name of a file in it")
        content = asyncio.run(_export(settings, guild))
        try:
            file.write_bytes(content)
        except OSError as error:
            raise Mistake(f"{file} can't be written: {error.strerror}") from error
        typer.echo(f"wrote {file} ({len(content):,} bytes)")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Mistake(f"{file} does not exist") from None
    except IsADirectoryError:
        raise Mistake(f"{file} is a folder: give the name of a file in it") from None
    except OSError as error:
        raise Mistake(f"{file} can't be read: {error.strerror}") from error


async def _import(
    app: App, name: str, content: bytes, guild: int, platform: Platform | None, *, dry_run: bool, progress: Report
) -> ImportReport:
    services = app.bot.services
    caller = Caller(guild, COMMAND_LINE, planner=True)
    try:
        await app.start_database()
        if dry_run:
            return await preview_import(
                services.database, services.reader, caller, filename=name, content=content, platform=platform
            )
        return await run_import(
            services.database,
            services.reader,
            caller,
            filename=name,
            content=content,
            platform=platform,
            now=services.clock(),
            progress=progress,
        )
    finally:
        await app.close()


async def _export(settings: Settings, guild: int) -> bytes:
    app = build(settings)
    try:
        await app.start_database()
        return await export_roster(app.database, app.bot.services.writer, Caller(guild, COMMAND_LINE, planner=True))
    finally:
        await app.close()


def _as_json(t: Language, report: ImportReport) -> str:
    problems = [
        {
            "row": problem.row,
            "column": problem.column,
            "value": problem.value,
            "reason": reason_text(t, problem.reason, problem.detail),
        }
        for problem in report.problems
    ]
    counts = {"new": report.new, "updated": report.updated, "unchanged": report.unchanged, "rejected": report.rejected}
    return json.dumps({**counts, "problems": problems})


def _as_text(t: Language, report: ImportReport, *, dry_run: bool) -> str:
    counts = (
        f"{report.new:,} new, {report.updated:,} updated, {report.unchanged:,} unchanged, {report.rejected:,} rejected"
    )
    shown = [_problem(t, problem) for problem in report.problems[:SHOWN_PROBLEMS]]
    more = len(report.problems) - len(shown)
    rest = [f"… and {more:,} more; --json lists them all"] if more else []
    dry = ["nothing was written (--dry-run)"] if dry_run else []
    return "\n".join([counts, *shown, *rest, *dry])


def _problem(t: Language, problem: Problem) -> str:
    cell = f"{problem.column} {problem.value!r}".strip() if problem.value else problem.column
    where = f"row {problem.row}, {cell}" if cell else f"row {problem.row}"
    return f"{where}: {reason_text(t, problem.reason, problem.detail)}"
