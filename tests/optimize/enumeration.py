"""The best plan found by trying every choice: each project's states one by one, a linear chain for each.

A state is what the semantics allow a project to be: without money, paid in part, paid in full, or paid in
one of the ways of its outlay. Nothing here reads the yes-or-no columns of a model: the programme is that of
the same projects when all of them are divisible, and a state bounds sums of its money columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from tests.choice_strategies import window
from tests.scenarios import Case, Row, loaded
from zxsim.core.layout import BoolArray, FloatArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import Program
from zxsim.optimize.agenda import Stage
from zxsim.optimize.build import Model, available_units, build
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.solution import Face, SolverSettings, Start, hold

TIED = 1e-7
MODE_CELLS = ("mode", "minimum_wan", "requires", "excludes", "outlay")
Bounds = Mapping[int, tuple[float, float]]
"""Position of a sum → the least and most that it may be, in 万元."""


@dataclass(frozen=True)
class State:
    """What a project may be: bounds on its sums, whether it has money, is done, and counts for the rule."""

    bounds: Bounds
    paid: bool
    done: bool
    counts: bool = False


@dataclass(frozen=True, eq=False)
class Best:
    """Value of each stage of the best choice, as it is minimised, and how many choices tie with it."""

    values: Mapping[str, float]
    tied: int


class Enumeration:
    """All states of all projects of a case with at most one rule that counts projects, named ``count``."""

    def __init__(self, case: Case) -> None:
        """Build the programme of the divisible projects and the sums that states bound."""
        self.case = case
        self.rule = case.rules.get("count")
        rules = {name: rule for name, rule in case.rules.items() if name != "count"}
        plain = [{key: row[key] for key in row if key not in MODE_CELLS} for row in case.projects]
        found = loaded(case.but(projects=plain, rules=rules))
        self.model = build(found.spec, found.layout)
        assert not self.model.has_choices
        self.sums: list[FloatArray] = []
        self.rows = {str(row["id"]): row for row in case.projects}
        self._required = {other for row in case.projects for other in _ids(row, "requires")}
        self._tied = {other for row in case.projects for other in _ids(row, "excludes")}
        self._tied |= {name for name, row in self.rows.items() if row.get("requires") or row.get("excludes")}
        self.states = {name: list(self._states(name)) for name in self.model.layout.project_ids}
        self.program = _with_sums(self.model.program, self.sums)

    def _sum(self, chosen: BoolArray) -> int:
        """Add a sum of money columns and return its position."""
        self.sums.append(chosen.astype(float))
        return len(self.sums) - 1

    def _states(self, name: str) -> Iterator[State]:
        """Yield the states of a project that the semantics allow."""
        layout, row = self.model.layout, self.rows[name]
        project = layout.project_ids.index(name)
        own = layout.column_project == project
        cost = int(layout.project_cost[project]) / UNITS_PER_WAN
        total = self._sum(own)
        least = float(np.ceil(np.round(float(str(row.get("minimum_wan") or 0)) * 100, 6)) / 100)
        mode = str(row.get("mode") or "divisible")
        alone = [State({total: (0, 0)}, paid=False, done=False)]
        if row.get("forbidden"):
            mode = "forbidden"
        elif mode == "divisible":
            if not least and name not in self._tied:
                alone.clear()  # no money is one way of being paid in part
            alone.append(State({total: (least, cost)}, paid=True, done=least > 0))
            if not least and name in self._required:
                alone.append(State({total: (cost, cost)}, paid=True, done=True))
        elif mode == "whole":
            alone.append(State({total: (cost, cost)}, paid=True, done=True))
        else:
            years = [self._sum(own & (layout.column_year == t)) for t in range(len(layout.years))]
            for way in _ways(str(row.get("outlay") or ""), cost, window(row, self.case.years)):
                bounds = {at: (way.get(int(t), 0.0),) * 2 for at, t in zip(years, layout.years, strict=True)}
                alone.append(State(bounds, paid=True, done=True))
        for state in alone:
            yield from self._counting(state, own, cost, least, row)

    def _counting(self, state: State, own: BoolArray, cost: float, least: float, row: Row) -> Iterator[State]:
        """Split a state by whether the project counts for the rule that counts projects."""
        if self.rule is None or row["category"] not in self.rule["categories"]:
            yield state
            return
        layout = self.model.layout
        of_rule = own & _of_rule(self.rule, layout)
        needed, cap = least or cost, "at_most" in self.rule
        money = self._sum(of_rule)
        none = {**state.bounds, money: (0.0, 0.0) if cap else (-np.inf, np.inf)}
        yield State(none, state.paid, state.done, counts=False)
        if state.paid:
            some = {**state.bounds, money: (-np.inf, np.inf) if cap else (needed, np.inf)}
            yield State(some, state.paid, state.done, counts=True)

    @property
    def size(self) -> int:
        """How many combinations of states there are, allowed or not."""
        return prod(len(states) for states in self.states.values())

    def choices(self) -> Iterator[Mapping[str, State]]:
        """Yield every combination of states that links, duties and counts allow."""
        for states in product(*self.states.values()):
            choice = dict(zip(self.states, states, strict=True))
            if self._linked(choice) and self._counted(choice):
                yield choice

    def _linked(self, choice: Mapping[str, State]) -> bool:
        for name, row in self.rows.items():
            if not choice[name].paid:
                if row.get("required"):
                    return False
                continue
            if any(not choice[other].done for other in _ids(row, "requires")):
                return False
            if any(choice[other].paid for other in _ids(row, "excludes")):
                return False
        return True

    def _counted(self, choice: Mapping[str, State]) -> bool:
        if self.rule is None:
            return True
        parents = {str(place["id"]): str(place.get("parent") or "") for place in self.case.places}
        floor, limit = "at_least" in self.rule, self.rule.get("at_least", self.rule.get("at_most"))
        for scope, there in _scopes(self.rule, self.case.places):
            here = there + sum(
                state.counts and (scope == "" or _touches(self.rows[name], scope, parents))
                for name, state in choice.items()
            )
            if here < limit if floor else here > limit:
                return False
        return True

    def best(self, stages: Sequence[Stage]) -> Best | None:
        """Solve the chain of every choice; ``None`` where no choice has a plan.

        Parameters
        ----------
        stages : sequence of Stage
            What is minimised in turn, on the columns of ``self.model``.
        """
        solver = LinearSolver(self.program, SolverSettings())
        best: list[float] | None = None
        tied = 0
        for choice in self.choices():
            values = self._chain(solver, stages, choice, best)
            if values is None:
                continue
            tied = tied + 1 if best is not None and not _less(values, best) else 1
            best = values if tied == 1 else best
        if best is None:
            return None
        return Best(dict(zip([stage.name for stage in stages], best, strict=True)), tied)

    def _chain(
        self,
        solver: LinearSolver,
        stages: Sequence[Stage],
        choice: Mapping[str, State],
        best: Sequence[float] | None,
    ) -> list[float] | None:
        """Values of a choice, ``None`` where it has no plan or is worse than the best so far."""
        face = Face.of(self.program)
        first = len(self.program.row_lower) - len(self.sums)
        for state in choice.values():
            for at, (low, high) in state.bounds.items():
                face.row_lower[first + at] = max(low, face.row_lower[first + at])
                face.row_upper[first + at] = min(high, face.row_upper[first + at])
        if (face.row_lower > face.row_upper).any():
            return None
        values: list[float] = []
        for stage in stages:
            size = float(np.abs(stage.cost).max(initial=0)) or 1.0
            found = solver.solve(stage.cost / size, face)
            if not found.status.has_solution:
                found = solver.solve(stage.cost / size, face, Start.COLD)
            if not found.status.has_solution:
                assert not values
                return None
            values.append(float(stage.cost @ found.x))
            if best is not None and _less(best, values):
                return None
            hold(face, found)
        return values


def stages_for(model: Model, stages: Sequence[Stage], plain: Model) -> list[Stage]:
    """Put the costs of a model's stages on the columns of the divisible one, by the names of the columns.

    Yes-or-no columns carry no cost where projects have no effects or the horizon is one year. The divisible
    model may hold states that no whole project can move: nothing is asked of them.
    """
    at = {name: i for i, name in enumerate(model.program.column_names())}
    columns = np.array([at.get(name, -1) for name in plain.program.column_names()], dtype=np.int64)
    found = []
    for stage in stages:
        cost = np.where(columns < 0, 0.0, stage.cost[columns])
        if stage.name == "benefit":  # a single year: what counts from the last payment is in proportion
            cost = plain.costs["benefit"]
        else:
            assert np.abs(cost).sum() == pytest.approx(np.abs(stage.cost).sum())
        found.append(Stage(stage.name, cost))
    return found


def minimised(name: str, value: float, layout: Layout) -> float:
    """Return a printed stage value as the chain minimises it."""
    if name == "benefit":
        return -value
    return value - available_units(layout) / UNITS_PER_WAN if name == "unallocated" else value


def _less(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the first of two vectors is smaller at the first place where they differ."""
    for a, b in zip(one, other, strict=False):
        if abs(a - b) > TIED * max(1.0, abs(a), abs(b)):
            return a < b
    return False


