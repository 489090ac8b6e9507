"""The sheet that is drawn on: its colours, its letters, and what both kinds of pictures have in common.

matplotlib is imported where it is used: this module is loaded with all others when the bot starts, the library only in
the process that draws.
"""

import io
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cogs.pictures.spec import Axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

WIDTH = 1100
DPI = 100

PAPER = "#1f2a2b"
TEXT = "#f3f7f5"
QUIET = "#b4c2bf"
GRID = "#3b4a4b"
ACCENT = "#2a7f62"
ESTIMATE = "#74e3b8"
POST = "#8fbdf0"
SPONSORED = "#ffb454"
PEERS = "#5f7476"

LARGE, NORMAL, SMALL = 40, 31, 29
"""Letters' sizes in pixels: a phone shows the picture at about a third, where 29 are 9 or 10."""

SMALLEST = 0.8
"""How far letters shrink before words are cut."""

MARGIN = 32
REPLACEMENT = "□"


Sign = Callable[["Axes"], object]
"""Draws what a word in the legend stands for, into a field of its own."""


class Sheet:
    """A sheet of paper, measured in pixels from its upper left corner."""

    def __init__(self, height: int) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.height = height
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(self.figure)

    def axes(self, left: float, top: float, width: float, height: float, **options: Any) -> "Axes":
        """A field to plot in, without frame and ticks."""
        place = (left / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height)
        axes = self.figure.add_axes(place, facecolor="none", **options)
        axes.set_axis_off()
        return axes

    def scale(self, axes: "Axes", rates: Axis, *, upright: bool, labels: bool = True) -> None:
        """Make the field's upright or level axis one of rates: a faint line at each tick and, if wanted, its label."""
        # Written here: matplotlib's own ticks would take longer than all the rest of a picture.
        kind = "log" if rates.log else "linear"
        if upright:
            axes.set(yscale=kind, ylim=(rates.low, rates.high))
        else:
            axes.set(xscale=kind, xlim=(rates.low, rates.high))
        for tick in rates.ticks:
            (axes.axhline if upright else axes.axvline)(tick.at, color=GRID, linewidth=1.5, zorder=0)
            if labels and upright:
                x, y = self.place(axes, axes.get_xlim()[0], tick.at)
                self.write(x - 12, y + 10, tick.label, room=WIDTH, size=SMALL, colour=QUIET, align="right")
            elif labels:
                x, y = self.place(axes, tick.at, axes.get_ylim()[0])
                self.write(x, y + 38, tick.label, room=WIDTH, size=SMALL, colour=QUIET, align="center")

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        room: float,
        size: float = NORMAL,
        colour: str = TEXT,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
    ) -> float:
        """Write on the line whose foot is at `y`, made to fit the room there is; the width it took."""
        words, font = self._fitting(legible(words), room, size, bold=bold)
        self.figure.text(
            x / WIDTH,
            1 - y / self.height,
            words,
            color=colour,
            fontproperties=font,
            ha=align,
            va="baseline",
            parse_math=False,
        )
        return self.width(words, font)

    def stroke(self, x: float, top: float, foot: float) -> None:
        """A short upright line."""
        from matplotlib.lines import Line2D

        places = [1 - y / self.height for y in (top, foot)]
        self.figure.add_artist(Line2D([x / WIDTH] * 2, places, color=QUIET, linewidth=1.5))

    def place(self, axes: "Axes", x: float, y: float) -> tuple[float, float]:
        """Where on the sheet a point of a field is."""
        right, up = axes.transData.transform((x, y))
        return float(right), self.height - float(up)

    def width(self, words: str, font: "FontProperties") -> float:
        """How wide the words are, in pixels."""
        return self._canvas.get_renderer().get_text_width_height_descent(words, font, ismath=False)[0]

    def _fitting(self, words: str, room: float, size: float, *, bold: bool) -> tuple[str, "FontProperties"]:
        """The words in somewhat smaller letters where they need it, and then as many of them as there is room for."""
        for smaller in (1, 0.9, SMALLEST):
            font = lettering(size * smaller, bold=bold)
            if self.width(words, font) <= room:
                return words, font
        font = lettering(size * SMALLEST, bold=bold)
        shortest, longest = 0, len(words)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            if self.width(words[:middle] + "…", font) <= room:
                shortest = middle
            else:
                longest = middle - 1
        return words[:shortest].rstrip() + "…", font

    def legend(self, y: float, entries: Sequence[tuple[Sign, str]]) -> None:
        """Signs and their words on one line, in smaller letters where that is the only way to fit them all."""
        sign, gap = 48, 22
        words = [legible(label) for _, label in entries]
        size = SMALL
        while size > SMALL / 2 and self._length(words, size) + len(words) * (sign + gap) > WIDTH - 2 * MARGIN:
            size -= 1
        x = MARGIN
        for (draw, _), label in zip(entries, words, strict=True):
            box = self.axes(x, y - SMALL, sign - 10, SMALL, xlim=(0, 1), ylim=(0, 1))
            draw(box)
            x += sign + self.write(x + sign, y - 3, label, room=WIDTH, size=size, colour=QUIET) + gap

    def _length(self, words: Sequence[str], size: float) -> float:
        return sum(self.width(label, lettering(size)) for label in words)

    def png(self) -> bytes:
        """The sheet as a file, the same bytes for the same sheet."""
        file = io.BytesIO()
        self._canvas.print_png(file, metadata={"Software": None})
        return file.getvalue()


@cache
def lettering(size: float, *, bold: bool = False) -> "FontProperties":
    """The letters that come with matplotlib, whatever others the machine has; the size is in pixels."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_font_file(bold=bold), size=size * 72 / DPI)


def _font_file(*, bold: bool) -> Path:
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{'-Bold' if bold else ''}.ttf"


@cache
def _letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    fonts: list[FT2Font] = [FT2Font(str(_font_file(bold=bold))) for bold in (False, True)]
    return frozenset.intersection(*(frozenset(font.get_charmap()) for font in fonts))


def legible(words: str) -> str:
    """The words in letters that there are: styled ones plain, an emoji left out, an unknown letter as a box."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFKC", words):
        kind = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif kind[0] == "C":
            continue
        elif ord(char) in _letters():
            kept.append(char)
        elif kind[0] in "LN":
            kept.append(REPLACEMENT)
    return " ".join("".join(kept).split())
