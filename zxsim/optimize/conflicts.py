"""Which clauses contradict each other, when no plan keeps them all.

Costs and the other facts are always kept. What is found is a set that cannot be kept, and can once any
member is dropped: the same as by dropping clauses one at a time in their order (deletion filter, Chinneck
2008), found by halves (QuickXplain, Junker 2004). Then that set is dropped whole and the search goes on, so
that conflicts that share no clause are all found. Within a set the same is done with the years and the
places of its clauses.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from zxsim.core.layout import BoolArray, IntArray
from zxsim.optimize.build import Model
from zxsim.optimize.clauses import Clause, clauses_of, years_text
from zxsim.optimize.feasible import status_of
from zxsim.optimize.highs import Face, LinearSolver, SolverSettings, Status
from zxsim.schema.scenario import Scenario

MOST_SOLVES = 150
"""So many solves at most are spent on the years, and again on the places, of one set."""

RAY_ZERO = 1e-9
MOST_PLACES = 5
"""So many places are named, of more only how many."""


T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Core:
    """An irreducible set, and for each clause its rows that take part (all where the search gave up)."""

    clauses: Sequence[Clause]
    rows: Mapping[str, IntArray]

    def years(self, clause: Clause) -> list[int]:
        """Years of a clause that take part, without the whole period."""
        at = np.isin(clause.rows, self.rows[clause.name])
        return [int(year) for year in np.unique(clause.year[at]) if year]


class Conflicts:
    """Searches the clauses of a model that has no plan."""

    def __init__(self, model: Model, scenario: Scenario, settings: SolverSettings) -> None:
        """Gather the clauses in the order of dropping."""
        self.program = model.program
        self.solver, self._settings = LinearSolver(model.program, settings), settings
        self._places = model.layout.places
        self.clauses = clauses_of(model, scenario)
        self._every = np.concatenate([np.zeros(0, dtype=np.int64), *(clause.rows for clause in self.clauses)])

    def face(self, kept: Sequence[Clause]) -> Face:
        """Everything that keeps these clauses and all facts."""
        return self._face(np.concatenate([self._every[:0], *(clause.rows for clause in kept)]))

    def _face(self, rows: IntArray) -> Face:
        face = Face.of(self.program)
        dropped = np.setdiff1d(self._every, rows)
        face.row_lower[dropped], face.row_upper[dropped] = -np.inf, np.inf
        return face

    def can_keep(self, kept: Sequence[Clause]) -> bool:
        """Whether some plan keeps these clauses and all facts."""
        return self._possible(self.face(kept))

    def _can_keep_rows(self, rows: IntArray) -> bool:
        return self._possible(self._face(rows))

    def _possible(self, face: Face) -> bool:
        return status_of(self.program, face, self.solver, self._settings) is not Status.INFEASIBLE

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
        """Last in the order of dropping, first in the order of what is kept."""
        core = irreducible(clauses[::-1], self.can_keep)
        return [clause for clause in clauses if clause in core]

    def refined(self, clauses: Sequence[Clause]) -> Core:
        """Find which years of each clause take part, then which places."""
        rows = {clause.name: clause.rows for clause in clauses}
        for by in ("year", "place"):
            wanted = {
                clause.name: np.isin(clause.rows, rows[clause.name], assume_unique=True) for clause in clauses
            }
            groups = [
                group
                for clause in clauses
                for group in _groups(clause, wanted[clause.name], places=by == "place")
            ]
            if len(groups) == len(clauses):
                continue
            part = self._taking_part(groups)
            if part is None:
                break
            rows = {name: np.intersect1d(own, part) for name, own in rows.items()}
        return Core(clauses, rows)

    def _taking_part(self, groups: list[IntArray]) -> IntArray | None:
        """Rows of all irreducible sets of groups that share none; ``None`` where that takes too long."""
        solves, found = 0, []
        rest = list(groups)

        def can_keep(kept: Sequence[IntArray]) -> bool:
            nonlocal solves
            solves += 1
            return self._can_keep_rows(np.concatenate([self._every[:0], *kept]))

        while rest and not can_keep(rest):
            suspects = self._suspects(rest)
            core = irreducible(suspects, can_keep)
            if not core or solves > MOST_SOLVES:
                return None
            found += core
            rest = [group for group in rest if not any(group is one for one in core)]
        return np.concatenate(found) if found else None

    def _suspects(self, groups: list[IntArray]) -> list[IntArray]:
        """Groups with a row in the solver's proof of infeasibility; all where it has none."""
        ray = self.solver.ray()
        if ray is None:
            return groups
        size = np.abs(ray)
        return [group for group in groups if size[group].max(initial=0) > RAY_ZERO * size.max()] or groups

    def shown(self, core: Core) -> list[str]:
        """Name each clause, with the years and places that take part where not all of its own do."""
        return [" ".join([clause.name, *self._part(core, clause)]) for clause in core.clauses]

    def _part(self, core: Core, clause: Clause) -> list[str]:
        at = np.isin(clause.rows, core.rows[clause.name])
        words = []
        years = np.unique(clause.year)
        if 0 < len(took := np.unique(clause.year[at])) < len(years):
            words.append(years_text([int(year) for year in took]))
        places = np.unique(clause.place)
        if clause.kind != "required" and 0 < len(here := np.unique(clause.place[at])) < len(places):
            names = [self._places.names[place] for place in here]
            words.append(
                ", ".join(names[:MOST_PLACES]) + (f" … ({len(names)})" if len(names) > MOST_PLACES else "")
            )
        return [f"[{'; '.join(words)}]"] if words else []


def _groups(clause: Clause, wanted: BoolArray, *, places: bool) -> list[IntArray]:
    """Rows of a clause that are wanted, by year, or by year and place."""
    keys = np.stack([clause.year, clause.place if places else np.zeros_like(clause.year)], axis=1)[wanted]
    rows = clause.rows[wanted]
    _, at = np.unique(keys, axis=0, return_inverse=True)
    return [rows[at.ravel() == i] for i in range(int(at.max(initial=-1)) + 1)]


def irreducible(items: Sequence[T], can_keep: Callable[[Sequence[T]], bool]) -> list[T]:
    """Return a smallest part of ``items`` that cannot be kept together, by halves (QuickXplain).

    Parameters
    ----------
    items : sequence
        Together they cannot be kept. An item is in the result only where those before it do not do
        without it, so the last ones are dropped first.
    can_keep : callable
        Whether some of them can.
    """
    if not can_keep([]):
        return []

    def needed(background: list[T], candidates: list[T], *, grown: bool) -> list[T]:
        if grown and not can_keep(background):
            return []
        if len(candidates) == 1:
            return candidates
        half = len(candidates) // 2
        first, last = candidates[:half], candidates[half:]
        of_last = needed(background + first, last, grown=True)
        return needed(background + of_last, first, grown=bool(of_last)) + of_last

    return needed([], list(items), grown=False)
