"""What effects count from: payments, and where each of them stands in the programme.

Effects speak of the columns of a layout. A payment is the money column of the same position; but an
all-or-nothing project takes effect as a whole in the year of its last payment, so its money columns count
nothing, and further columns behind them stand for the cost of each of its parts in each such year.
All rows and costs of effects go through :meth:`Payments.nonzeros` and :meth:`Payments.cost`, and all
evaluations through :meth:`Payments.amounts`.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import Triplets
from zxsim.optimize.choices import Takes

PAID_IN_FULL_WAN = 1e-6
"""What may still be missing when a project counts as paid: an optimum is not in whole units yet."""


@dataclass(frozen=True, eq=False)
class Payments:
    """Payments that effects count from.

    Attributes
    ----------
    layout : Layout
        Its columns are the payments; projects, parts, places and years are those of the scenario.
    money_layout : Layout
        Its columns are the money columns, which come first among the payments.
    program_column : int array (payments,)
        Column of the programme that stands for each payment.
    scale : float array (payments,)
        万元 of the payment for each unit of that column.
    """

    layout: Layout
    money_layout: Layout
    program_column: IntArray
    scale: FloatArray

    @classmethod
    def of(cls, layout: Layout, takes: Takes, choice_columns: IntArray) -> Self:
        """Return the payments of a layout, where ``takes`` says which project may take effect when."""
        first = np.searchsorted(layout.part_project, takes.project)
        count = np.searchsorted(layout.part_project, takes.project, side="right") - first
        take = np.repeat(np.arange(len(count)), count)
        part = np.arange(len(take)) + (first - (np.cumsum(count) - count))[take]
        counted = ~np.isin(layout.column_project, takes.project)
        longer = layout
        if len(part):
            longer = layout.with_columns(
                column_part=np.concatenate([layout.column_part, part]),
                column_fund=np.concatenate([layout.column_fund, np.full(len(part), -1)]),
                column_year=np.concatenate([layout.column_year, takes.year[take]]),
            )
        return cls(
            longer,
            layout,
            np.concatenate([np.arange(len(layout)), choice_columns[takes.choice[take]]]).astype(np.int64),
            np.concatenate([counted.astype(float), layout.part_cost[part] / UNITS_PER_WAN]),
        )

    def amounts(self, amount_wan: FloatArray) -> FloatArray:
        """Payments in 万元 under a plan of 万元 a money column."""
        money = len(self.money_layout)
        paid = self.scale.copy()
        paid[:money] *= amount_wan[:money]
        if len(paid) > money:
            paid[money:] *= self._completed(amount_wan[:money])
        return paid

    def with_money(self, amount_wan: FloatArray, choices_of: FloatArray) -> FloatArray:
        """Payments under given money, projects taking effect as they do in other ``choices_of`` payments."""
        paid = choices_of.copy()
        money = len(self.money_layout)
        paid[:money] = self.scale[:money] * amount_wan[:money]
        return paid

    def _completed(self, amount_wan: FloatArray) -> FloatArray:
        """1 for each payment of a project whose cost is paid in full by that year and was not before."""
        layout, years = self.money_layout, len(self.money_layout.years)
        cell = layout.column_project * (years + 1) + layout.column_year + 1
        paid = np.bincount(cell, amount_wan, len(layout.project_cost) * (years + 1))
        until = np.cumsum(paid.reshape(-1, years + 1), axis=1)
        full = until >= (layout.project_cost / UNITS_PER_WAN - PAID_IN_FULL_WAN)[:, None]
        behind = slice(len(layout), None)
        project, year = self.layout.column_project[behind], self.layout.column_year[behind]
        return (full[project, year + 1] & ~full[project, year]).astype(float)

    def nonzeros(self, row: IntArray, payment: IntArray, value: FloatArray) -> Triplets:
        """Coefficients of payments as nonzeros of the programme."""
        return Triplets(row, self.program_column[payment], value * self.scale[payment])

    def cost(self, per_wan: FloatArray, columns: int) -> FloatArray:
        """Spread a cost per 万元 of each payment over so many columns of the programme."""
        return np.bincount(self.program_column, per_wan * self.scale, columns).astype(np.float64)
