"""Draws the picture of a budget."""

from functools import partial

from cogs.pictures.canvas import ESTIMATE, LARGE, MARGIN, QUIET, SMALL, WIDTH, Sheet
from cogs.pictures.signs import draw_shade, draw_total, draw_whisker
from cogs.pictures.spec import BudgetRowSpec, BudgetSpec

TOP, ROW, BELOW = 196, 108, 58
NAME, STRIP = 34, 48
INDENT, GAP = 28, 20
"""A strip is narrower than the sheet by `INDENT`, for the labels of its ends to fit."""


def draw_budget(spec: BudgetSpec) -> bytes:
    """The picture as a PNG."""
    sheet = Sheet(TOP + ROW * len(spec.rows) + BELOW)
    sheet.write(MARGIN, 60, spec.title, room=WIDTH - 2 * MARGIN, size=LARGE, bold=True)
    sheet.write(MARGIN, 108, spec.subtitle, room=WIDTH - 2 * MARGIN, size=SMALL, colour=QUIET)
    signs = (
        (partial(draw_total, ours=True), spec.total_label),
        (draw_whisker, spec.interval_label),
        (draw_shade, spec.shaded_label),
    )
    sheet.legend(166, signs)
    for index, row in enumerate(spec.rows):
        _draw_row(sheet, spec, row, TOP + index * ROW, last=index == len(spec.rows) - 1)
    return sheet.png()


def _draw_row(sheet: Sheet, spec: BudgetSpec, row: BudgetRowSpec, top: float, *, last: bool) -> None:
    """What it is and who is in it, its figures, and its strip below them."""
    foot, end = top + NAME, WIDTH - MARGIN
    figures = sheet.write(end, foot, row.figures, room=WIDTH / 2, size=SMALL, colour=ESTIMATE, align="right")
    room = end - MARGIN - figures - 2 * GAP
    title = sheet.write(MARGIN, foot, row.title, room=room * 0.55, bold=True)
    sheet.write(MARGIN + title + GAP, foot, row.facts, room=room - title, size=SMALL, colour=QUIET)
    axes = sheet.axes(MARGIN + INDENT, top + ROW - STRIP - 8, WIDTH - 2 * (MARGIN + INDENT), STRIP, ylim=(0, 1))
    sheet.scale(axes, spec.counts, upright=False, labels=last)
    ours = spec.rows[0]
    draw_shade(axes, ours.low, ours.high)
    draw_total(axes, row.total, ours=row.ours)
    draw_whisker(axes, row.low, row.high)
