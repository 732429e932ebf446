"""Which rule is in the way of a money column: the one that charges it most for the room that it takes.

A row charges −dual · coefficient. What a rule charges adds up over its rows.
"""

import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.optimize.build import Model
from zxsim.optimize.clauses import placed_blocks
from zxsim.optimize.solution import ZERO
from zxsim.optimize.stages import Answer
from zxsim.rules.budget import KIND as BUDGET
from zxsim.schema.scenario import Scenario

NONE = -1
"""Position of nothing."""


class Charges:
    """Budgets and rules by what they charge; costs, states and targets are in nobody's way."""

    def __init__(self, model: Model, scenario: Scenario) -> None:
        """Tell whose each row of the programme is."""
        self._matrix = model.program.matrix
        self._of_row = np.full(self._matrix.shape[0], NONE)
        self._position: dict[tuple[str, str], int] = {}
        clauses: list[str] = []
        for block, rows, _ in placed_blocks(model):
            if block.kind != BUDGET and block.rule not in scenario.rule:
                continue
            self._of_row[rows] = self._position.setdefault((block.rule, block.kind), len(clauses))
            if len(self._position) > len(clauses):
                clauses.append(block.clause)
        self._clauses = np.array([*clauses, ""], dtype=object)
        self._names = np.array([*(rule for rule, _ in self._position), ""], dtype=object)
        self._budget = np.array([kind == BUDGET for _, kind in self._position], dtype=np.bool_)

    def words(self, rule: IntArray) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """Ids and clauses of rules or funds by position, empty for :data:`NONE`."""
        return self._names[rule], self._clauses[rule]

    def in_the_way(self, columns: IntArray, price: FloatArray, answer: Answer) -> tuple[IntArray, BoolArray]:
        """Position of the rule that charges each column most, and whether it alone keeps the column out.

        A rule does where the column would come in without its charge; else money may be what is missing.

        Parameters
        ----------
        columns : int array (asked,)
        price : float array (asked,)
            Their reduced costs in the stage of ``answer``.
        """
        asked, rule, charge = self._charged(columns, answer)
        ruled = ~self._budget[rule]
        by_rule, most = _largest(asked[ruled], rule[ruled], charge[ruled], len(columns))
        by_any, _ = _largest(asked, rule, charge, len(columns))
        alone: BoolArray = (by_rule != NONE) & (most >= price - ZERO * answer.size)
        return np.where(alone, by_rule, by_any), alone

    def _charged(self, columns: IntArray, answer: Answer) -> tuple[IntArray, IntArray, FloatArray]:
        """Position within ``columns``, rule and charge: an entry a pair, in the order of their first rows."""
        held = self._matrix[:, columns]
        rule, charge = self._of_row[held.indices], -answer.dual[held.indices] * held.data
        charging = (rule != NONE) & (charge > ZERO * answer.size)
        asked, rule = np.repeat(np.arange(len(columns)), np.diff(held.indptr))[charging], rule[charging]
        pair = asked * len(self._names) + rule
        _, first, of = np.unique(pair, return_index=True, return_inverse=True)
        total = np.bincount(of, charge[charging], len(first)).astype(float)
        order = np.argsort(first)
        return asked[first[order]], rule[first[order]], total[order]


def _largest(asked: IntArray, rule: IntArray, charge: FloatArray, count: int) -> tuple[IntArray, FloatArray]:
    """Rule with the largest charge, the first of equals, and that charge; :data:`NONE` and 0 without any."""
    found, most = np.full(count, NONE), np.zeros(count)
    order = np.lexsort((-charge, asked))
    at = order[leads(asked[order])]
    found[asked[at]], most[asked[at]] = rule[at], charge[at]
    return found, most


def leads(group: IntArray) -> BoolArray:
    """Which entries are the first of their group, groups (0 and above) one after the other.

    >>> leads(np.array([0, 0, 3, 3, 4])).tolist()
    [True, False, True, False, True]
    """
    first: BoolArray = np.diff(group, prepend=NONE) != 0
    return first
