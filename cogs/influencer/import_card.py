"""The cards of an import: what was understood and would be written, and what was."""

from collections.abc import Sequence
from typing import Any

import discord

from cogs.kit.buttons import ActionButton, ActionMenu
from cogs.kit.cards import ACCENT, WARNING, Card, bold, heading, joined, lines, small, taken
from cogs.kit.fields import field_name
from cogs.kit.language import Language, mark
from cogs.kit.problems import platform_label, reason_text
from cogs.kit.safe import code, plain
from cogs.kit.state import pack
from planning.accounts import Draft
from planning.files import letters_of
from planning.imports.columns import By, ColumnUse, Ignored
from planning.imports.headers import Field
from planning.imports.problems import Problem
from planning.reasons import NOT_LINKED, Reason
from planning.services.imports import ImportReport
from planning.services.proposed_imports import Proposal

SHOWN_PROBLEMS = 5
"""Kinds of problems, and of each kind the places."""
SHOWN_ROWS = 10
SHOWN_COLUMNS = 20
ROOM_FOR_COLUMNS = 800
ROOM_FOR_NOTES = 500
ROOM_FOR_ROWS = 900
MOST_OPTIONS = 25
LONGEST_OPTION = 100
NOT_USED = "-"
NO_ACCOUNTS = mark(
    "There is no column of handles, or none of followers. Say below which columns they are, or name them “handle” and "
    "“followers” in the header and send the file again."
)
MEND_THEM = mark("Every rejected row is in the file, with the reason at its end. Mend them there and import that file.")
PROBLEMS_FILE = "problems.csv"
PROBLEMS_HEADER = ("row", "column", "value", "reason")


def proposal_card(t: Language, proposal: Proposal) -> Card:
    """The columns as understood, the first rows as they would be stored, the counts, a menu of the workbook's other
    sheets, and Confirm."""
    report, token = proposal.report, proposal.token
    blocks = [
        lines(
            heading(t("Import {file}?", file=plain(proposal.filename))),
            counts(t, report) if report.whole else t(NO_ACCOUNTS),
            _sheet(t, report),
            small(t("Columns are read as you chose for such a file before.")) if report.remembered else None,
        ),
        _columns(t, report),
        *([_sample(t, report.sample)] if report.sample else []),
        *([problems_block(t, report.problems)] if report.problems else []),
        *([] if proposal.changes or not report.whole else [t("Nothing to write.")]),
    ]
    buttons: list[discord.ui.Item[Any]] = [ActionButton("cancel", token, label=t("Cancel"))]
    if proposal.changes:
        buttons.insert(0, ActionButton("import", token, label=t("Confirm"), style=discord.ButtonStyle.primary))
    rows = [_other_sheets(t, report, token), [_column_menu(t, report, token)], buttons]
    return Card(*blocks, buttons=rows, accent=ACCENT if proposal.changes else WARNING, files=_files(report))


def done_card(t: Language, report: ImportReport, files: Sequence[str], *, notes: Sequence[str] = ()) -> Card:
    """What was written, with the files of `report_files`."""
    return Card(
        lines(heading(t("Imported")), counts(t, report), *notes),
        *([problems_block(t, report.problems)] if report.problems else []),
        *([small(t(MEND_THEM))] if report.rejected else []),
        files=files,
    )


def column_card(t: Language, index: int, token: str) -> Card:
    """Asks what a column is."""
    fields = [discord.SelectOption(label=t("not used"), value=NOT_USED)]
    fields += [discord.SelectOption(label=field_name(t, field), value=field.value) for field in Field]
    placeholder = t("What column {letter} is", letter=letters_of(index))
    return Card(
        t("What is column {letter}?", letter=letters_of(index)),
        buttons=[
            [ActionMenu("import-field", pack(index, token), options=fields, placeholder=placeholder)],
            [ActionButton("import-back", token, label=t("Back"))],
        ],
    )


def _column_menu(t: Language, report: ImportReport, token: str) -> ActionMenu:
    """A menu of the columns, of which any can be read otherwise."""
    options = [
        discord.SelectOption(
            label=f"{letters_of(use.index)}: {use.header}"[:LONGEST_OPTION],
            value=str(use.index),
            description=field_name(t, use.field) if use.field else t("not used"),
        )
        for use in report.columns[:MOST_OPTIONS]
    ]
    return ActionMenu("import-column", token, options=options, placeholder=t("Read a column otherwise"))


def _sheet(t: Language, report: ImportReport) -> str | None:
    """Which of several sheets was read."""
    if len(report.sheets) < 2:
        return None
    return small(t("Sheet {sheet}, one of {n}", sheet=plain(report.sheet, 31), n=t.number(len(report.sheets))))


def _other_sheets(t: Language, report: ImportReport, token: str) -> list[discord.ui.Item[Any]]:
    """A menu of the sheets that were not read; none where there is one sheet."""
    others = [name for name in report.sheets if name != report.sheet and 0 < len(name) <= LONGEST_OPTION]
    if not others:
        return []
    options = [discord.SelectOption(label=name) for name in others[:MOST_OPTIONS]]
    return [ActionMenu("import-sheet", token, options=options, placeholder=t("Read another sheet"))]


def _files(report: ImportReport) -> list[str]:
    return [PROBLEMS_FILE] if len(report.problems) > SHOWN_PROBLEMS else []


