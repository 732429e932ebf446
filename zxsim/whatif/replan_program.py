"""Staying near an approved plan as the first stage of a programme: least Σ|x − approved| of all.

A money column without approved money is a change by itself. One with approved money a gets two columns and a
row, x − more + less = a. The chain then goes on over the plans that change least, as exact and as unique.
"""

from dataclasses import replace

import numpy as np

from zxsim.core.layout import IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import ProgramBuilder, Triplets
from zxsim.optimize.agenda import Stage
from zxsim.optimize.build import Model
from zxsim.optimize.headline import stacked
from zxsim.optimize.reasons import CHANGE


def nearest_program(model: Model, approved: IntArray) -> tuple[Model, Stage]:
    """Return the model with the columns of what changes, and the stage that minimises it.

    Parameters
    ----------
    approved : int array (money columns,)
        Units of 0.01 万元.
    """
    money, held = len(model.layout), np.flatnonzero(approved)
    names = [label[1:] for label in model.layout.labels_at(held)]
    amount, each, ones = approved[held] / UNITS_PER_WAN, np.arange(len(held)), np.ones(len(held))
    builder = ProgramBuilder(columns=len(model.program.column_lower))
    more = builder.add_columns(
        0 * ones, np.full(len(held), np.inf), lambda: [f"more{name}" for name in names]
    )
    less = builder.add_columns(0 * ones, amount, lambda: [f"less{name}" for name in names])
    nonzeros = [Triplets(each, held, ones), Triplets(each, more, -ones), Triplets(each, less, ones)]
    builder.add_rows(amount, amount, Triplets.joined(nonzeros), lambda: [f"approved{n}" for n in names])
    wider = replace(model, program=stacked(model.program, builder.build()))
    cost = wider.padded(np.ones(money))
    cost[held], cost[more], cost[less] = 0.0, 1.0, 1.0
    costs = {name: wider.padded(stage) for name, stage in model.costs.items()}
    return replace(wider, costs=costs), Stage(CHANGE, cost)
