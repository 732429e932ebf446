"""What a sweep shows of a plan: one row of figures, each worked out from the rounded money."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from zxsim.core.layout import BoolArray, FloatArray, Layout
from zxsim.core.money import UNITS_PER_WAN, YUAN_PER_WAN
from zxsim.core.yuaneffect import YuanEffect
from zxsim.indicators import BUILT_IN
from zxsim.optimize.build import available_units
from zxsim.optimize.limited import limited_effects
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.plan import Plan
from zxsim.optimize.states import state_groups
from zxsim.runs.states import REACHED
from zxsim.runs.tables import targets
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.simulate.gains import INCOME
from zxsim.simulate.run import Simulated

INDUSTRY = "产业发展"
DIGITS = 6
"""Digits behind the point of shortfalls: behind them stands what a solver's tolerance leaves open."""

Figures = Mapping[str, float | int | str | None]

PLANNED = ("gap", *TIERS, "benefit", "spent_wan", "left_wan", "targets", "targets_met")
INDICATORS = ("industry_share", "mean_income_yuan", "household_gain_wan", "low_income_gain_wan")
SIMULATED = ("open_cases", "unresolved", "mean_simulated_income_yuan", "least_probability")
PROBABILITY = "probability_"
COUNTS = ("targets", "targets_met")


def figures_of(plan: Plan) -> Figures:
    """Return the columns of a plan in the table of a sweep.

    ``tier1`` … are the weighted shortfalls of the tiers, out of reach or not; ``targets`` counts rows of
    targets (place and year), ``targets_met`` those met to one unit of money. ``industry_share`` is the part
    of all money allocated; the other indicators are those of the last year of the horizon, ``None`` where
    data are missing.
    """
    rows = targets(plan)
    met = rows["state"].is_in(REACHED).sum()
    held = available_units(plan.loaded.layout)
    return {
        "gap": plan.gap,
        **_tiers(plan),
        "benefit": plan.benefit,
        "spent_wan": plan.spent_units / UNITS_PER_WAN,
        "left_wan": (held - plan.spent_units) / UNITS_PER_WAN,
        "targets": len(rows),
        "targets_met": int(met),
        "industry_share": _industry_share(plan),
        **_incomes(plan),
    }


def _tiers(plan: Plan) -> Figures:
    """Shortfall of each tier, with what is out of reach."""
    reached = dict.fromkeys(TIERS, 0.0)
    for stage in plan.chain.stages:
        for tier in TIERS:
            if stage.name.startswith(tier):
                reached[tier] += stage.value
    return {tier: abs(round(value, DIGITS)) for tier, value in reached.items()}


def _industry_share(plan: Plan) -> float | None:
    layout, total = plan.loaded.layout, plan.spent_units
    industry = layout.columns_of(projects=layout.projects_in([INDUSTRY]))
    return int(plan.units[industry].sum()) / total if total else None


def _incomes(plan: Plan) -> Figures:
    """Mean income over the lowest places where it is known, and what effects bring households in all."""
    layout = plan.loaded.layout
    lowest, last = np.flatnonzero(_lowest(layout)), len(layout.years) - 1
    effects = _yuan_effects(plan.loaded.spec)
    gains = {name: _gain(name, effect, plan) for name, effect in effects.items()}
    mean = None
    if len(lowest):
        persons = layout.place_numbers("population")[lowest]
        path = BUILT_IN[INCOME].path(INCOME, layout, layout.years)[lowest, last]
        yuan = sum(gain[lowest].sum() for gain in gains.values())
        mean = float((path @ persons + yuan) / persons.sum())
    wan = {name: float(gain[layout.places.tops].sum()) / YUAN_PER_WAN for name, gain in gains.items()}
    low = sum(wan[name] * float(effect.low_income_share) for name, effect in effects.items())
    return {
        "mean_income_yuan": mean,
        "household_gain_wan": sum(wan.values()) if wan else None,
        "low_income_gain_wan": low if wan else None,
    }


def _gain(name: str, effect: YuanEffect, plan: Plan) -> FloatArray:
    """Yuan that an effect brings each place and all below it in the last year, shape *(places,)*."""
    payments, last = plan.model.payments, len(plan.loaded.layout.years) - 1
    paid = payments.amounts(plan.class_units / UNITS_PER_WAN)
    if effect.limit(payments.layout) is not None:
        saturation = limited_effects(plan.loaded.spec, payments.layout).yuan[name]
        counted: FloatArray = saturation.counted(paid)[:, last] * saturation.unit
        return counted
    every = np.arange(len(payments.layout.places))
    gain = np.zeros(len(every))
    for group in state_groups(name, [effect], payments.layout, every, np.ones(len(every)), last + 1):
        gain += group.values(paid)[:, last]
    return gain


def _lowest(layout: Layout) -> BoolArray:
    """Places where income per head is known, and that hold no other such place."""
    known = layout.places_with(BUILT_IN[INCOME].columns(INCOME))
    known &= np.nan_to_num(layout.place_numbers("population")) > 0
    above = layout.places.parent[known]
    lowest: BoolArray = known & ~layout.places.holding(above[above >= 0])
    return lowest


def _yuan_effects(scenario: Scenario) -> Mapping[str, YuanEffect]:
    effects = {name: scenario.effect[name] for name in enabled(scenario.effect)}
    return {name: effect for name, effect in effects.items() if isinstance(effect, YuanEffect)}


def simulated_figures(simulated: Simulated) -> Figures:
    """Return the further columns of a plan that was simulated: means of the last year, and probabilities.

    ``probability_<target>`` is the lowest among the places and years of a target, with parameters drawn.
    """
    rows, last = simulated.target_table, str(simulated.loaded.layout.years[-1])
    whole = simulated.table.filter(
        (pl.col("place_id") == "")
        & (pl.col("group") == "")
        & (pl.col("statistic") == "mean")
        & (pl.col("period") == last)
    )
    mean = dict(whole.select("indicator", "value").iter_rows())
    least = rows.group_by("target").agg(pl.col("probability").min()).sort("target")
    probability: float | None = rows["probability"].min() if len(rows) else None  # type: ignore[assignment]
    return {
        "open_cases": mean.get("open_cases", 0.0),
        "unresolved": mean.get("unresolved", 0.0),
        "mean_simulated_income_yuan": mean.get("income"),
        "least_probability": probability,
        **{PROBABILITY + target: lowest for target, lowest in least.iter_rows()},
    }
