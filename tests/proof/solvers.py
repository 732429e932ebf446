"""Scenarios with ties, and with figures of any size: solvers give one plan, and it is proved.

Usage: python -m tests.proof.solvers [--scenarios 1000] [--scaled 200] [--first 0]

Whatever is taken for an optimum is proved again in exact arithmetic; every plan passes the independent check;
and the money of each scenario, without what is not stated there, is that of tests/proof/stated.py.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.proof.proofs import proof_faults, recorded
from tests.proof.stated import exact_plan, plain
from tests.proof.stretched import stretched
from tests.proof.tied import Tied, tied
from tests.scenarios import Case, loaded
from zxsim import api
from zxsim.core.layout import FloatArray, IntArray
from zxsim.errors import ConflictError, ExitCode, LimitError, ZxsimError
from zxsim.optimize.agenda import agenda_of
from zxsim.optimize.chain import run_chain
from zxsim.optimize.plan import Plan, optimize
from zxsim.optimize.solution import Face, SolverSettings
from zxsim.report.wording import sentence
from zxsim.runs.store import save_run
from zxsim.runs.tables import allocation
from zxsim.schema.load import Loaded

SOLVERS = ("highs", "highs-ipm", "cbc")
NEAR = 1e-6
"""What stages (above 1 relatively) and unrounded money may differ by, as in tests/optimize/test_pulp.py."""

TRACE, NOTHING = 1e-8, 1e-11
"""What a stage may give up relatively where figures lie far apart, and what is no difference in floats."""

NOT_EXACT = ("solver_not_exact", "limit_reached")
"""What a solver of eight digits may say of a scenario that HiGHS plans; how often it does is counted."""

REFUSALS = (ExitCode.DATA, ExitCode.LIMIT)

Attempt = Callable[[int, Counter[str]], str | None]
"""Number of a case, and where to count → what is wrong, or ``None``."""

Ending = Plan | list[tuple[str, str]]
"""A plan, or what is said where there is none."""


def ended(scenario: Loaded, solver: str) -> Ending:
    """Solve, or return the codes and clauses of what is said instead."""
    try:
        return optimize(scenario, SolverSettings(solver=solver))
    except (ConflictError, LimitError) as error:
        return [(message.code, str(dict(message.fields))) for message in error.messages]


def tied_case(number: int, counts: Counter[str]) -> str | None:
    """Let three solvers plan one scenario; say what differs, or what is not proved."""
    return _case(tied(number), SOLVERS, counts)


def scaled_case(number: int, counts: Counter[str]) -> str | None:
    """Plan a scenario whose figures lie far apart: the plan is proved, or a refusal says why in words.

    CBC prints eight digits: it may refuse what HiGHS plans, but not end otherwise. Where one of them gives up
    a trace of a stage, as their tolerances let them, and later stages use it, that is counted.
    """
    return _case(stretched(number), ("highs", "cbc"), counts, trace=TRACE)


def _case(drawn: Tied, solvers: Sequence[str], counts: Counter[str], trace: float = 0.0) -> str | None:
    faults = []
    with recorded() as claims:
        try:
            scenario = loaded(drawn.case)
            first, *others = [ended(scenario, solver) for solver in solvers]
            faults += [*run_faults(first), *exact_faults(plain(drawn.case), counts)]
            for other, name in zip(others, solvers[1:], strict=True):
                if traced(first, other, trace):
                    counts["a trace apart"] += 1
                else:
                    faults += [f"{name}: {fault}" for fault in differences(first, other, counts)]
            counts[_kind(first)] += 1
        except ZxsimError as error:
            worded = error.exit_code in REFUSALS and all(sentence(m, "zh") for m in error.messages)
            counts["refused"] += worded
            faults += [] if worded else [f"{type(error).__name__} {error.messages}"]
    faults += proof_faults(claims)
    counts["proofs"] += len(claims)
    return f"{faults} [{drawn.what}]" if faults else None


def traced(first: Ending, other: Ending, trace: float) -> bool:
    """Whether the first stage in which two plans differ at all differs by no more than a trace."""
    if not trace or not isinstance(first, Plan) or not isinstance(other, Plan):
        return False
    pairs = zip(first.chain.stages, other.chain.stages, strict=False)
    apart = [abs(one.value - two.value) / max(1.0, abs(one.value)) for one, two in pairs]
    beyond = [by for by in apart if by > NOTHING]
    return len(beyond) > 1 and beyond[0] <= trace and max(beyond) > NEAR


def _kind(ending: Ending) -> str:
    if isinstance(ending, Plan):
        return "choices" if ending.model.has_choices else "plan"
    return ending[0][0]


def run_faults(ending: Ending) -> Iterator[str]:
    """Say what the independent check finds in the run of a plan."""
    if isinstance(ending, Plan):
        with TemporaryDirectory() as folder:
            found = api.verify(save_run(ending, Path(folder), ending.settings, {}))
        yield from (f"verify: {finding}" for finding in found[:2])


def exact_faults(case: Case, counts: Counter[str]) -> Iterator[str]:
    """Say where the money of a plain scenario is not that of its second statement in exact arithmetic."""
    ending, exact = ended(loaded(case), SOLVERS[0]), exact_plan(case)
    if exact is None or not isinstance(ending, Plan):
        counts["exact, no plan"] += 1
        if exact is not None or isinstance(ending, Plan):
            yield f"exact: {'no plan' if exact is None else 'a plan'}, not {_short(ending)}"
        return
    counts["exact plan"] += 1
    ours = dict(zip(ending.model.layout.labels, ending.vertex.tolist(), strict=True))
    theirs = {"x({},{},{},{})".format(*cell): float(amount) for cell, amount in exact.items()}
    if ours.keys() != theirs.keys():
        yield f"exact: other cells: {sorted(ours.keys() ^ theirs.keys())[:5]}"
        return
    apart = {cell: ours[cell] - theirs[cell] for cell in ours if abs(ours[cell] - theirs[cell]) > NEAR}
    if apart:
        yield f"exact: other money: {dict(list(apart.items())[:5])}"


def differences(first: Ending, other: Ending, counts: Counter[str]) -> list[str]:
    """Say in what two endings differ.

    Which of several equally good choices of all-or-nothing projects is made is not promised. Where two
    solvers choose differently, every stage that chooses must still reach the same, and the money of the
    other's choice must be what simplex pays for that choice; how often that was is counted.
    """
    if isinstance(first, Plan) and not isinstance(other, Plan) and other[0][0] in NOT_EXACT:
        counts["refused by the second solver"] += 1
        return []
    if not isinstance(first, Plan) or not isinstance(other, Plan):
        return [] if first == other else [f"ends otherwise: {_short(other)}, not {_short(first)}"]
    chosen = np.rint(first.chain.x[first.model.choice_columns])
    same_choice = bool((np.rint(other.chain.x[other.model.choice_columns]) == chosen).all())
    found = list(_value_faults(first, other, same_choice=same_choice))
    if same_choice:
        return found + list(_money_faults(first, other))
    counts["another choice, equally good"] += 1
    held = other.decided_model
    agenda = agenda_of(other.model, SolverSettings())
    again = run_chain(held, SolverSettings(), agenda, Face.of(held.program))
    found += _cell_faults(again.x, other.chain.x, held.choice_columns)
    return found


def _short(ending: Ending) -> str:
    return "a plan" if isinstance(ending, Plan) else str(ending)[:300]


def _value_faults(first: Plan, other: Plan, *, same_choice: bool) -> Iterator[str]:
    if first.chain.unique != other.chain.unique:
        yield f"unique is {other.chain.unique}"
    ours, theirs = ({stage.name: stage.value for stage in plan.chain.stages} for plan in (first, other))
    if ours.keys() != theirs.keys():
        yield f"other stages: {sorted(theirs)}, not {sorted(ours)}"
        return
    for name, value in ours.items():
        if name == "unique" and not same_choice:
            continue
        if abs(value - theirs[name]) > NEAR * max(1.0, abs(value)):
            yield f"{name} reaches {theirs[name]!r}, not {value!r}"


def _money_faults(first: Plan, other: Plan) -> Iterator[str]:
    yield from _cell_faults(first.chain.x, other.chain.x, first.model.choice_columns)
    if not allocation(first).equals(allocation(other)):
        cells = np.flatnonzero(first.units != other.units)
        names = [first.loaded.layout.labels[int(j)] for j in cells]
        yield f"other money in {names}"


def _cell_faults(ours: FloatArray, theirs: FloatArray, choices: IntArray) -> Iterator[str]:
    """Compare all columns but choices: which of more projects than are asked for is counted is left open."""
    apart = np.abs(ours - theirs)
    apart[choices] = 0
    if apart.max(initial=0) > NEAR:
        yield f"columns before rounding are {apart.max():.1e} apart"


def tried(kind: str, attempt: Attempt, numbers: range) -> int:
    """Try cases, print those that failed and the counts; return how many failed."""
    counts: Counter[str] = Counter()
    failed = 0
    for number in numbers:
        if fault := attempt(number, counts):
            failed += 1
            sys.stdout.write(f"{kind} {number}: {fault}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(numbers)} {kind} scenarios tried, {failed} failed: {dict(counts)}\n")
    return failed


def main() -> None:
    """Try all, and print the cases that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=1_000)
    parser.add_argument("--scaled", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    given = parser.parse_args()
    failed = tried("tied", tied_case, range(given.first, given.first + given.scenarios))
    failed += tried("scaled", scaled_case, range(given.first, given.first + given.scaled))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
