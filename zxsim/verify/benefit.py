"""The benefit of a plan: the planner's own, or the discounted worth of its effects."""

from math import fsum

import numpy as np
import polars as pl

from zxsim.core.money import YUAN_PER_WAN
from zxsim.verify.counted import counted_yuan
from zxsim.verify.effects import INCOME, effects_on, lag_of, life_of
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number
from zxsim.verify.served import served_worth


def benefit_of(plan: Plan, inputs: Inputs) -> float:
    """Work out the benefit, in the planner's unit or in 万元."""
    if inputs.benefit["source"] == "own":
        return _own(plan, inputs)
    incomes = [_income_worth(effect, plan, inputs) for effect in effects_on(INCOME, inputs)]
    return fsum(incomes) + served_worth(plan, inputs)


def _own(plan: Plan, inputs: Inputs) -> float:
    """Σ benefit of a project · paid/public cost; a project without one is worth 0."""
    given = pl.col("benefit") if "benefit" in inputs.projects.columns else pl.lit("0")
    worth = inputs.projects.select("project_id", "cost", worth=given.replace("", "0").cast(pl.Float64))
    paid = plan.rows.group_by("project_id").agg(pl.col("units").sum())
    rows = paid.join(worth.filter(pl.col("cost") > 0), on="project_id")
    return fsum(w * units / cost for w, units, cost in rows.select("worth", "units", "cost").iter_rows())


def _income_worth(effect: Record, plan: Plan, inputs: Inputs) -> float:
    """Worth in 万元 of an effect over its whole life, also beyond the horizon.

    Σ_τ (1+r)^−(τ−t₀) · Y_τ/10⁴ · (1 + (w−1)·low_income_share), with Y_τ the yuan counted at the top
    places in year τ.
    """
    rate = float(number(inputs.benefit["discount_rate"]))
    weight = float(number(inputs.benefit["low_income_weight"]))
    length = len(inputs.years) + lag_of(effect) + (life_of(effect) or 0)
    counted = counted_yuan(effect, plan, inputs, length)
    discount = (1 + rate) ** -np.arange(length, dtype=np.float64)
    yuan = fsum(counted[inputs.places.tops] @ discount)
    return yuan / YUAN_PER_WAN * (1 + (weight - 1) * float(number(effect.get("low_income_share", 0))))
