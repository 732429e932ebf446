"""Rows that count projects, judged from the money that each gets; a programme needs binaries for them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zxsim.core.blocks import RowBlock, Sides, Unit
from zxsim.core.layout import BoolArray, IntArray, Layout


@dataclass(frozen=True, eq=False, kw_only=True)
class CountRows(RowBlock):
    """Rows of a rule on how many projects there are.

    ``bound`` is the limit less what the place has already, so a programme with a binary y for each
    project asks Σ y[project of the row] ⋛ bound; ``norm`` is 1.

    Attributes
    ----------
    row, project : int array (pairs,)
        Which projects a row may count, as positions of rows and projects.
    already : int array (rows,)
        What the place has before the plan.
    counting : bool array (columns,)
        Money columns that count for the rule: its funds and years, at any part of a project.
    needed : int array (projects,)
        Units from those columns that make a project count: its public cost or smallest useful amount
        for a floor, one unit for a cap.
    """

    row: IntArray
    project: IntArray
    already: IntArray
    counting: BoolArray
    needed: IntArray
    column_project: IntArray

    @property
    def unit(self) -> Unit:
        """Projects."""
        return "count"

    def counted(self, units: IntArray) -> BoolArray:
        """Which projects a plan makes count, shape *(projects,)*."""
        got = np.zeros(len(self.needed), dtype=np.int64)
        np.add.at(got, self.column_project[self.counting], units[self.counting])
        done: BoolArray = got >= self.needed
        return done

    def left(self, units: IntArray) -> NDArray[np.object_]:
        """Projects that count in each row, without those that are there already."""
        total = np.zeros(len(self), dtype=np.int64)
        np.add.at(total, self.row, self.counted(units)[self.project].astype(np.int64))
        return total.astype(object)

    def sides(self, units: IntArray) -> Sides:
        """Projects with those that are there already, the limit, and the distance."""
        exact = self.left(units)
        left, right = exact + self.already, self.bound + self.already
        distance = self.in_units(self.room(exact))
        return Sides(left.astype(float), right.astype(float), distance, distance <= 0)


def projects_at(layout: Layout, chosen: BoolArray, places: IntArray | None) -> tuple[IntArray, IntArray]:
    """Pairs (row, project) of the chosen projects with a part at each place or below it.

    Parameters
    ----------
    chosen : bool array (projects,)
    places : int array or None
        Positions, one row each; ``None`` for one row of all places together.
    """
    if places is None:
        project = np.flatnonzero(chosen)
        return np.zeros(len(project), dtype=np.int64), project
    parts = np.flatnonzero(chosen[layout.part_project])
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for _, owner in layout.places.owners(places):
        at = owner[layout.part_place[parts]]
        pairs.append(np.stack([at[at >= 0], layout.part_project[parts[at >= 0]]], axis=1))
    row, project = np.unique(np.concatenate(pairs), axis=0).T
    return row, project
