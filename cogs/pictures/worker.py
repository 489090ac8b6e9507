"""The process that draws: `python -m cogs.pictures.worker` reads specs from its input until that ends.

It answers each with a PNG, or with the traceback of what went wrong: one bad picture costs nobody else theirs.
"""

import pickle
import sys
import traceback
from typing import BinaryIO

from cogs.pictures.spec import Axis, BudgetSpec, ComparedSpec, ComparisonSpec, Interval, Mark, ReportSpec, Spec

_HALF = Mark(0.5, "50%")
SAMPLE = ComparisonSpec(
    "Aa", Axis(0, 1, (_HALF,)), (ComparedSpec("@a", "50%", Interval(_HALF, _HALF, _HALF), (0.5,)),), None, "a", "b", "c"
)


def draw(spec: Spec) -> bytes:
    """The picture as a PNG; imports matplotlib."""
    from cogs.pictures.draw_budget import draw_budget
    from cogs.pictures.draw_comparison import draw_comparison
    from cogs.pictures.draw_report import draw_report

    if isinstance(spec, BudgetSpec):
        return draw_budget(spec)
    return draw_report(spec) if isinstance(spec, ReportSpec) else draw_comparison(spec)


def prepare() -> None:
    """Load what drawing needs, by drawing something; nothing that the machine configures changes how it looks."""
    import logging

    import matplotlib as mpl

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of caches and folders that nobody asked for
    mpl.rcdefaults()
    draw(SAMPLE)


def work(requests: BinaryIO, answers: BinaryIO) -> None:
    """Draw until nobody asks any more."""
    while True:
        try:
            spec: Spec = pickle.load(requests)  # noqa: S301 - from the bot that started this process
        except EOFError:
            return
        try:
            answer: bytes | str = draw(spec)
        except Exception:  # noqa: BLE001 - the edge of a process: the bot logs it
            answer = traceback.format_exc()
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    prepare()
    work(sys.stdin.buffer, sys.stdout.buffer)
