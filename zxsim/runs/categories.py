"""What each category of projects gets, and what its money is worth."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.plan import Plan
from zxsim.runs.once import once_a_plan


def spent_by_category(plan: Plan) -> Mapping[str, int]:
    """Units of each category that the funds could pay something of, in the order of the names."""
    layout = plan.model.layout
    could = np.zeros(len(layout.project_cost), dtype=np.bool_)
    could[layout.part_project[layout.column_part]] = True
    paid = np.flatnonzero(plan.class_units)
    units = np.bincount(
        layout.part_project[layout.column_part[paid]], plan.class_units[paid], len(layout.project_cost)
    )
    kinds = layout.projects.select("category", units=pl.Series(units).cast(pl.Int64)).filter(pl.Series(could))
    return dict(kinds.group_by("category").agg(pl.col("units").sum()).sort("category").iter_rows())


@once_a_plan
def benefit_per_wan_by_category(plan: Plan) -> Mapping[str, float]:
    """Benefit that would be lost without the money of a category, per 万元 of it."""
    layout, units = plan.model.layout, plan.class_units
    category = layout.projects["category"]
    found = {}
    for name, spent in spent_by_category(plan).items():
        if spent > 0:
            others = (category != name).to_numpy()[layout.part_project[layout.column_part]]
            without = plan.model.benefit(np.where(others, units, 0) / UNITS_PER_WAN)
            found[name] = (plan.benefit - without) / (spent / UNITS_PER_WAN)
    return found