def counts(t: Language, report: ImportReport) -> str:
    """What became of the rows."""
    return joined(
        t.many("{n} row", "{n} rows", report.rows),
        t("{n} new", n=t.number(report.new)),
        t("{n} changed", n=t.number(report.updated)) if report.updated else None,
        t("{n} unchanged", n=t.number(report.unchanged)) if report.unchanged else None,
        t("{n} rejected", n=t.number(report.rejected)) if report.rejected else None,
        t.many("{n} influencer with several accounts", "{n} influencers with several accounts", report.influencers)
        if report.influencers
        else None,
    )


def _columns(t: Language, report: ImportReport) -> str:
    """What each column is read as, why where its header alone doesn't say it, and which columns are not used."""
    used = [use for use in report.columns if use.field]
    unused = [use for use in report.columns if not use.field and use.ignored is not Ignored.BEATEN and use.header]
    notes = taken((note for use in report.columns if (note := _note(t, report.columns, use))), room=ROOM_FOR_NOTES)
    return lines(
        bold(t("Columns")),
        joined(*taken((_use(t, report.columns, use) for use in used), room=ROOM_FOR_COLUMNS)),
        small("\n".join(notes)) if notes else None,
        small(t("Not used: {columns}", columns=", ".join(code(use.header, 30) for use in unused[:SHOWN_COLUMNS])))
        if unused
        else None,
    )


def _use(t: Language, columns: Sequence[ColumnUse], use: ColumnUse) -> str:
    return f"{column_name(t, columns, use)} → {field_name(t, use.field or '')}"


def _note(t: Language, columns: Sequence[ColumnUse], use: ColumnUse) -> str | None:
    """Why a column is read as it is, or is not used, where its header alone doesn't say it."""
    name = column_name(t, columns, use)
    if use.by is By.CHOSEN:
        return t("{column}: as you chose", column=name)
    if use.field and use.by is By.CONTENT:
        return t("{column}: by what it holds, {share} sure", column=name, share=t.percent(use.confidence))
    if use.ignored is Ignored.CONTENT:
        return t("{column} does not hold what its header says, and is not used", column=name)
    if use.winner is not None:
        return t("{winner} is used and not {column}", column=name, winner=column_name(t, columns, columns[use.winner]))
    return None


def column_name(t: Language, columns: Sequence[ColumnUse], use: ColumnUse) -> str:
    """The column by its header, and by its letter where another has the same header or it has none."""
    if use.header and sum(other.header == use.header for other in columns) == 1:
        return code(use.header, 40)
    letter = t("column {letter}", letter=letters_of(use.index))
    return f"{code(use.header, 40)} ({letter})" if use.header else letter


def _sample(t: Language, drafts: Sequence[Draft]) -> str:
    shown = taken((_draft(t, draft) for draft in drafts[:SHOWN_ROWS]), room=ROOM_FOR_ROWS)
    return lines(bold(t("First rows")), *shown)


def _draft(t: Language, draft: Draft) -> str:
    return joined(
        code("@" + draft.handle, 40),
        platform_label(t, draft.platform),
        plain(draft.name, 40) if draft.name else None,
        t.number(draft.followers) if draft.followers is not None else None,
        t.country(draft.country) if draft.country else None,
        t.language(draft.language) if draft.language else None,
        _averages(t, draft),
        t("declared {rate}", rate=t.percent(draft.declared_rate)) if draft.declared_rate is not None else None,
        t.money(draft.price) if draft.price else None,
        ", ".join(plain(niche) for niche in (draft.niches or ())[:3]) or None,
    )


def _averages(t: Language, draft: Draft) -> str | None:
    """The averages of a row, each with its name."""
    numbers = draft.engagement
    named = (("likes", numbers.likes), ("comments", numbers.comments), ("views", numbers.views))
    return ", ".join(f"{t.number(value)} {field_name(t, name)}" for name, value in named if value is not None) or None


def problems_block(t: Language, problems: Sequence[Problem]) -> str:
    """What was wrong, rejected rows first: how often, and where at first."""
    kinds: dict[tuple[bool, str, Reason], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.rejects_row, problem.column, problem.reason), []).append(problem)
    shown = sorted(kinds.items(), key=lambda kind: (not kind[0][0], -len(kind[1])))[:SHOWN_PROBLEMS]
    blocks = (lines(_total(t, *key, len(found)), small(_places(t, found[:SHOWN_PROBLEMS]))) for key, found in shown)
    return lines(bold(t("Problems")), *blocks)


def problem_rows(t: Language, problems: Sequence[Problem]) -> list[list[str]]:
    """The problems as rows of a file, under `PROBLEMS_HEADER`."""
    return [[str(p.row), p.column, p.value, reason_text(t, p.reason, p.detail)] for p in problems]


def _total(t: Language, rejects_row: bool, column: str, reason: Reason, n: int) -> str:
    """How often one thing was wrong in one column."""
    why = ", ".join(part for part in (_column(column), reason_text(t, reason)) if part)
    if rejects_row:
        return t.many("{n} row rejected: {why}", "{n} rows rejected: {why}", n, why=why)
    if reason in NOT_LINKED:
        return t.many("{n} influencer not linked: {why}", "{n} influencers not linked: {why}", n, why=why)
    return t.many("{n} cell left out: {why}", "{n} cells left out: {why}", n, why=why)


def _places(t: Language, problems: Sequence[Problem]) -> str:
    """Where it was wrong, and what stood there."""
    rows = (t("row {row}", row=t.number(problem.row)) for problem in problems)
    values = (code(problem.value, 24) if problem.value else "" for problem in problems)
    return " · ".join(f"{row}: {value}" if value else row for row, value in zip(rows, values, strict=True))


def _column(header: str) -> str:
    """A column as the file calls it; empty where the row as a whole was wrong."""
    return code(header, 30) if header else ""
