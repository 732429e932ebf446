"""Everything to say of a model that has no plan: preflight, conflicts, and the menu of concessions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from zxsim.errors import Message
from zxsim.optimize.build import Model
from zxsim.optimize.concessions import Concession, Menu
from zxsim.optimize.conflicts import Conflicts
from zxsim.optimize.preflight import preflight
from zxsim.optimize.solution import HIGHS, SolverSettings
from zxsim.schema.scenario import Scenario

POINTS = 100
"""Percentage points in a share of 1."""


def conflict_messages(model: Model, scenario: Scenario, settings: SolverSettings) -> list[Message]:
    """Say that there is no plan and why, in one line each.

    It is simplex that looks for the reason, whoever was to make the plan: of several sets of clauses that all
    contradict each other, which one is named depends on who looks.
    """
    settings = replace(settings, solver=HIGHS, method="simplex")
    return [Message("infeasible", {}), *preflight(model, scenario), *_sets(model, scenario, settings)]


def _sets(model: Model, scenario: Scenario, settings: SolverSettings) -> Iterator[Message]:
    conflicts = Conflicts(model, scenario, settings)
    cores = [conflicts.refined(clauses) for clauses in conflicts.sets()]
    menu = Menu(model, scenario, settings, conflicts)
    for core in cores:
        code = "conflict" if len(core.clauses) > 1 else "conflict_alone"
        yield Message(code, {"clauses": conflicts.shown(core)})
        for found in menu.of(core, [other for other in cores if other is not core]):
            yield Message(f"concession_{_code(found)}", _fields(found))


def _code(found: Concession) -> str:
    if found.way == "rule":
        return found.unit
    return found.way + ("_each" if found.each_place and found.way.startswith("money") else "")


def _fields(found: Concession) -> Mapping[str, object]:
    amount = found.amount * POINTS if found.unit == "share" else found.amount
    return {
        "clause": found.clause.name,
        "record": found.clause.record,
        "way": found.way,
        "steps": found.steps,
        "amount": f"{amount.normalize():,f}",
        "unit": "points" if found.unit == "share" else found.unit,
        "years": found.years,
        "figures": found.figures,
    }
