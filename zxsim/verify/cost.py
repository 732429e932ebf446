"""Check 3: no part of a project takes more than its public cost; a required one takes all of it."""

import polars as pl

from zxsim.errors import Message
from zxsim.verify.findings import finding
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan, in_wan


def check_costs(plan: Plan, inputs: Inputs) -> list[Message]:
    """Compare the money of each project at each of its places with that part's cost."""
    key = ["project_id", "place_id"]
    paid = plan.rows.group_by(key).agg(pl.col("units").sum())
    required = inputs.projects.select("project_id", "required")
    parts = inputs.parts.join(paid, on=key, how="left", maintain_order="left").join(
        required, on="project_id", maintain_order="left"
    )
    units, cost = pl.col("units").fill_null(0), pl.col("cost")
    wrong = parts.with_columns(units).filter((units > cost) | (pl.col("required") & (units < cost)))
    return [
        finding(
            "verify_cost" if found > limit else "verify_required",
            f"{'=' if must else '<='} {in_wan(limit)}",
            in_wan(found),
            address=f"{project} {place}",
        )
        for project, place, limit, found, must in wrong.select(*key, "cost", "units", "required").iter_rows()
    ]
