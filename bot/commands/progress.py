"""How far long work is: a bar on a terminal, plain lines elsewhere, both on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LINES = 10
"""At most about so many lines tell of one piece of work where there is no terminal."""

Report = Callable[[int, int], None]
"""Called with what is done and what there is to do."""


@contextmanager
def shown_progress(label: str) -> Iterator[Report]:
    """Show progress for as long as the block runs."""
    if sys.stderr.isatty():
        with _bar(label) as report:
            yield report
    else:
        yield _lines(label)


@contextmanager
def _bar(label: str) -> Iterator[Report]:
    # Here, as the bot itself never shows one.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _lines(label: str) -> Report:
    told = 0

    def report(done: int, total: int) -> None:
        nonlocal told
        tenth = LINES if total == 0 else done * LINES // total
        if tenth > told:
            told = tenth
            sys.stderr.write(f"{label}: {done:,} of {total:,}\n")

    return report
