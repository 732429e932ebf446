"""Targets under simulated incomes: which are met in each replication, and by what value.

A place's simulated level is the plan's own, moved by what its households' mean income differs from what
the plan expects of them, in proportion to their part of the population. So a simulation without shocks and
without uncertainty gives the plan's own figures at every place. Coverage is what the plan builds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, Layout
from zxsim.optimize.targets import TargetRows
from zxsim.simulate.case_targets import CaseRows
from zxsim.simulate.engine import Outcome
from zxsim.simulate.gains import INCOME
from zxsim.simulate.setup import Setup


@dataclass(frozen=True, eq=False)
class SimulatedTargets:
    """The targets of a plan, to be judged in each replication.

    Attributes
    ----------
    indicators : sequence of str
        Indicator of each target.
    amounts : float array (payments,)
        万元 of the plan.
    setup : Setup
        With every parameter at its stated value: what the plan expects.
    cases : sequence of CaseRows
        Targets that only the simulation knows; their rows come after the others.
    """

    targets: Sequence[TargetRows]
    indicators: Sequence[str]
    amounts: FloatArray
    setup: Setup
    layout: Layout
    cases: Sequence[CaseRows] = ()

    def met(self, outcome: Outcome) -> BoolArray:
        """Which rows are met, shape *(replications, rows)*."""
        parts = [
            np.array([rows.met_at(level) for level in levels]).reshape(len(levels), len(rows.place))
            for rows, levels in self._levels(outcome)
        ]
        none = np.zeros((len(outcome.replications), 0), dtype=np.bool_)
        return np.concatenate([none, *parts, *(rows.met(outcome) for rows in self.cases)], axis=1)

    def values(self, outcome: Outcome) -> FloatArray:
        """Value of each row in the unit of its relation, shape *(replications, rows)*."""
        parts = [
            np.array([rows.planned_at(level) for level in levels]).reshape(len(levels), len(rows.place))
            for rows, levels in self._levels(outcome)
        ]
        counts = [rows.counts(outcome) for rows in self.cases]
        return np.concatenate([np.zeros((len(outcome.replications), 0)), *parts, *counts], axis=1)

    def levels_of_rows(self, outcome: Outcome) -> FloatArray:
        """Level of each planned row's own place, shape *(replications, rows)*."""
        parts = [rows.levels_at(levels) for rows, levels in self._levels(outcome)]
        return np.concatenate([np.zeros((len(outcome.replications), 0)), *parts], axis=1)

    def _levels(self, outcome: Outcome) -> Sequence[tuple[TargetRows, FloatArray]]:
        """Level of each target in each replication, shape *(replications, places, length)*."""
        differs = self._difference(outcome)
        found = []
        for rows, indicator in zip(self.targets, self.indicators, strict=True):
            planned = rows.level.exact(self.amounts)
            levels = np.repeat(planned[None], len(outcome.replications), axis=0)
            if indicator == INCOME:
                share = self._shares(rows)
                levels = levels + np.einsum("pc,yrc->rpy", share, differs[: rows.level.length])
            found.append((rows, levels))
        return found

    def _difference(self, outcome: Outcome) -> FloatArray:
        """Simulated less expected income, shape *(years, replications, places of the census)*."""
        expected = self.setup.base + self.setup.gain
        difference: FloatArray = outcome.income - expected[:, None, :]
        return difference

    def _shares(self, rows: TargetRows) -> FloatArray:
        """Part of the population of each place that lives in each place of the census."""
        census = self.setup.population.census
        shares = np.zeros((len(rows.level.places), len(census.place)))
        for _, owner in self.layout.places.owners(rows.level.places):
            holder = owner[census.place]
            inside = np.flatnonzero(holder >= 0)
            shares[holder[inside], inside] = (
                self.setup.population.persons[inside] / rows.level.recipients[holder[inside]]
            )
        return shares
