"""The one module that knows HiGHS (https://highs.dev): single-threaded, so that the same input is the same answer.

It solves the linear relaxation alone. Its choices in whole numbers were wrong where costs are long: what it takes for
whole may be a millionth off, and a millionth of a large cost is money.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_OPTIONS: dict[str, bool | int | float | str] = {
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",  # dearer than what it saves, with two rows
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


def relax(items: Items) -> tuple[float, float]:
    """What money and places are worth in the linear relaxation: lambda per unit of cost, mu per item taken."""
    model = _Highs()
    for name, value in _OPTIONS.items():
        model.setOptionValue(name, value)
    count = len(items.worth)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, 2
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = items.worth.astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(count), items.alike.astype(float)
    program.row_lower_ = np.array([-highspy.kHighsInf, items.fewest])
    program.row_upper_ = np.array([items.budget, items.most], float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.array([0, count, 2 * count])
    program.a_matrix_.index_ = np.tile(np.arange(count), 2)
    program.a_matrix_.value_ = np.concatenate((items.cost.astype(float), np.ones(count)))
    model.passModel(program)
    model.run()
    money, place = model.getSolution().row_dual
    return max(0.0, money), place
