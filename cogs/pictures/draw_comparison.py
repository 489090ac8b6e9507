"""Draws the picture of accounts side by side."""

from cogs.pictures.canvas import ESTIMATE, LARGE, MARGIN, QUIET, SMALL, WIDTH, Sheet, Sign
from cogs.pictures.signs import draw_bar, draw_shade, draw_strokes
from cogs.pictures.spec import ComparedSpec, ComparisonSpec

TOP, ROW, BELOW = 158, 124, 58
NAME, STRIP = 34, 64
INDENT = 28
"""A strip is narrower than the sheet by this, for the labels of its ends to fit."""


def draw_comparison(spec: ComparisonSpec) -> bytes:
    """The picture as a PNG."""
    sheet = Sheet(TOP + ROW * len(spec.rows) + BELOW)
    sheet.write(MARGIN, 60, spec.title, room=WIDTH - 2 * MARGIN, size=LARGE, bold=True)
    sheet.legend(124, _legend(spec))
    for index, row in enumerate(spec.rows):
        _draw_row(sheet, spec, row, TOP + index * ROW, last=index == len(spec.rows) - 1)
    return sheet.png()


def _draw_row(sheet: Sheet, spec: ComparisonSpec, row: ComparedSpec, top: float, *, last: bool) -> None:
    """An account's name and figures, and its strip below them."""
    colour = ESTIMATE if row.expected else QUIET
    end = WIDTH - MARGIN
    figures = sheet.write(end, top + NAME, row.figures, room=WIDTH / 2, size=SMALL, colour=colour, align="right")
    sheet.write(MARGIN, top + NAME, row.title, room=end - MARGIN - figures - INDENT, bold=True)
    axes = sheet.axes(MARGIN + INDENT, top + ROW - STRIP - 8, WIDTH - 2 * (MARGIN + INDENT), STRIP)
    sheet.scale(axes, spec.rates, upright=False, labels=last)
    if spec.shaded and row.expected:
        draw_shade(axes, spec.shaded.low.at, spec.shaded.high.at)
    draw_strokes(axes, row.rates)
    if row.expected:
        draw_bar(axes, row.expected.low.at, row.expected.rate.at, row.expected.high.at)


def _legend(spec: ComparisonSpec) -> list[tuple[Sign, str]]:
    return [
        *([(draw_bar, spec.expected_label)] if any(row.expected for row in spec.rows) else ()),
        *([(draw_strokes, spec.posts_label)] if spec.posts_label else ()),
        *([(draw_shade, spec.shaded_label)] if spec.shaded else ()),
    ]
