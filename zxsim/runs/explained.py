"""Tables that say why: what a clause costs, and why each project is funded or not."""

from collections.abc import Mapping, Sequence

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.marginals import Marginal
from zxsim.optimize.plan import Plan
from zxsim.optimize.reasons import Reason

DIGITS = 9
"""Digits behind the point of gains and losses: what lies behind is the solver's tolerance."""

MARGINAL_SCHEMA = {
    "clause": pl.String,
    "rule": pl.String,
    "kind": pl.String,
    "year": pl.Int64,
    "step": pl.Float64,
    "unit": pl.String,
    "gain_if_loosened": pl.Float64,
    "until": pl.Float64,
    "loss_if_tightened": pl.Float64,
    "until_tight": pl.Float64,
    "measured_in": pl.String,
    "measured_in_tight": pl.String,
    "mark": pl.String,
}
PROJECT_SCHEMA = {
    "project_id": pl.String,
    "public_cost_wan": pl.Float64,
    "paid_wan": pl.Float64,
    "status": pl.String,
    "reason": pl.String,
    "rule": pl.String,
    "clause": pl.String,
    "stage": pl.String,
    "benefit_missing": pl.Float64,
    "benefit_missing_in_all": pl.Float64,
}


def explanations(plan: Plan) -> Mapping[str, pl.DataFrame]:
    """Return the tables ``marginals`` and ``projects`` of a plan."""
    return {"marginals": marginal_table(plan.marginals), "projects": project_table(plan.reasons)}


def marginal_table(values: Sequence[Marginal]) -> pl.DataFrame:
    """One row a clause and year; null where a range was not sought or no plan keeps the change."""
    rows = [
        (
            one.clause,
            one.rule,
            one.kind,
            one.year,
            round(one.step, DIGITS),
            one.unit,
            _rounded(one.gain),
            _rounded(one.until),
            _rounded(one.loss),
            _rounded(one.until_tight),
            one.measured_in,
            one.measured_in_tight,
            one.mark,
        )
        for one in values
    ]
    return pl.DataFrame(rows, schema=MARGINAL_SCHEMA, orient="row")


def project_table(found: Sequence[Reason]) -> pl.DataFrame:
    """One row a project; ``benefit_missing`` is per 万元, the other for all of its public cost."""
    rows = [
        (
            one.project_id,
            one.public_units / UNITS_PER_WAN,
            one.paid_units / UNITS_PER_WAN,
            one.status,
            one.reason,
            one.rule,
            one.clause,
            one.stage,
            _rounded(one.worth_missing),
            None
            if one.worth_missing is None
            else _rounded(one.worth_missing * one.public_units / UNITS_PER_WAN),
        )
        for one in found
    ]
    return pl.DataFrame(rows, schema=PROJECT_SCHEMA, orient="row")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS) + 0.0
