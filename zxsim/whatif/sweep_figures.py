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
from zxsim.runs.tables import MET, MET_WITHIN_UNIT, targets
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.simulate.gains import INCOME, incomes
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
    met = rows["state"].is_in([MET, MET_WITHIN_UNIT]).sum()
    held = available_units(plan.loaded.layout)
    gain, low = _gains(plan)
    return {
        "gap": plan.gap,
        **_tiers(plan),
        "benefit": plan.benefit,
        "spent_wan": plan.spent_units / UNITS_PER_WAN,
        "left_wan": (held - plan.spent_units) / UNITS_PER_WAN,
        "targets": len(rows),
        "targets_met": int(met),
        "industry_share": _industry_share(plan),
        "mean_income_yuan": _mean_income(plan),
        "household_gain_wan": gain,
        "low_income_gain_wan": low,
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


def _mean_income(plan: Plan) -> float | None:
    """Mean over the lowest places with a population and an income, weighted with the population."""
    layout = plan.loaded.layout
    places = np.flatnonzero(_lowest(layout))
    if not len(places):
        return None
    path, gain = incomes(plan.loaded, plan.units, places)
    persons = layout.place_numbers("population")[places]
    return float((path + gain)[-1] @ persons / persons.sum())


def _lowest(layout: Layout) -> BoolArray:
    """Places where income per head is known, and that hold no other such place."""
    columns = BUILT_IN[INCOME].columns(INCOME)
    known = np.all([~np.isnan(layout.place_numbers(column)) for column in columns], axis=0)
    known &= np.nan_to_num(layout.place_numbers("population")) > 0
    above = layout.places.parent[known]
    lowest: BoolArray = known & ~layout.places.holding(above[above >= 0])
    return lowest


def _gains(plan: Plan) -> tuple[float | None, float | None]:
    """万元 that effects bring households in the last year, and what of it reaches low-income ones."""
    scenario, payments = plan.loaded.spec, plan.model.payments
    effects = _yuan_effects(scenario)
    if not effects:
        return None, None
    paid = payments.amounts(plan.class_units / UNITS_PER_WAN)
    limited = limited_effects(scenario, payments.layout).yuan
    gain = low = 0.0
    for name, effect in effects.items():
        if name in limited:
            saturation = limited[name]
            last = len(payments.layout.years) - 1
            counted = saturation.counted(paid)[saturation.places.tops, last]
            yuan = float(counted.sum()) * saturation.unit
        else:
            yuan = _unlimited(name, effect, payments.layout, paid)
        gain += yuan / YUAN_PER_WAN
        low += yuan / YUAN_PER_WAN * float(effect.low_income_share)
    return gain, low


def _yuan_effects(scenario: Scenario) -> Mapping[str, YuanEffect]:
    effects = {name: scenario.effect[name] for name in enabled(scenario.effect)}
    return {name: effect for name, effect in effects.items() if isinstance(effect, YuanEffect)}


def _unlimited(name: str, effect: YuanEffect, layout: Layout, paid: FloatArray) -> float:
    tops = layout.places.tops
    groups = state_groups(name, [effect], layout, tops, np.ones(len(tops)), len(layout.years))
    return sum(float(group.values(paid)[:, -1].sum()) for group in groups)


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
