"""How long it takes to name a planted conflict of three clauses among 20, and its menu, beside one solve.

One solve is the programme of the same county without the conflict, for benefit, from the arrays and cold.

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
from zxsim.optimize.highs import Face, LinearSolver, SolverSettings
from zxsim.optimize.impossible import conflict_messages
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


def one_solve(model: Model) -> None:
    """Solve a model once for benefit."""
    solver = LinearSolver(model.program, SolverSettings())
    found = solver.solve(model.costs["benefit"], Face.of(model.program), cold=True)
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
    pairs = [
        (
            seconds(lambda: conflict_messages(model, loaded.spec, SolverSettings())),
            seconds(lambda: one_solve(fine)),
        )
        for _ in range(runs)
    ]
    ratio = statistics.median(ours / one for ours, one in pairs)
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(  # noqa: T201
        f"conflict and menu among {len(RULES) + 3} clauses: {mine:.3f} s beside {other:.3f} s for one solve, "
        f"ratio {ratio:.1f} (median of {runs} pairs)"
    )


if __name__ == "__main__":
    main()
