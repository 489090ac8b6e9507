"""What became of an imported file, in the operator's words."""

from collections.abc import Sequence

from cogs.kit.fields import field_name
from cogs.kit.language import Language
from cogs.kit.problems import reason_text
from planning.files import letters_of
from planning.imports.columns import By, ColumnUse
from planning.imports.problems import Problem
from planning.reasons import NOT_LINKED
from planning.services.imports import ImportReport

SHOWN_PROBLEMS = 20


def as_json(t: Language, report: ImportReport) -> dict[str, object]:
    """The counts, with the influencers that have several accounts where any do; every problem; and the sheet that was
    read where the file is a workbook."""
    counts = {"new": report.new, "updated": report.updated, "unchanged": report.unchanged, "rejected": report.rejected}
    sheet = {"sheet": report.sheet, "sheets": list(report.sheets)} if report.sheets else {}
    people = {"influencers": report.influencers} if report.influencers else {}
    return {**counts, **people, **sheet, "problems": problems_as_json(t, report.problems)}


def problems_as_json(t: Language, problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Every problem with its reason in words."""
    return [
        {
            "row": problem.row,
            "column": problem.column,
            "value": problem.value,
            "reason": reason_text(t, problem.reason, problem.detail),
        }
        for problem in problems
    ]


def as_lines(t: Language, report: ImportReport) -> list[str]:
    """The counts, and the first problems."""
    counts = (
        f"{report.new:,} new, {report.updated:,} updated, {report.unchanged:,} unchanged, {report.rejected:,} rejected"
    )
    if report.influencers:
        counts += f"; influencers with several accounts: {report.influencers:,}"
    if len(report.sheets) > 1:
        others = ", ".join(name for name in report.sheets if name != report.sheet)
        counts = f"sheet {report.sheet} (--sheet reads another: {others})\n{counts}"
    return [counts, *problem_lines(t, report.problems)]


def column_lines(t: Language, report: ImportReport, *, every: bool) -> list[str]:
    """What each column is read as, or only those whose header didn't say it, and which aren't used."""
    read = [use for use in report.columns if use.field or use.winner is not None]
    told = [_column(t, use) for use in read if every or (use.field and use.by is By.CONTENT)]
    unused = [use for use in report.columns if not use.field and use.winner is None]
    names = ", ".join(f"column {letters_of(use.index)} {use.header!r}" for use in unused[:SHOWN_PROBLEMS])
    return [*told, f"not used: {names}{', …' if len(unused) > SHOWN_PROBLEMS else ''}"] if unused else told


def _column(t: Language, use: ColumnUse) -> str:
    name = f"column {letters_of(use.index)} {use.header!r}"
    if use.winner is not None:
        return f"{name} is not used: column {letters_of(use.winner)} is read in its place"
    if use.by is By.CHOSEN:
        return f"{name} is read as {field_name(t, use.field or '')}, as was chosen"
    by = "its header" if use.by is By.HEADER else "what it holds"
    return f"{name} is read as {field_name(t, use.field or '')} by {by} ({use.confidence:.0%} sure)"


def problem_lines(t: Language, problems: Sequence[Problem]) -> list[str]:
    """The first problems, and how many more there are."""
    more = len(problems) - SHOWN_PROBLEMS
    rest = [f"… and {more:,} more; --json lists them all"] if more > 0 else []
    return [*(_problem(t, problem) for problem in problems[:SHOWN_PROBLEMS]), *rest]


def _problem(t: Language, problem: Problem) -> str:
    cell = f"{problem.column} {problem.value!r}".strip() if problem.value else problem.column
    where = f"row {problem.row}, {cell}" if cell else f"row {problem.row}"
    kept = "" if problem.rejects_row or problem.reason in NOT_LINKED else " (row kept without it)"
    return f"{where}: {reason_text(t, problem.reason, problem.detail)}{kept}"
