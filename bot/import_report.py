"""What became of an imported file, in the operator's words."""

from cogs.kit.language import Language
from cogs.kit.problems import reason_text
from planning.imports.problems import Problem
from planning.services.imports import ImportReport

SHOWN_PROBLEMS = 20


def as_json(t: Language, report: ImportReport) -> dict[str, object]:
    """The counts and every problem."""
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
    return {**counts, "problems": problems}


def as_lines(t: Language, report: ImportReport) -> list[str]:
    """The counts, and the first problems."""
    counts = (
        f"{report.new:,} new, {report.updated:,} updated, {report.unchanged:,} unchanged, {report.rejected:,} rejected"
    )
    more = len(report.problems) - SHOWN_PROBLEMS
    rest = [f"… and {more:,} more; `import --json` lists them all"] if more > 0 else []
    return [counts, *(_problem(t, problem) for problem in report.problems[:SHOWN_PROBLEMS]), *rest]


def _problem(t: Language, problem: Problem) -> str:
    cell = f"{problem.column} {problem.value!r}".strip() if problem.value else problem.column
    where = f"row {problem.row}, {cell}" if cell else f"row {problem.row}"
    kept = "" if problem.rejects_row else " (row kept without it)"
    return f"{where}: {reason_text(t, problem.reason, problem.detail)}{kept}"
