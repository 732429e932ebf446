"""One task on one scenario in this process alone, so that its memory can be told: prints JSON.

Usage: python benchmarks/apart.py TASK FOLDER, from ``allocation.py``.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from clock import Cost, peak_mib, timed


@dataclass(frozen=True)
class Found:
    """What a task took: its cost, parts, and the most memory held, ``before`` it began and in all.

    ``benefit`` is the objective of tasks of one stage.
    """

    cost: Cost
    before_mib: float
    peak_mib: float
    benefit: float | None = None
    parts: Mapping[str, Cost] = field(default_factory=dict)


def run_apart(task: str, folder: Path) -> Found:
    """Run a task in a process of its own."""
    command = [sys.executable, __file__, task, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (this file)
    found = json.loads(done.stdout)
    parts = {name: Cost(**cost) for name, cost in found.pop("parts").items()}
    return Found(Cost(**found.pop("cost")), parts=parts, **found)


def _stage(folder: Path) -> Found:
    from solves import model_of, one_stage  # noqa: PLC0415 (a process holds what it uses)

    model = model_of(folder)
    before = peak_mib()
    cost, answer = timed(lambda: one_stage(model))
    return Found(cost, before, peak_mib(), answer.benefit)


def _one_piece(folder: Path) -> Found:
    from solves import highs_in_one_piece, model_of  # noqa: PLC0415 (a process holds what it uses)

    model = model_of(folder)
    before = peak_mib()
    cost, answer = timed(lambda: highs_in_one_piece(model))
    return Found(cost, before, peak_mib(), answer.benefit)


def _chain(folder: Path) -> Found:
    from solves import best_plans, model_of  # noqa: PLC0415 (a process holds what it uses)

    model = model_of(folder)
    before = peak_mib()
    cost, found = timed(lambda: best_plans(model))
    peak = peak_mib()
    others, _ = timed(found.compared)
    return Found(cost, before, peak, parts={"comparison plans": others})


def _job(folder: Path) -> Found:
    from fulljob import full_job  # noqa: PLC0415 (a process holds what it uses)

    before = peak_mib()
    with TemporaryDirectory() as results:
        parts = full_job(folder, Path(results))
    return Found(sum(parts.values(), Cost()), before, peak_mib(), parts=parts)


TASKS: Mapping[str, Callable[[Path], Found]] = {
    "stage": _stage,
    "one piece": _one_piece,
    "chain": _chain,
    "job": _job,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(TASKS[sys.argv[1]](Path(sys.argv[2])))))