def _with_sums(program: Program, sums: Sequence[FloatArray]) -> Program:
    """Add a free row for each sum of money columns."""
    matrix = np.zeros((len(sums), program.matrix.shape[1]))
    for i, chosen in enumerate(sums):
        matrix[i, : len(chosen)] = chosen
    free = np.full(len(sums), np.inf)
    return Program(
        sparse.csc_array(sparse.vstack([program.matrix, sparse.csc_array(matrix)])),
        program.column_lower,
        program.column_upper,
        np.concatenate([program.row_lower, -free]),
        np.concatenate([program.row_upper, free]),
        program.column_names,
        lambda: [*program.row_names(), *(f"sum{i}" for i in range(len(sums)))],
        program.integer,
    )


def _ways(outlay: str, cost: float, years: tuple[int, int]) -> Iterator[dict[int, float]]:
    """Yield what a fixed project may be paid by calendar year."""
    entries = outlay.split(";") if outlay else [str(cost)]
    if ":" in outlay:
        yield {int(entry.split(":")[0]): float(entry.split(":")[1]) for entry in entries}
        return
    for start in range(years[0], years[1] - len(entries) + 2):
        yield {start + i: float(entry) for i, entry in enumerate(entries)}


def _ids(row: Row, column: str) -> list[str]:
    return [name for name in str(row.get(column) or "").split(";") if name]


