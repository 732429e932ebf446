"""All stages one after the other, and a last one that makes the plan unique."""

from collections.abc import Mapping

from zxsim.core.layout import FloatArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.agenda import Agenda, Stage
from zxsim.optimize.build import Model, available_units
from zxsim.optimize.objectives import unique_weights
from zxsim.optimize.searched import Searched
from zxsim.optimize.solution import ZERO, Face, Solution, SolverSettings
from zxsim.optimize.stages import MOST_PASSES, Chain, Known, Stages, StageValue


def run_chain(
    model: Model,
    settings: SolverSettings,
    agenda: Agenda,
    face: Face | None = None,
    searched: Mapping[str, Searched] | None = None,
    known: Known | None = None,
) -> Chain:
    """Run all stages.

    Parameters
    ----------
    face : Face, optional
        The part of the feasible region to stay in: where choices are made, for example.
    searched : mapping, optional
        Stage → how the search for the choice that ``face`` holds ended; gives the gaps.
    known : Known, optional
        The chain of a model with the same columns and rows, to start each stage from.
    """
    stages = Stages(model, settings, face, known=known)
    after_tiers = stages.face
    values: list[StageValue] = []
    for stage in agenda.stages:
        if stage.name == "benefit":
            after_tiers = stages.face.copy()
        found = stages.minimise(stage.name, stage.cost)
        reached = stages.answers[stage.name].value
        gap = (searched or {}).get(stage.name, Searched(reached, reached)).gap(reached)
        values.append(StageValue(stage.name, _shown(stage, model, found.x), gap))
    weights = known.weights if known else None
    if weights is None:
        weights = unique_weights(model.layout.labels)
    found, unique = _make_unique(stages, values, weights)
    return Chain(
        x=found.x,
        stages=values,
        certificates=stages.certificates,
        unique=unique,
        answers=stages.answers,
        after_tiers=after_tiers,
        ranks=agenda.ranks,
        unavoidable=agenda.unavoidable,
        weights=weights,
    )


def _shown(stage: Stage, model: Model, x: FloatArray) -> float:
    value = float(stage.cost @ x)
    if stage.name == "benefit":
        return -value
    if stage.name != "unallocated":
        return value
    left = available_units(model.layout) / UNITS_PER_WAN - float(x[: len(model.layout)].sum())
    return left if abs(left) > ZERO else 0.0


def _make_unique(stages: Stages, values: list[StageValue], first: FloatArray) -> tuple[Solution, bool]:
    """Minimise Σ g·x, again with further bits while a free column or row could still move at no cost.

    ``first`` is g of the money columns.
    """
    for number in range(MOST_PASSES + 1):
        weights = stages.model.padded(first)
        if number:  # the money may be unique while a helping column still moves: weigh those as well
            weights = unique_weights(stages.model.program.column_names(), number)
        found = stages.minimise("unique", weights)
        if number == 0:
            values.append(StageValue("unique", float(weights @ found.x)))
        if not _can_move(stages.face, found):
            return found, True
    return found, stages.alone(found)


def _can_move(face: Face, found: Solution) -> bool:
    """Whether a column or row is neither basic nor fixed (the face has just been held)."""
    column = ~found.basic & (face.column_lower < face.column_upper)
    row = ~found.basic_row & (face.row_lower < face.row_upper)
    return bool(column.any() or row.any())
