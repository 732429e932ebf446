"""How long it takes to name a planted conflict of three clauses among 20, and its menu, beside one solve.

One solve is the programme of the same county without the conflict, from the arrays and cold: for benefit,
and, which is the harder measure, for any plan.

Usage: python benchmarks/conflict.py [runs]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from library import RULES, SHARE, write_county

from zxsim.optimize.build import Model, build
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.impossible import conflict_messages
from zxsim.optimize.solution import Face, SolverSettings, Start
from zxsim.report.wording import sentence
from zxsim.schema.load import Loaded, load

YEAR = "years = [2021, 2021]\n"
PLANTED = {
    "early3": 'kind = "place_floor"\nat_least_wan = 12000\n' + YEAR,
    "fee": SHARE.format('产业发展", "就业项目", "巩固三保障成果', "at_most", 0.5) + YEAR,
    "spent": SHARE.format("乡村建设行动", "at_most", 0.3) + YEAR,
}
"""In 2021 87% must be spent, but only 50% on three categories and 30% on the fourth."""


def seconds(work: Callable[[], object]) -> float:
    """Wall time of a call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def one_solve(model: Model, weight: float) -> None:
    """Solve a model once, for benefit or (``weight`` 0) for any plan."""
    solver = LinearSolver(model.program, SolverSettings())
    found = solver.solve(weight * model.costs["benefit"], Face.of(model.program), Start.COLD)
    assert found.status.has_solution


def prepared(folder: Path, changed: dict[str, str]) -> tuple[Loaded, Model]:
    """Write, load and build a county."""
    loaded = load(write_county(folder, changed))
    return loaded, build(loaded.spec, loaded.layout)


def main() -> None:
    """Print what was found and the ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        _, fine = prepared(Path(folder) / "fine", {})
        loaded, model = prepared(Path(folder) / "planted", PLANTED)
    for message in conflict_messages(model, loaded.spec, SolverSettings()):
        print(sentence(message, "en"))  # noqa: T201
    times = [
        (
            seconds(lambda: conflict_messages(model, loaded.spec, SolverSettings())),
            seconds(lambda: one_solve(fine, 1)),
            seconds(lambda: one_solve(fine, 0)),
        )
        for _ in range(runs)
    ]
    mine, benefit, anything = (statistics.median(side) for side in zip(*times, strict=True))
    print(  # noqa: T201
        f"conflict and menu among {len(RULES) + 3} clauses: {mine:.3f} s; one solve for benefit "
        f"{benefit:.3f} s, ratio {statistics.median(a / b for a, b, _ in times):.1f}; for any plan "
        f"{anything:.3f} s, ratio {statistics.median(a / c for a, _, c in times):.1f} (medians of {runs})"
    )


if __name__ == "__main__":
    main()
