"""Which clauses contradict each other, when no plan keeps them all.

A clause is a rule, a fund's budget or a required project, with all its rows; costs and the other facts
are always kept. Clauses are dropped one at a time, and one that is not missed stays dropped (deletion
filter, Chinneck 2008): what is left is a set that cannot be kept, and can once any member is dropped.
Then that set is dropped whole and the search goes on, so that conflicts that share no clause are all found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import IntArray
from zxsim.errors import Message
from zxsim.optimize.build import Model, required_parts
from zxsim.optimize.highs import Face, SolverSettings, Status
from zxsim.optimize.solvers import solver_for
from zxsim.rules.budget import KIND as BUDGET
from zxsim.schema.scenario import Scenario

MOST_REQUIRED = 50
"""Up to so many required projects are clauses of their own; more are one clause together."""


@dataclass(frozen=True, eq=False)
class Clause:
    """One thing that could be given up: how the scenario names it, and its rows in the programme."""

    name: str
    rows: IntArray


class Conflicts:
    """Searches the clauses of a model that has no plan."""

    def __init__(self, model: Model, scenario: Scenario, settings: SolverSettings) -> None:
        """Gather the clauses; required projects first, then rules, then budgets, in the order of dropping."""
        self._program = model.program
        self._solver = solver_for(model.program, settings)
        self._cost = np.zeros(len(model.program.column_lower))
        self.clauses = _clauses(model, scenario)

    def can_keep(self, kept: Sequence[Clause]) -> bool:
        """Whether some plan keeps these clauses and all facts."""
        face = Face.of(self._program)
        names = {clause.name for clause in kept}
        for clause in self.clauses:
            if clause.name not in names:
                face.row_lower[clause.rows], face.row_upper[clause.rows] = -np.inf, np.inf
        return self._solver.solve(self._cost, face).status is not Status.INFEASIBLE

    def sets(self) -> list[list[Clause]]:
        """Return irreducible sets that share no clause, until the rest can be kept."""
        found: list[list[Clause]] = []
        rest = list(self.clauses)
        while rest and not self.can_keep(rest):
            core = self._irreducible(rest)
            if not core:  # the facts themselves contradict each other
                break
            found.append(core)
            names = {clause.name for clause in core}
            rest = [clause for clause in rest if clause.name not in names]
        return found

    def _irreducible(self, clauses: list[Clause]) -> list[Clause]:
        core = list(clauses)
        for clause in clauses:
            without = [other for other in core if other is not clause]
            if not self.can_keep(without):
                core = without
        return core


def conflict_messages(model: Model, scenario: Scenario, settings: SolverSettings) -> list[Message]:
    """Say that there is no plan, and name each set of clauses that contradict each other."""
    sets = Conflicts(model, scenario, settings).sets()
    named = [
        Message(
            "conflict" if len(core) > 1 else "conflict_alone", {"clauses": [clause.name for clause in core]}
        )
        for core in sets
    ]
    return [Message("infeasible", {}), *named]


def _clauses(model: Model, scenario: Scenario) -> list[Clause]:
    rules, budgets, required, first = [], [], [], 0
    for block in (*model.rules, *model.facts):
        rows = np.arange(first, first + len(block))
        first += len(block)
        if not len(rows) or block.kind == "cost":
            continue
        if block.kind == "required":
            required = _required(rows, model)
        elif block.kind == BUDGET:
            fund = scenario.fund[block.rule]
            budgets.append(Clause(_name("fund", block.rule, fund.clause, fund.label), rows))
        else:
            rule = scenario.rule[block.rule]
            rules.append(Clause(_name("rule", block.rule, rule.clause, rule.label), rows))
    return [*required, *rules, *budgets]


def _required(rows: IntArray, model: Model) -> list[Clause]:
    """Name required projects one by one where they are few."""
    layout = model.layout
    projects = layout.part_project[required_parts(layout)]
    if len(np.unique(projects)) > MOST_REQUIRED:
        return [Clause("projects.csv required", rows)]
    return [
        Clause(f"projects.csv {layout.project_ids[project]} required", rows[projects == project])
        for project in np.unique(projects)
    ]


def _name(section: str, record: str, clause: str, label: str) -> str:
    return " ".join(word for word in (f"[{section}.{record}]", clause, label) if word)
