"""Rows that follow from others and help a search: what chosen projects need beside what their funds hold.

Budgets bind money by fund and year, costs bind it by project; a solver does not see by itself that the chosen
projects together are a knapsack. Without these rows 300 all-or-nothing projects do not close in 2,000 nodes.
They are implied, so the linear chain does without them.
"""

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.build import Model


def knapsacks(model: Model) -> list[tuple[FloatArray, float]]:
    """Return Σ cost · y + Σ x ≤ Σ M in 万元 for each set of funds that several chosen projects depend on.

    An all-or-nothing project counts with its cost, any other with its money; a project belongs to every set
    that holds all the funds that may pay it (a surrogate constraint, Glover 1968).

    Returns
    -------
    list of (coefficients on every column of the programme, upper bound)
    """
    layout = model.layout
    payable = np.zeros((len(layout.projects), len(layout.funds)), dtype=np.bool_)
    payable[layout.column_project, layout.column_fund] = True
    whole = layout.modes.whole & payable.any(axis=1)
    found = []
    for funds in np.unique(np.vstack([payable[whole], payable.any(axis=0)]), axis=0):
        members = payable.any(axis=1) & ~(payable & ~funds).any(axis=1)
        if (members & whole).sum() > 1:
            units = sum(int(layout.funds[fund].total.sum()) for fund in np.flatnonzero(funds).tolist())
            found.append((_needs(model, members), units / UNITS_PER_WAN))
    return found


def _needs(model: Model, members: BoolArray) -> FloatArray:
    layout = model.layout
    row = np.zeros(len(model.program.column_lower))
    row[: len(layout)] = (members & ~layout.modes.whole)[layout.column_project]
    whole = np.flatnonzero(members & layout.modes.whole)
    row[model.choice_columns[model.choices.chosen[whole]]] = layout.project_cost[whole] / UNITS_PER_WAN
    return row
