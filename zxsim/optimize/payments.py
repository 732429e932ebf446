"""What effects count from: payments, and where each of them stands in the programme.

Effects speak of the columns of a layout. Today every payment is the money column of the same position; a
payment that is something else (all of a project in the year of its last payment) is a further column of the
layout here, with the column of the programme that stands for it and its 万元 for each unit of that column.
All rows and costs of effects go through :meth:`Payments.nonzeros` and :meth:`Payments.cost`, and all
evaluations through :meth:`Payments.amounts`.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.program import Triplets


@dataclass(frozen=True, eq=False)
class Payments:
    """Payments that effects count from.

    Attributes
    ----------
    layout : Layout
        Its columns are the payments; projects, parts, places and years are those of the scenario.
    program_column : int array (payments,)
        Column of the programme that stands for each payment.
    scale : float array (payments,)
        万元 of the payment for each unit of that column.
    """

    layout: Layout
    program_column: IntArray
    scale: FloatArray

    @classmethod
    def of_money(cls, layout: Layout) -> Self:
        """Every payment is the money column of the same position."""
        return cls(layout, np.arange(len(layout)), np.ones(len(layout)))

    def amounts(self, amount_wan: FloatArray) -> FloatArray:
        """Payments in 万元 under a plan of 万元 a money column."""
        return amount_wan[self.program_column] * self.scale

    def nonzeros(self, row: IntArray, payment: IntArray, value: FloatArray) -> Triplets:
        """Coefficients of payments as nonzeros of the programme."""
        return Triplets(row, self.program_column[payment], value * self.scale[payment])

    def cost(self, per_wan: FloatArray, columns: int) -> FloatArray:
        """Spread a cost per 万元 of each payment over so many columns of the programme."""
        return np.bincount(self.program_column, per_wan * self.scale, columns).astype(np.float64)
