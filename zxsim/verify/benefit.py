"""The benefit of a plan: the planner's own, or the discounted worth of its effects."""

from math import fsum

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.verify.indicators import chosen_projects, lag_of, to_households
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number
from zxsim.verify.served import served_worth


def benefit_of(plan: Plan, inputs: Inputs) -> float:
    """Work out the benefit, in the planner's unit or in 万元."""
    if inputs.benefit["source"] == "own":
        return _own(plan, inputs)
    yields = [
        _yield_worth(effect, plan, inputs)
        for effect in inputs.effects.values()
        if effect["kind"] == "asset_yield"
    ]
    return fsum(yields) + served_worth(plan, inputs)


def _own(plan: Plan, inputs: Inputs) -> float:
    """Σ benefit of a project · paid/public cost; a project without one is worth 0."""
    given = pl.col("benefit") if "benefit" in inputs.projects.columns else pl.lit("0")
    worth = inputs.projects.select("project_id", "cost", worth=given.replace("", "0").cast(pl.Float64))
    paid = plan.rows.group_by("project_id").agg(pl.col("units").sum())
    rows = paid.join(worth.filter(pl.col("cost") > 0), on="project_id")
    return fsum(w * units / cost for w, units, cost in rows.select("worth", "units", "cost").iter_rows())


def _yield_worth(effect: Record, plan: Plan, inputs: Inputs) -> float:
    projects = chosen_projects(effect, inputs)["project_id"].to_list()
    paid = plan.of(projects=projects).group_by("year").agg(pl.col("units").sum())
    return fsum(units / UNITS_PER_WAN * per_wan(effect, year, inputs) for year, units in paid.iter_rows())


def per_wan(effect: Record, year: int, inputs: Inputs) -> float:
    """Worth of one 万元 paid in ``year``, over the whole life of the asset.

    b(t) = Σ_{τ=t+lag}^{t+lag+life−1} (1+r)^−(τ−t₀) · (1−decay)^(τ−t−lag) · yield · household_share
    · (1 + (w−1)·low_income_share).
    """
    rate = float(number(inputs.benefit["discount_rate"]))
    weight = float(number(inputs.benefit["low_income_weight"]))
    keep = 1 - float(number(effect.get("decay", 0)))
    first = year + lag_of(effect)
    last = first + int(number(effect["life"])) - 1
    paid = fsum(
        (1 + rate) ** -(tau - inputs.years[0]) * keep ** (tau - first) for tau in range(first, last + 1)
    )
    low_income = 1 + (weight - 1) * float(number(effect.get("low_income_share", 0)))
    return paid * to_households(effect) * low_income
