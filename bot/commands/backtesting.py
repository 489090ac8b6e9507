"""`backtest`: how well the estimate of engagement rates would have done on a table of posts."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.edge import Mistake, started
from bot.commands.files import read_file
from planning.estimates.backtest import FEWEST_FOLLOWERS, MOST_KNOWN, TOP, Backtest, LeftOut, Three, backtest, left_out
from planning.estimates.estimating import HORIZON
from planning.estimates.post_table import COLUMNS, ColumnsMissing, PostTable, read_posts
from sheets.files import SpreadsheetFiles

LONGEST_HORIZON = 1_000


def backtest_file(
    file: Annotated[
        Path, typer.Argument(help=f"A CSV file with a row a post: {', '.join(COLUMNS)}.", show_default=False)
    ],
    horizon: Annotated[
        int, typer.Option(min=1, max=LONGEST_HORIZON, help="How many of each account's newest posts are hidden.")
    ] = HORIZON,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one line of JSON, the last.")] = False,
) -> None:
    """Hide each account's newest posts and say how well the older ones foretell them: plain mean, median, estimate."""
    with started():
        table = _read(file)
        found = backtest(table, horizon=horizon)
        if found is None:
            told = [_left_out(left_out(table, horizon), horizon), *_unused(table)]
            raise Mistake(f"{file} has no account to test: {'; '.join(told)}")
        typer.echo("\n".join(_lines(found, table, horizon)))
        if as_json:
            typer.echo(json.dumps(as_figures(found)))


def as_figures(found: Backtest) -> dict[str, Any]:
    """The figures as JSON has them."""
    return {
        "accounts": found.accounts,
        "known": {str(count): asdict(at_known) for count, at_known in found.known.items()},
        "unequal": asdict(found.unequal),
    }


def _read(file: Path) -> PostTable:
    try:
        return read_posts(SpreadsheetFiles().read(file.name, read_file(file)))
    except ColumnsMissing as error:
        raise Mistake(f"{file} lacks {', '.join(error.columns)}: it needs the columns {', '.join(COLUMNS)}") from None


def _lines(found: Backtest, table: PostTable, horizon: int) -> Iterator[str]:
    yield f"tested {_many(found.accounts, 'account')}; left out: {_left_out(found.left_out, horizon)}"
    yield from _unused(table)
    yield ""
    yield f"error of the mean rate of the next {_many(horizon, 'post')} (root mean square of the logarithm's)"
    yield f"{'known posts':>16}{'plain mean':>12}{'median':>12}{'estimate':>12}{'against mean':>14}{'inside 90 %':>14}"
    for count, at_known in found.known.items():
        errors = at_known.rmsle
        less = "" if errors.mean == 0 else f"{errors.estimate / errors.mean - 1:+.1%}"
        yield f"{count:>16,}{_figures(errors)}{less:>14}{at_known.coverage90:>14.1%}"
    yield ""
    yield f"ranking, where 1 to {MOST_KNOWN} posts are known"
    yield f"{'Kendall’s tau':>16}{_figures(found.unequal.kendall_tau)}"
    if found.accounts > TOP:  # of fewer, all are among the best
        yield f"{'precision at 20':>16}{_figures(found.unequal.precision_at_20)}"


def _unused(table: PostTable) -> list[str]:
    if not (table.unreadable or table.without_likes or table.repeated):
        return []
    needed = "posted_at is unix seconds or ISO 8601, the others are whole numbers"
    unreadable = f"{table.unreadable:,} that can't be read ({needed})"
    twice = f"{table.repeated:,} that stand there twice"
    return [f"rows not used: {unreadable}, {table.without_likes:,} without likes, {twice}"]


def _many(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _figures(three: Three) -> str:
    return f"{three.mean:>12.3f}{three.median:>12.3f}{three.estimate:>12.3f}"


def _left_out(left: LeftOut, horizon: int) -> str:
    return (
        f"{left.hidden_likes:,} hide their likes, {left.few_followers:,} have fewer than {FEWEST_FOLLOWERS} followers, "
        f"{left.few_posts:,} have fewer than {MOST_KNOWN} posts beside the newest {horizon:,}, which are hidden"
    )
