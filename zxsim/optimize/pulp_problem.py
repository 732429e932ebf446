"""A problem of PuLP made of arrays, and what PuLP says of its end."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pulp

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.errors import InternalError, LimitError, Message
from zxsim.optimize.exchange import finite, folder_for_files
from zxsim.optimize.pulp_solvers import made_solver
from zxsim.optimize.solution import Face, IntegerSolution, Status

if TYPE_CHECKING:
    from scipy import sparse

_STATUS = {
    (pulp.LpStatusOptimal, pulp.LpSolutionOptimal): Status.OPTIMAL,
    (pulp.LpStatusOptimal, pulp.LpSolutionIntegerFeasible): Status.LIMIT,  # stopped with something in hand
    (pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound): Status.LIMIT,
    (pulp.LpStatusInfeasible, pulp.LpSolutionInfeasible): Status.INFEASIBLE,
    (pulp.LpStatusInfeasible, pulp.LpSolutionNoSolutionFound): Status.INFEASIBLE,  # CBC: "Integer infeasible"
    (pulp.LpStatusUnbounded, pulp.LpSolutionUnbounded): Status.UNBOUNDED,
}
"""What PuLP says of the problem and of the solution, taken together: neither alone is to be believed."""


class Problem:
    """A PuLP problem made of arrays, with its variables, and its constraints by row."""

    def __init__(
        self,
        cost: FloatArray,
        face: Face,
        matrix: "sparse.csc_array",
        integer: BoolArray,
        names: tuple[Sequence[str], Sequence[str]] | None = None,
        title: str = "zxsim",
    ) -> None:
        rows, columns = matrix.shape
        column_names, row_names = names or ([f"c{j}" for j in range(columns)], [f"r{i}" for i in range(rows)])
        self.lp = pulp.LpProblem(title, pulp.LpMinimize)
        self.variables = [
            self.lp.add_variable(
                name, finite(low), finite(high), pulp.LpInteger if whole else pulp.LpContinuous
            )
            for name, low, high, whole in zip(
                column_names, face.column_lower, face.column_upper, integer, strict=True
            )
        ]
        self.lp.objective = pulp.LpAffineExpression(self.terms(np.arange(columns), cost))
        self.row: list[int] = []
        self.failure = ""
        self._add_rows(face, matrix.tocsr(), row_names)

    def terms(self, at: IntArray, values: FloatArray) -> list[tuple["pulp.LpVariable", float]]:
        """Pairs of variable and coefficient."""
        return [(self.variables[j], value) for j, value in zip(at.tolist(), values.tolist(), strict=True)]

    def _add_rows(self, face: Face, by_row: "sparse.csr_array", names: Sequence[str]) -> None:
        """Add each row once; PuLP has no ranges, so one with two different limits is added for both."""
        for i, name in enumerate(names):
            lower, upper = face.row_lower[i], face.row_upper[i]
            sides = [(pulp.LpConstraintGE, lower), (pulp.LpConstraintLE, upper)]
            if lower == upper:
                sides = [(pulp.LpConstraintEQ, lower)]
            at = slice(by_row.indptr[i], by_row.indptr[i + 1])
            terms = self.terms(by_row.indices[at], by_row.data[at])
            if not terms:  # a row without columns would bring PuLP's dummy column into the file
                terms = [(variable, 0.0) for variable in self.variables[:1]]
            for sense, limit in sides:
                if np.isfinite(limit):
                    doubled = self.row[-1:] == [i]
                    row = pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, rhs=float(limit))
                    self.lp.addConstraint(row, f"{name}~" if doubled else name)
                    self.row.append(i)

    def solve(self, name: str, keywords: Mapping[str, object]) -> Status | None:
        """Solve; ``None`` for an ending that means nothing, such as a crash of the solver's process."""
        solver = made_solver(name, **keywords)
        with folder_for_files() as folder:
            if isinstance(solver, pulp.LpSolver_CMD):
                solver.tmpDir = folder
            try:
                self.lp.solve(solver)
            except (pulp.PulpSolverError, OSError, ValueError) as error:
                self.failure = str(error)
                return None
        return _STATUS.get((self.lp.status, self.lp.sol_status))

    def failed(self, name: str) -> InternalError:
        """Say that the solver ended in no way that means anything."""
        ending = self.failure or pulp.LpStatus[self.lp.status]
        return InternalError([Message("solver_failed", {"status": f"{name}: {ending}"})])

    def values(self) -> FloatArray:
        """Values of the columns."""
        return np.array([variable.varValue or 0.0 for variable in self.variables])

    def whole(self, status: Status, cost: FloatArray, integer: BoolArray, *, closed: bool) -> IntegerSolution:
        """Answer of a search over whole numbers; a bound is known only where it had to be ``closed``."""
        x = np.where(integer, np.rint(self.values()), self.values())
        in_hand = self.lp.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
        bound = float(cost @ x) if closed and status is Status.OPTIMAL else -np.inf
        return IntegerSolution(status, x if in_hand else np.zeros(0), bound)

    def prices(self, rows: int, name: str) -> tuple[FloatArray, FloatArray]:
        """Reduced costs and duals.

        Raises
        ------
        LimitError
            The solver gives PuLP none, so that nothing can be proved.
        """
        constraints = self.lp.constraints()
        if any(variable.dj is None for variable in self.variables) or any(c.pi is None for c in constraints):
            raise LimitError([Message("solver_without_duals", {"given": name})])
        dual = np.zeros(rows)
        np.add.at(dual, self.row, [constraint.pi for constraint in constraints])
        return np.array([variable.dj for variable in self.variables]), dual
