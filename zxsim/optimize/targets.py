"""Targets as rows: state ⋛ value, with what is missing as columns that a tier minimises.

A shortfall is missing/|value| (or /scale), times weight, times the place's share of the target's
population (equal shares where a place has none).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from zxsim.core.blocks import Relation
from zxsim.core.effectspec import EffectSpec
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.program import Labels, ProgramBuilder, Triplets
from zxsim.optimize.states import StateGroup, state_groups
from zxsim.schema.checks import indicator_of
from zxsim.schema.scenario import Scenario, Target

GRID_WAN = 0.01
FLOAT_NOISE = 1e-9
"""Relative size below which a gap is an error of floating point, not of the plan."""


@dataclass(frozen=True, eq=False)
class TargetRows:
    """One target at its places and years, ``place`` outer and ``year`` inner.

    ``place`` and ``year`` hold positions; ``without_plan`` and ``start`` the indicator without any
    plan and as published; ``weight`` what a whole shortfall counts; ``step`` the largest change
    that 0.01 万元 can make. All arrays have one entry a row.
    """

    target_id: str
    tier: Literal[1, 2, 3]
    relation: Relation
    value: float
    scale: float
    saturates: bool
    place: IntArray
    year: IntArray
    without_plan: FloatArray
    start: FloatArray
    weight: FloatArray
    step: FloatArray
    groups: list[StateGroup]

    def planned(self, amount_wan: FloatArray) -> FloatArray:
        """Indicator at each row under a plan, saturated where it saturates."""
        value = self.unsaturated(amount_wan)
        return np.minimum(value, 1) if self.saturates else value

    def unsaturated(self, amount_wan: FloatArray) -> FloatArray:
        """Indicator at each row under a plan as the programme sees it."""
        places = np.unique(self.place, return_inverse=True)[1]
        gains = [group.values(amount_wan)[places, self.year] for group in self.groups]
        return self.without_plan + np.sum(gains, axis=0) if gains else self.without_plan.copy()

    def missing(self, amount_wan: FloatArray) -> FloatArray:
        """What is missing at each row, in the indicator's own unit, never negative."""
        gap = self.value - self.planned(amount_wan)
        missing = {">=": np.maximum(gap, 0), "<=": np.maximum(-gap, 0), "=": np.abs(gap)}[self.relation]
        return np.where(missing > FLOAT_NOISE * max(1.0, abs(self.value)), missing, 0.0)

    def shortfall(self, amount_wan: FloatArray) -> FloatArray:
        """Weighted shortfall of each row, as its tier adds it up."""
        return self.missing(amount_wan) / self.scale * self.weight

    @property
    def needs_more(self) -> bool:
        """Whether a value that is too low falls short."""
        return self.relation != "<="

    @property
    def needs_less(self) -> bool:
        """Whether a value that is too high falls short; a full coverage cannot be exceeded."""
        return self.relation != ">=" and not (self.saturates and self.value >= 1)

    def label(self, layout: Layout, i: int) -> str:
        """Name of row ``i``."""
        return f"{self.target_id},{layout.places.ids[self.place[i]]},{layout.years[self.year[i]]}"


def target_rows(target_id: str, scenario: Scenario, effects: list[EffectSpec], layout: Layout) -> TargetRows:
    """Prepare the rows of one target."""
    target = scenario.target[target_id]
    indicator = indicator_of(scenario, target.indicator)
    places = np.sort(layout.place_positions(target.places or ()))
    assert target.years is not None
    years = np.flatnonzero((layout.years >= target.years[0]) & (layout.years <= target.years[1]))
    recipients = layout.place_numbers(indicator.recipients_column)[places]
    groups = state_groups(
        target.indicator, effects, layout, places, recipients, int(years[-1]) + 1, target_id
    )
    steps = np.sum([group.largest_step() for group in groups], axis=0) if groups else np.zeros(len(places))
    value = float(target.value)
    return TargetRows(
        target_id=target_id,
        tier=target.tier,
        relation=target.relation,
        value=value,
        scale=float(target.scale) if target.scale else abs(value),
        saturates=indicator.saturates,
        place=np.repeat(places, len(years)),
        year=np.tile(years, len(places)),
        without_plan=indicator.path(target.indicator, layout)[places][:, years].ravel(),
        start=np.repeat(indicator.start(target.indicator, layout)[places], len(years)),
        weight=np.repeat(_population_shares(target, layout, places), len(years)),
        step=np.repeat(steps * GRID_WAN, len(years)),
        groups=groups,
    )


def _population_shares(target: Target, layout: Layout, places: IntArray) -> FloatArray:
    population = layout.place_numbers("population")[places]
    if np.isnan(population).any():
        population = np.ones(len(places))
    shares: FloatArray = float(target.weight) * population / population.sum()
    return shares


def add_target(builder: ProgramBuilder, layout: Layout, rows: TargetRows) -> tuple[IntArray, FloatArray]:
    """Add the rows of a target; return its shortfall columns and what each counts in the tier."""
    count = len(rows.place)
    at = np.arange(count)
    places = np.unique(rows.place, return_inverse=True)[1]
    nonzeros = []
    for group in rows.groups:
        states = group.add_to(builder, layout)[places, rows.year]
        nonzeros.append(Triplets(at, states, np.full(count, 1 / rows.scale)))
    wanted = (rows.value - rows.without_plan) / rows.scale
    columns, weights = [], []
    for sign, word, used in ((1.0, "short", rows.needs_more), (-1.0, "over", rows.needs_less)):
        if used:
            added = builder.add_columns(np.zeros(count), np.full(count, np.inf), _labels(rows, layout, word))
            nonzeros.append(Triplets(at, added, np.full(count, sign)))
            columns.append(added)
            weights.append(rows.weight)
    free = np.full(count, np.inf)
    lower = wanted if rows.needs_more else -free
    upper = wanted if rows.needs_less else free
    builder.add_rows(lower, upper, Triplets.joined(nonzeros), _labels(rows, layout, "target"))
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([empty, *columns]), np.concatenate([np.zeros(0), *weights])


def _labels(rows: TargetRows, layout: Layout, word: str) -> Labels:
    return lambda: [f"{word}({rows.label(layout, i)})" for i in range(len(rows.place))]
