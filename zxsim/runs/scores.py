"""What each stage of the chain says of a plan in whole units, and how far one plan is from another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.rows import RuleRows
from zxsim.optimize.agenda import FAR
from zxsim.optimize.build import Model, available_units
from zxsim.optimize.objectives import TIERS, order_cost, unique_weights
from zxsim.optimize.rulerows import rows_of_rules, shortfall_scale
from zxsim.optimize.stages import StageValue
from zxsim.optimize.targets import TargetRows
from zxsim.schema.scenario import Scenario


def stage_values(
    model: Model,
    scenario: Scenario,
    names: Sequence[str],
    units: IntArray,
    ranks: FloatArray,
    unavoidable: FloatArray,
) -> list[StageValue]:
    """Work out what the named stages reach under a plan.

    Parameters
    ----------
    units : int array (columns of the model,)
    ranks : float array (columns of the model,)
    unavoidable : float array (columns of the programme,)
        As :func:`zxsim.optimize.reach.unavoidable` gives it.
    """
    layout, amounts = model.layout, units / UNITS_PER_WAN
    values = {
        **_tiers(model, scenario, units, unavoidable),
        "benefit": model.benefit(amounts),
        "unallocated": (available_units(layout) - int(units.sum())) / UNITS_PER_WAN,
        "order": float(order_cost(layout, ranks) @ amounts),
        "unique": float(unique_weights(layout.labels) @ amounts),
    }
    return [StageValue(name, values[name]) for name in names]


def _tiers(model: Model, scenario: Scenario, units: IntArray, unavoidable: FloatArray) -> dict[str, float]:
    values = {tier + ending: 0.0 for tier in TIERS for ending in ("", FAR)}
    of_rule = rows_of_rules(model.rules)
    for block in model.rules:
        if block.soft is None:
            continue
        unit = UNITS_PER_WAN if isinstance(block, RuleRows) else 1
        missing = np.maximum(-block.distance(units) / unit, 0)
        scale = shortfall_scale(block, scenario.rule[block.rule], model.layout)
        weight = block.soft.weight / of_rule[block.rule]
        values[TIERS[block.soft.tier - 1]] += float((missing / scale).sum() * weight)
    paid = model.payments.amounts(units / UNITS_PER_WAN)
    for rows, columns in zip(model.targets, model.target_columns, strict=True):
        far = unavoidable[columns] > 0
        short = _shortfalls(rows, paid)
        tier = TIERS[rows.tier - 1]
        values[tier] += float(short[~far].sum())
        values[tier + FAR] += float(short[far].sum())
    return values


def _shortfalls(rows: TargetRows, paid: FloatArray) -> FloatArray:
    """Weighted shortfall of each column of a target: too little at each row, then too much."""
    form, sides = rows.form, []
    if rows.needs_more:
        sides.append(np.maximum(form.lower - rows.low_side(paid), 0))
    if rows.needs_less:
        sides.append(np.maximum(rows.high_side(paid) - form.upper, 0))
    return np.concatenate([np.zeros(0), *(side / form.scale * rows.weight for side in sides)])


@dataclass(frozen=True)
class Distance:
    """How far a plan is from the best one.

    ``benefit`` is by how much its benefit is lower; ``stages`` hold name, its value and that of the best
    plan, both of whole units; ``moved_wan`` is Σ|difference| over project, place, class of funds and year,
    ``share`` that over all money of both plans: 0 for the same plan, 1 where they have nothing in common.
    """

    benefit: float
    stages: Sequence[tuple[str, float, float]]
    moved_wan: float
    share: float


def distance(
    benefits: tuple[float, float],
    stages: tuple[Sequence[StageValue], Sequence[StageValue]],
    units: tuple[IntArray, IntArray],
) -> Distance:
    """Compare a plan with the best one; of each pair the plan comes first."""
    here, best = units
    moved, money = int(np.abs(here - best).sum()), int(here.sum() + best.sum())
    pairs = [(one.name, one.value, other.value) for one, other in zip(*stages, strict=True)]
    return Distance(
        benefit=benefits[1] - benefits[0],
        stages=pairs,
        moved_wan=moved / UNITS_PER_WAN,
        share=moved / money if money else 0.0,
    )
