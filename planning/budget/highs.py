"""The one module that knows HiGHS (https://highs.dev): single-threaded, so that the same input is the same answer.

HiGHS lets go of Python's lock while it works (`python -m benchmarks budget` measures it), so a thread is enough to keep
it off the event loop.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from highspy.highs import HighsCallbackEvent
from numpy.typing import NDArray

from planning.budget.stopping import Stop

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_OPTIONS: dict[str, bool | int | float | str] = {
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "presolve": "off",  # dearer than what it saves, on few items: 105 ms a choice with it, 72 without
}


class _Highs(highspy.Highs):
    def enableCallbacks(self) -> None:  # noqa: N802 - theirs
        """Called as the model is made, and writes a banner to standard output unless that was switched off before."""
        self.silent()
        super().enableCallbacks()


@dataclass(frozen=True, slots=True)
class Items:
    """Items of whole worth and cost, one a place, `alike` of each; the cost of those taken is at most `budget`.

    Between `fewest` and `most` are taken in all.
    """

    worth: Ints
    cost: Ints
    alike: Ints
    budget: int
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Found:
    """How many of each item are taken, None where nothing was found; `proven` where there is nothing better."""

    taken: Ints | None
    proven: bool


def relax(items: Items) -> tuple[float, float]:
    """What money and places are worth in the linear relaxation: lambda per unit of cost, mu per item taken."""
    model = _model(items, whole=False)
    model.run()
    money, place = model.getSolution().row_dual
    return max(0.0, money), place


def decide(items: Items, stop: Stop) -> Found:
    """The best choice, or the best one found in time. Raises `Cancelled`."""
    stop.check()
    model = _model(items, whole=True)
    model.setOptionValue("time_limit", stop.left)

    def interrupt(event: HighsCallbackEvent) -> None:
        if stop.is_cancelled:
            event.interrupt()

    model.cbMipInterrupt += interrupt
    model.run()
    stop.check()
    solution, status = model.getSolution(), model.getModelStatus()
    taken = np.rint(np.array(solution.col_value)).astype(np.int64) if solution.value_valid else None
    return Found(taken, proven=status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible))


def _model(items: Items, *, whole: bool) -> highspy.Highs:
    model = _Highs()
    for name, value in _OPTIONS.items():
        model.setOptionValue(name, value)
    count = len(items.worth)
    kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, 2
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = items.worth.astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(count), items.alike.astype(float)
    program.row_lower_ = np.array([-highspy.kHighsInf, items.fewest])
    program.row_upper_ = np.array([items.budget, items.most], float)
    program.integrality_ = [kind] * count
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.array([0, count, 2 * count])
    program.a_matrix_.index_ = np.tile(np.arange(count), 2)
    program.a_matrix_.value_ = np.concatenate((items.cost.astype(float), np.ones(count)))
    model.passModel(program)
    return model
