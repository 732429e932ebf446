"""The second plan that the headline compares with: as near to equal money per head as the rules allow.

Like the plan in library order it keeps all hard rules, all tiers and spends as much as they allow. Places
are those with a population that hold no other such place; money at a place or below it counts for it. With
X their money and P their population it minimises Σ_v |x_v − population_v · X/P|. The mean X/P is one column
with one defining row; it and the deviations exist in this programme only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.program import Program, ProgramBuilder, Triplets
from zxsim.optimize.build import Model
from zxsim.optimize.objectives import unique_weights
from zxsim.optimize.solution import Face, SolverSettings
from zxsim.optimize.stages import Stage, Stages

FEWEST = 2
"""Places that money can be compared between."""


@dataclass(frozen=True, eq=False)
class EqualMoney:
    """The programme of the second comparison, wider than the model's, and its stages."""

    program: Program
    stages: Sequence[Stage]


def equal_money(model: Model) -> EqualMoney | None:
    """Prepare the plan nearest to equal money per head; ``None`` for fewer than two places."""
    layout = model.layout
    places = places_with_people(layout)
    if len(places) < FEWEST:
        return None
    wider = _with_deviations(model.program, layout, places)
    deviation = np.zeros(len(wider.column_lower))
    deviation[-len(places) :] = 1.0
    stages = [
        Stage("unallocated", _fitted(model.costs["unallocated"], wider)),
        Stage("equal", deviation),
        Stage("unique", _fitted(unique_weights(layout.labels), wider)),
    ]
    return EqualMoney(wider, stages)


def nearest_to_equal(model: Model, face: Face, settings: SolverSettings) -> FloatArray | None:
    """万元 a money column of the plan nearest to equal money per head, where places can be compared.

    Parameters
    ----------
    face : Face
        What the tiers leave free.
    """
    equal = equal_money(model)
    if equal is None:
        return None
    stages = Stages(replace(model, program=equal.program), settings, padded(face, equal.program))
    x = [stages.minimise(stage.name, stage.cost).x for stage in equal.stages][-1]
    return x[: len(model.layout)]


def places_with_people(layout: Layout) -> IntArray:
    """Positions of the places with a population that hold no other place with one."""
    known = ~np.isnan(layout.place_numbers("population"))
    above = layout.places.parent[known]
    return np.flatnonzero(known & ~layout.places.holding(above[above >= 0]))


def _with_deviations(program: Program, layout: Layout, places: IntArray) -> Program:
    """Add the mean per head as a column with its row, and a column for each place's distance from it."""
    count = len(places)
    ids = [layout.places.ids[place] for place in places]
    builder = ProgramBuilder(columns=len(program.column_lower))
    mean = builder.add_columns(np.zeros(1), np.full(1, np.inf), lambda: ["mean"])
    distance = builder.add_columns(
        np.zeros(count), np.full(count, np.inf), lambda: [f"distance({place})" for place in ids]
    )
    population = layout.place_numbers("population")[places]
    row, column = _money_of(layout, places)
    ones, each, none = np.ones(len(row)), np.arange(count), np.zeros(1, dtype=np.int64)
    total = [Triplets(0 * row, column, ones), Triplets(none, mean, -population.sum(keepdims=True))]
    builder.add_rows(np.zeros(1), np.zeros(1), Triplets.joined(total), lambda: ["of_mean"])
    own = [Triplets(row, column, ones), Triplets(each, np.repeat(mean, count), -population)]
    zero, free = np.zeros(count), np.full(count, np.inf)
    above = Triplets.joined([*own, Triplets(each, distance, np.full(count, -1.0))])
    builder.add_rows(-free, zero, above, lambda: [f"above({place})" for place in ids])
    below = Triplets.joined([*own, Triplets(each, distance, np.full(count, 1.0))])
    builder.add_rows(zero, free, below, lambda: [f"below({place})" for place in ids])
    return _stacked(program, builder.build())


def _money_of(layout: Layout, places: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs (position within ``places``, money column) of the money at each place or below it."""
    owner = np.full(len(layout.places), -1, dtype=np.int64)
    for _, found in layout.places.owners(places):  # places that do not lie in each other
        owner = np.maximum(owner, found)
    at = owner[layout.column_place]
    inside = np.flatnonzero(at >= 0)
    return at[inside], inside


def _stacked(program: Program, added: Program) -> Program:
    """Put rows over more columns under a programme."""
    old, new = program.matrix.shape[1], added.matrix.shape[1]
    wide = sparse.hstack([program.matrix, sparse.csc_array((program.matrix.shape[0], new - old))])
    return Program(
        sparse.csc_array(sparse.vstack([wide, added.matrix])),
        np.concatenate([program.column_lower, added.column_lower]),
        np.concatenate([program.column_upper, added.column_upper]),
        np.concatenate([program.row_lower, added.row_lower]),
        np.concatenate([program.row_upper, added.row_upper]),
        lambda: [*program.column_names(), *added.column_names()],
        lambda: [*program.row_names(), *added.row_names()],
        np.concatenate([program.integer, added.integer]),
    )


def padded(face: Face, wider: Program) -> Face:
    """Leave what was added to a programme free."""
    columns, rows = len(face.column_lower), len(face.row_lower)
    return Face(
        np.concatenate([face.column_lower, wider.column_lower[columns:]]),
        np.concatenate([face.column_upper, wider.column_upper[columns:]]),
        np.concatenate([face.row_lower, wider.row_lower[rows:]]),
        np.concatenate([face.row_upper, wider.row_upper[rows:]]),
    )


def _fitted(cost: FloatArray, wider: Program) -> FloatArray:
    """Extend a cost by zeros on all further columns."""
    return np.pad(cost, (0, len(wider.column_lower) - len(cost)))
