"""One stage and the chain by zxsim, and one stage by HiGHS alone, from the same finished arrays."""

from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
from clock import Cost

from zxsim.optimize.build import Model, build
from zxsim.optimize.classes import classes_of
from zxsim.optimize.integer import Best, best
from zxsim.optimize.solution import Face, SolverSettings
from zxsim.optimize.solvers import solver_for
from zxsim.schema.load import load

PATIENCE_SECONDS = 900
"""After so long HiGHS in one piece is stopped: a province with one pool takes it more than an hour."""


@dataclass(frozen=True)
class Answer:
    """Benefit reached (``None``: stopped before), and what of the time went into building the model."""

    benefit: float | None
    building: Cost | None = None


def highs_in_one_piece(model: Model) -> Answer:
    """HiGHS as it comes, on one thread, given finished arrays, stopped when patience ends."""
    program = model.program
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 (highspy takes no names)
    highs.setOptionValue("threads", 1)
    matrix, (rows, columns) = program.matrix, program.matrix.shape
    by_column, minimise, offset = 1, 1, 0.0
    highs.passModel(
        *(columns, rows, matrix.nnz, by_column, minimise, offset),
        *(
            model.costs["benefit"],
            program.column_lower,
            program.column_upper,
            program.row_lower,
            program.row_upper,
        ),
        *(matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data),
        np.zeros(columns, dtype=np.int32),
    )
    highs.setOptionValue("time_limit", PATIENCE_SECONDS)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
        return Answer(None)
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return Answer(-highs.getInfo().objective_function_value)


def model_of(folder: Path) -> Model:
    """Load and build, interchangeable funds as one class, as the job does."""
    loaded = load(folder)
    return build(loaded.spec, classes_of(loaded.spec, loaded.layout).layout)


def one_stage(model: Model) -> Answer:
    """Zxsim's one stage: finished arrays to solution, in blocks where there are any."""
    found = solver_for(model.program, SolverSettings()).solve(model.costs["benefit"], Face.of(model.program))
    assert found.status.has_solution
    return Answer(-found.objective)


def best_plans(model: Model) -> Best:
    """Run all stages; the plans to compare with are worked out when asked for."""
    return best(model, SolverSettings())
