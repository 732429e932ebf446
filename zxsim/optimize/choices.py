"""Yes-or-no columns: which projects are chosen, and in which year a project starts or is complete.

y[p] = 1 where project p gets money; ``full[p]`` = 1 where a project that others require is paid in full;
z[p,t] = 1 where a fixed project is paid in way t, or a whole one has got its last payment in year t.
Every row mixes money and yes-or-no columns with whole coefficients, so that a given choice leaves rows
of plain money, which are judged exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.blocks import Relation
from zxsim.core.counts import CountRows
from zxsim.core.layout import BoolArray, IntArray, Layout
from zxsim.core.program import ProgramBuilder
from zxsim.optimize.choicerows import ChoiceRows


@dataclass(frozen=True, eq=False)
class Takes:
    """Years from which all-or-nothing projects take effect, one entry a z column.

    ``choice`` is the position of z among the choices, ``project`` and ``year`` (from the first of the
    horizon) say which project takes effect when.
    """

    choice: IntArray
    project: IntArray
    year: IntArray


class Choices:
    """All yes-or-no columns of a model and the rows that tie them to the money."""

    def __init__(self, layout: Layout, timed: BoolArray, counts: Sequence[CountRows]) -> None:
        """Gather them; ``timed`` says which whole projects need the year of their last payment."""
        self.layout = layout
        self.names: list[str] = []
        self.rows: list[ChoiceRows] = []
        self.chosen = self._new("y(", np.flatnonzero(layout.modes.chosen))
        self._costs()
        self._links()
        self.takes = self._timing(timed)
        self.counted = [self._count(block) for block in counts]

    def __len__(self) -> int:
        return len(self.names)

    def _new(self, name: str, projects: IntArray) -> IntArray:
        """Add a choice for each project, its name beginning with ``name``; −1 for the others."""
        at = np.full(len(self.layout.projects), -1, dtype=np.int64)
        at[projects] = len(self.names) + np.arange(len(projects))
        self.names += [f"{name}{self.layout.project_ids[p]})" for p in projects]
        return at

    def _costs(self) -> None:
        """A chosen project takes its whole cost, or its minimum and no more than its cost; others nothing."""
        layout, modes = self.layout, self.layout.modes
        chosen = self.chosen >= 0
        forms: tuple[tuple[str, Relation, BoolArray], ...] = (
            ("whole", "=", chosen & modes.whole),
            ("chosen", "<=", chosen & ~modes.whole),
        )
        for kind, relation, projects in forms:
            parts = np.flatnonzero(projects[layout.part_project])
            project = layout.part_project[parts]
            names = [
                f"{layout.project_ids[p]},{layout.places.ids[v]}"
                for p, v in zip(project, layout.part_place[parts], strict=True)
            ]
            row, column = _members(layout.column_part, parts)
            self._add(kind, relation, names, row, column, self.chosen[project], -layout.part_cost[parts])
        least = np.flatnonzero(chosen & ~modes.whole & (modes.minimum > 0))
        row, column = _members(layout.column_project, least)
        names = [layout.project_ids[p] for p in least]
        self._add("minimum", ">=", names, row, column, self.chosen[least], -modes.minimum[least])

    def _links(self) -> None:
        """A project waits for those it requires; of two that exclude each other one gets nothing."""
        layout, modes = self.layout, self.layout.modes
        done = self._done(np.unique(modes.requires[:, 1]))
        none = np.zeros(0, dtype=np.int64)
        for kind, pairs, second in (
            ("requires", modes.requires, done),
            ("excludes", modes.excludes, self.chosen),
        ):
            count, waits = len(pairs), kind == "requires"
            if count:
                names = [f"{layout.project_ids[a]},{layout.project_ids[b]}" for a, b in pairs]
                both = np.concatenate([self.chosen[pairs[:, 0]], second[pairs[:, 1]]])
                weight = np.repeat(np.array([1, -1 if waits else 1]), count)
                bound = np.full(count, 0 if waits else 1, dtype=np.int64)
                at = np.tile(np.arange(count), 2)
                self.rows.append(ChoiceRows(kind, "<=", names, none, none, at, both, weight, bound))

    def _done(self, wanted: IntArray) -> IntArray:
        """Which choice says that a project is done: its own, or a new one for a divisible project."""
        layout, modes = self.layout, self.layout.modes
        itself = modes.whole | (modes.minimum > 0)
        divisible = wanted[~itself[wanted]]
        full = self._new("full(", divisible)
        row, column = _members(layout.column_project, divisible)
        names = [layout.project_ids[p] for p in divisible]
        self._add("full", ">=", names, row, column, full[divisible], -layout.project_cost[divisible])
        return np.where(itself, self.chosen, full)

    def _count(self, block: CountRows) -> IntArray:
        """Which choice says that a project counts for a rule, by pair of the block."""
        projects = np.unique(block.project)
        counts = self._new(f"counts({block.rule},", projects)
        columns = np.flatnonzero(block.counting)
        row, at = _members(block.column_project[columns], projects)
        cap = block.relation == "<="
        weight = self.layout.project_cost[projects] if cap else block.needed[projects]
        names = [f"{block.rule},{self.layout.project_ids[p]}" for p in projects]
        self._add("counted", "<=" if cap else ">=", names, row, columns[at], counts[projects], -weight)
        return counts[block.project]

    def _timing(self, timed: BoolArray) -> Takes:
        """Columns z: the way of a fixed project, the year of the last payment of a whole one."""
        layout = self.layout
        found: list[tuple[int, int, int]] = []
        for project in np.flatnonzero(self.chosen >= 0):
            ways = layout.modes.outlays.get(int(project))
            if ways is not None:
                found += self._ways(int(project), ways)
            elif layout.modes.whole[project] and timed[project]:
                found += self._completion(int(project))
        choice, project_, year = np.array(found, dtype=np.int64).reshape(-1, 3).T
        return Takes(choice, project_, year)

    def _ways(self, project: int, ways: IntArray) -> list[tuple[int, int, int]]:
        """A fixed project is paid in one of its ways: the money of each year is that of the way chosen."""
        columns = self._columns_of(project)
        last = [int(np.flatnonzero(way)[-1]) for way in ways]
        z = self._dated(project, last)
        years = np.arange(len(self.layout.years))
        way, year = np.nonzero(ways)
        name = self.layout.project_ids[project]
        self.rows.append(
            ChoiceRows(
                "outlay",
                "=",
                [f"{name},{self.layout.years[t]}" for t in years],
                self.layout.column_year[columns],
                columns,
                year,
                z[way],
                -ways[way, year],
                0 * years,
            )
        )
        return [(int(at), project, t) for at, t in zip(z, last, strict=True)]

    def _completion(self, project: int) -> list[tuple[int, int, int]]:
        """A whole project is complete in the first year by whose end all its cost is paid.

        Not before (``complete``), and not after either: until then a unit is missing (``incomplete``).
        """
        columns = self._columns_of(project)
        years = np.unique(self.layout.column_year[columns])
        if not len(years):
            return []
        z = self._dated(project, [int(t) for t in years])
        paid = [columns[self.layout.column_year[columns] <= t] for t in years]
        row = np.repeat(np.arange(len(years)), [len(at) for at in paid])
        upto = np.tril_indices(len(years))
        cost = int(self.layout.project_cost[project])
        name = self.layout.project_ids[project]
        labels = [f"{name},{self.layout.years[t]}" for t in years]
        zero = np.zeros(len(years), dtype=np.int64)
        column, weight = np.concatenate(paid), np.full(len(upto[0]), -cost)
        self.rows.append(ChoiceRows("complete", ">=", labels, row, column, upto[0], z[upto[1]], weight, zero))
        later, ones = np.triu_indices(len(years), 1), np.ones(len(upto[0]) - len(years), dtype=np.int64)
        self.rows.append(
            ChoiceRows("incomplete", "<=", labels, row, column, later[0], z[later[1]], ones, zero + cost)
        )
        return [(int(at), project, int(t)) for at, t in zip(z, years, strict=True)]

    def _columns_of(self, project: int) -> IntArray:
        """Money columns of a project; columns are sorted by part, and parts by project."""
        first, end = np.searchsorted(self.layout.column_project, [project, project + 1])
        return np.arange(first, end)

    def _dated(self, project: int, years: list[int]) -> IntArray:
        """Add z columns of a project and the row Σ z = y."""
        first = len(self.names)
        name = self.layout.project_ids[project]
        self.names += [f"z({name},{self.layout.years[t]})" for t in years]
        z = first + np.arange(len(years))
        none = np.zeros(0, dtype=np.int64)
        both = np.concatenate([z, [self.chosen[project]]])
        weight = np.concatenate([np.ones(len(z), dtype=np.int64), [-1]])
        zero = np.zeros(1, dtype=np.int64)
        self.rows.append(
            ChoiceRows("dated", "=", [name], none, none, np.zeros(len(both), np.int64), both, weight, zero)
        )
        return z

    def _add(
        self,
        kind: str,
        relation: Relation,
        names: list[str],
        row: IntArray,
        column: IntArray,
        choice: IntArray,
        weight: IntArray,
    ) -> None:
        """Add rows with one choice each."""
        if names:
            at = np.arange(len(names))
            self.rows.append(ChoiceRows(kind, relation, names, row, column, at, choice, weight, 0 * at))

    def add_to(self, builder: ProgramBuilder) -> IntArray:
        """Add the columns and rows; return the positions of the choices in the programme."""
        count = len(self.names)
        columns = builder.add_columns(np.zeros(count), np.ones(count), lambda: self.names, integer=True)
        for block in self.rows:
            block.add_to(builder, columns)
        return columns


def _members(key: IntArray, wanted: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs (position within ``wanted``, column) of the columns whose key is wanted."""
    at = np.full(int(max(key.max(initial=-1), wanted.max(initial=-1))) + 1, -1, dtype=np.int64)
    at[wanted] = np.arange(len(wanted))
    columns = np.flatnonzero(at[key] >= 0)
    return at[key[columns]], columns