def _of_rule(rule: Mapping[str, Any], layout: Layout) -> BoolArray:
    """Money columns of the funds and years of a rule."""
    chosen = np.ones(len(layout), dtype=np.bool_)
    if "funds" in rule:
        chosen &= np.isin(
            np.array([fund.fund_id for fund in layout.funds])[layout.column_fund], rule["funds"]
        )
    if "years" in rule:
        year = layout.years[layout.column_year]
        chosen &= (year >= rule["years"][0]) & (year <= rule["years"][1])
    return chosen


def _scopes(rule: Mapping[str, Any], places: Sequence[Row]) -> Iterator[tuple[str, int]]:
    """Yield the places that a rule names, each with what is there already; ``""`` is all together."""
    by_column = rule.get("already") == "leading_industries"
    for place in places:
        if place["level"] == rule.get("each") or place["id"] in rule.get("places", ()):
            entries = str(place.get("leading_industries") or "") if by_column else ""
            yield str(place["id"]), len([entry for entry in entries.split(";") if entry])
    if not rule.keys() & {"each", "places"}:
        yield "", 0


def _touches(row: Row, place: str, parents: Mapping[str, str]) -> bool:
    """Whether a project has a part at a place or below it."""

    def inside(low: str, high: str) -> bool:
        return low == high or (low != "" and inside(parents.get(low, ""), high))

    parts = [entry.split(":")[0] for entry in str(row["places"]).split(";")]
    return any(inside(part, place) for part in parts)
