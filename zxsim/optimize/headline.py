"""The two plans that the headline compares with: money in library order, and as near to equal as may be.

Both keep all hard rules, all tiers and spend as much as they allow. Places are those with a population that
hold no other such place; money at a place or below it counts for it. With X their money and P their
population the second plan minimises Σ_v |x_v − population_v · X/P|. X is known where all money lies at these
places, since what is spent is known by then; else the mean X/P is one column with one defining row. Mean and
deviations exist in this programme only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.program import Program, ProgramBuilder, Triplets
from zxsim.optimize.agenda import Stage, has_ranks
from zxsim.optimize.build import Model
from zxsim.optimize.objectives import unique_weights
from zxsim.optimize.solution import Face, SolverSettings
from zxsim.optimize.solvers import solver_for
from zxsim.optimize.stages import Chain, Stages

FEWEST = 2
"""Places that money can be compared between."""


@dataclass(frozen=True, eq=False)
class Compared:
    """万元 a money column of the plan in library order, and of the one nearest to equal money per head.

    The second is ``None`` for fewer than two places with a population.
    """

    library: FloatArray
    equal: FloatArray | None


@dataclass(frozen=True, eq=False)
class EqualMoney:
    """The programme of the second comparison, wider than the model's, and its stages."""

    program: Program
    stages: Sequence[Stage]


def compared(model: Model, chain: Chain, settings: SolverSettings) -> Compared:
    """Work out both plans from what the tiers of a finished chain leave free."""
    solver = solver_for(model.program, settings)
    solver.start_from(chain.answers["unallocated"].found.basis)  # its point keeps the tiers, and spends
    stages = Stages(model, settings, chain.after_tiers, solver=solver)
    money, (spend, by_rank) = len(model.layout), library_costs(model, chain.ranks)
    spent = stages.minimise(spend.name, spend.cost).x[:money]
    library = stages.branch()
    library.minimise(by_rank.name, by_rank.cost)
    found = library.minimise("unique", model.padded(unique_weights(model.layout.labels)))
    return Compared(found.x[:money], nearest_to_equal(model, stages.face, spent, settings))


def library_costs(model: Model, ranks: FloatArray) -> tuple[Stage, Stage]:
    """Spend as much as the rules allow, in library order: by rank, or by id where no rank is given."""
    if not has_ranks(model):
        ranks = model.layout.column_project.astype(float) + 1
    return Stage("unallocated", model.costs["unallocated"]), Stage("library", model.padded(ranks))


def nearest_to_equal(
    model: Model, face: Face, spent: FloatArray, settings: SolverSettings
) -> FloatArray | None:
    """万元 a money column of the plan nearest to equal money per head, where places can be compared.

    Parameters
    ----------
    face : Face
        What the tiers leave free, and spending as much as they allow.
    spent : float array (money columns,)
        A plan on that face: all of them spend the same in all.
    """
    equal = equal_money(model, spent)
    if equal is None:
        return None
    stages = Stages(replace(model, program=equal.program), settings, padded(face, equal.program))
    # The first has no basis to start from; the last has nearly all columns free, far from its optimum.
    x = [stages.minimise(stage.name, stage.cost, cold=True).x for stage in equal.stages][-1]
    return x[: len(model.layout)]


def equal_money(model: Model, spent: FloatArray | None = None) -> EqualMoney | None:
    """Prepare the plan nearest to equal money per head; ``None`` for fewer than two places.

    With ``spent`` the sum of all money is known, otherwise spending is its first stage.
    """
    layout = model.layout
    places = places_with_people(layout)
    if len(places) < FEWEST:
        return None
    at, column = _money_of(layout, places)
    known = float(spent.sum()) if spent is not None and len(column) == len(layout) else None
    wider = _with_deviations(model.program, layout, places, (at, column), known)
    deviation = np.zeros(len(wider.column_lower))
    deviation[-len(places) :] = 1.0
    stages = [
        Stage("equal", deviation),
        Stage("unique", _fitted(unique_weights(layout.labels), wider)),
    ]
    if spent is None:
        stages.insert(0, Stage("unallocated", _fitted(model.costs["unallocated"], wider)))
    return EqualMoney(wider, stages)


def places_with_people(layout: Layout) -> IntArray:
    """Positions of the places with a population that hold no other place with one."""
    known = ~np.isnan(layout.place_numbers("population"))
    above = layout.places.parent[known]
    return np.flatnonzero(known & ~layout.places.holding(above[above >= 0]))


def _with_deviations(
    program: Program, layout: Layout, places: IntArray, money: tuple[IntArray, IntArray], known: float | None
) -> Program:
    """Add a column for each place's distance from the mean, and the mean with its row unless it is known."""
    count = len(places)
    ids = [layout.places.ids[place] for place in places]
    builder = ProgramBuilder(columns=len(program.column_lower))
    population = layout.place_numbers("population")[places]
    row, column = money
    ones, each, zero = np.ones(len(row)), np.arange(count), np.zeros(count)
    own, share = [Triplets(row, column, ones)], zero
    if known is None:
        mean = builder.add_columns(np.zeros(1), np.full(1, np.inf), lambda: ["mean"])
        first = np.zeros(1, dtype=np.int64)
        total = [Triplets(0 * row, column, ones), Triplets(first, mean, -population.sum(keepdims=True))]
        builder.add_rows(np.zeros(1), np.zeros(1), Triplets.joined(total), lambda: ["of_mean"])
        own.append(Triplets(each, np.repeat(mean, count), -population))
    else:
        share = population * (known / population.sum())
    free = np.full(count, np.inf)
    distance = builder.add_columns(zero, free, lambda: [f"distance({place})" for place in ids])
    above = Triplets.joined([*own, Triplets(each, distance, np.full(count, -1.0))])
    builder.add_rows(-free, share, above, lambda: [f"above({place})" for place in ids])
    below = Triplets.joined([*own, Triplets(each, distance, np.full(count, 1.0))])
    builder.add_rows(share, free, below, lambda: [f"below({place})" for place in ids])
    return stacked(program, builder.build())


def _money_of(layout: Layout, places: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs (position within ``places``, money column) of the money at each place or below it."""
    owner = np.full(len(layout.places), -1, dtype=np.int64)
    for _, found in layout.places.owners(places):  # places that do not lie in each other
        owner = np.maximum(owner, found)
    at = owner[layout.column_place]
    inside = np.flatnonzero(at >= 0)
    return at[inside], inside


def stacked(program: Program, added: Program) -> Program:
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
