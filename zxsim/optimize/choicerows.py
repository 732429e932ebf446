"""Rows that mix money with yes-or-no columns, in whole units."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.blocks import Relation, whole
from zxsim.core.layout import IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import ProgramBuilder, Triplets
from zxsim.core.rows import RuleRows


@dataclass(frozen=True, eq=False, kw_only=True)
class NamedRows(RuleRows):
    """Rows of money with names of their own."""

    names: Sequence[str]

    def label(self, layout: Layout, i: int) -> str:
        """Name of row ``i``."""
        del layout
        return self.names[i]


@dataclass(frozen=True, eq=False)
class ChoiceRows:
    """Σ units + Σ weight · choice ⋛ bound, in whole units.

    Attributes
    ----------
    kind, relation : str
        What the rows say, and the relation of all of them.
    names : sequence of str
        What stands in the brackets of each row's label.
    row, column : int array (money nonzeros,)
        Money columns, all with coefficient 1.
    choice_row, choice, weight : int array (choice nonzeros,)
        Positions among the choices, and their coefficients in units.
    bound : int array (rows,)
    """

    kind: str
    relation: Relation
    names: Sequence[str]
    row: IntArray
    column: IntArray
    choice_row: IntArray
    choice: IntArray
    weight: IntArray
    bound: IntArray

    def __len__(self) -> int:
        return len(self.names)

    def labels(self) -> list[str]:
        """Names of the rows, such as ``whole(P1,v)``."""
        return [f"{self.kind}({name})" for name in self.names]

    def add_to(self, builder: ProgramBuilder, choices: IntArray) -> None:
        """Add the rows in 万元; rows without money are kept as they are."""
        paid = np.zeros(len(self), dtype=np.bool_)
        paid[self.row] = True
        unit = np.where(paid, UNITS_PER_WAN, 1)
        nonzeros = Triplets(
            np.concatenate([self.row, self.choice_row]),
            np.concatenate([self.column, choices[self.choice]]),
            np.concatenate([np.ones(len(self.row)), self.weight / unit[self.choice_row]]),
        )
        free, bound = np.full(len(self), np.inf), self.bound / unit
        lower = -free if self.relation == "<=" else bound
        upper = free if self.relation == ">=" else bound
        builder.add_rows(lower, upper, nonzeros, self.labels)

    def given(self, choice: IntArray) -> NamedRows:
        """Return what the rows ask of the money once every choice is made (0 or 1 each)."""
        taken = np.bincount(self.choice_row, self.weight * choice[self.choice], len(self))
        zero = np.zeros(len(self), dtype=np.int64)
        return NamedRows(
            rule=self.kind,
            kind=self.kind,
            clause="",
            relation=self.relation,
            place=zero - 1,
            year=zero,
            since=zero,
            row=self.row,
            column=self.column,
            coefficient=np.ones(len(self.row), dtype=np.int64),
            bound=whole(self.bound - np.rint(taken).astype(np.int64)),
            norm=whole(zero + 1),
            names=self.labels(),
        )
