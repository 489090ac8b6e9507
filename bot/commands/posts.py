"""`import-posts`: an account's posts from a file."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import import_report
from bot.app import App, build
from bot.commands.edge import Mistake, started
from bot.commands.files import Guild, read_file
from cogs.influencer.posts_card import notices_of
from cogs.kit.language import ENGLISH, Language
from planning.caller import COMMAND_LINE, Caller
from planning.reasons import Reason
from planning.services.accounts import Unknown, look_up
from planning.services.post_imports import PostsReport, find_owners
from planning.services.post_imports import import_posts as import_one

MOST_NAMED = 10
"""Accounts that an error names."""


class Dates(StrEnum):
    """How to read dates such as 03/09/2026."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def import_posts(
    file: Annotated[Path, typer.Argument(help="A CSV export of a creator's posts.", show_default=False)],
    guild: Guild,
    handle: Annotated[
        str | None, typer.Option(help="Whose posts they are; not needed where the file names the accounts.")
    ] = None,
    dates: Annotated[
        Dates | None, typer.Option(help="How to read its dates, where they can be read in two ways.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as one line of JSON.")] = False,
) -> None:
    """Import an account's posts, with their own numbers, from a creator's export or a plain table."""
    with started() as settings:
        content = read_file(file)
        app = build(settings)
        reports = asyncio.run(_import(app, file, content, guild, handle, dates))
        t = app.bot.services.languages.get(ENGLISH)
        if as_json:
            typer.echo(json.dumps([_as_json(t, report) for report in reports]))
        else:
            typer.echo("\n".join([line for report in reports for line in _as_lines(t, report)] + _sum(reports)))


async def _import(
    app: App, file: Path, content: bytes, guild: int, handle: str | None, dates: Dates | None
) -> list[PostsReport]:
    services = app.bot.services
    caller = Caller(guild, COMMAND_LINE, planner=True)
    try:
        await app.start_database()
        handles = [handle] if handle else await _owners(app, file, content)
        # All of them before anything is written: a file is taken whole or not at all.
        if unknown := [name for name in handles if isinstance(await look_up(services.database, caller, name), Unknown)]:
            raise _unknown(unknown, guild)
        reports: list[PostsReport] = []
        for name in handles:
            report = await import_one(
                services.database,
                services.reader,
                caller,
                name,
                filename=file.name,
                content=content,
                day_first=None if dates is None else dates is Dates.DAY_FIRST,
                now=services.clock(),
            )
            if isinstance(report, Unknown):
                raise _unknown([name], guild)
            if report.found.question is not None:
                raise Mistake(
                    f"{report.found.question.example!r} in {file} can be read in two ways: say --dates day-first or "
                    "--dates month-first"
                )
            reports.append(report if handle else _own(report))
        return reports
    finally:
        await app.close()


async def _owners(app: App, file: Path, content: bytes) -> list[str]:
    services = app.bot.services
    handles = await find_owners(services.reader, filename=file.name, content=content, now=services.clock())
    if not handles:
        raise Mistake(f"{file} doesn't say whose posts these are: name the account with --handle")
    return handles


def _unknown(handles: Sequence[str], guild: int) -> Mistake:
    if len(handles) == 1:
        return Mistake(f"{handles[0]} is not registered in server {guild}: import or add the account first")
    shown = ", ".join(handles[:MOST_NAMED]) + (", …" if len(handles) > MOST_NAMED else "")
    return Mistake(
        f"{len(handles):,} of the file's accounts are not registered in server {guild}: import or add them first, or "
        f"take their posts out of the file ({shown})"
    )


def _own(report: PostsReport) -> PostsReport:
    """Without what the file says of its other accounts, which are imported beside this one."""
    found = report.found
    kept = [problem for problem in found.problems if problem.reason is not Reason.OTHER_ACCOUNT]
    rows = found.rows - (len(found.problems) - len(kept))
    return replace(report, found=replace(found, rows=rows, problems=kept))


def _counts(report: PostsReport) -> dict[str, int]:
    return {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "repeated": report.found.repeated,
        "rejected": report.rejected,
    }


def _as_json(t: Language, report: PostsReport) -> dict[str, object]:
    problems = import_report.problems_as_json(t, report.found.problems)
    return {"handle": report.before.handle, **_counts(report), "problems": problems}


def _as_lines(t: Language, report: PostsReport) -> list[str]:
    head = f"@{report.before.handle}: {_in_words(_counts(report))}"
    return [head, *notices_of(t, report), *import_report.problem_lines(t, report.found.problems)]


def _sum(reports: Sequence[PostsReport]) -> list[str]:
    """All accounts together, where there are several."""
    if len(reports) < 2:
        return []
    total = Counter[str]()
    for report in reports:
        total.update(_counts(report))
    return [f"{len(reports):,} accounts: {_in_words(total)}"]


def _in_words(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
