"""Check 3: what was promised is paid, and the years already decided are as they were.

x[project, place, fund, year] ≥ the commitment of that cell; up to ``decided_through`` it equals the
commitment, and is 0 where there is none.
"""

import polars as pl

from zxsim.errors import Message
from zxsim.verify.commitments import CELL
from zxsim.verify.findings import finding
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan, in_wan


def check_decided(plan: Plan, inputs: Inputs) -> list[Message]:
    """Compare the plan with commitments.csv, cell by cell."""
    if inputs.commitments is None:
        return []
    paid = plan.rows.group_by(CELL).agg(pl.col("units").sum(), pl.col("line").min())
    cells = inputs.commitments.join(paid, on=CELL, how="full", coalesce=True).sort(CELL)
    units, promised = (pl.col(column).fill_null(0) for column in ("units", "promised"))
    last = inputs.years[0] - 1 if inputs.decided_through is None else inputs.decided_through
    decided = pl.col("year") <= last
    wrong = cells.select(*CELL, units, promised, pl.col("line").fill_null(0), decided=decided).filter(
        pl.when("decided")
        .then(pl.col("units") != pl.col("promised"))
        .otherwise(pl.col("units") < pl.col("promised"))
    )
    return [
        finding(
            "verify_decided" if is_decided else "verify_commitment",
            f"{'=' if is_decided else '>='} {in_wan(limit)}",
            in_wan(found),
            address=" ".join(str(word) for word in cell),
            line=line,
        )
        for *cell, found, limit, line, is_decided in wrong.iter_rows()
    ]
