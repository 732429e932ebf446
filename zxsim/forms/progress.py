"""Payments and works of a quarter beside the plan of its year, and what a report calls their state."""

from collections.abc import Sequence

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.forms.scope import Quarter
from zxsim.forms.words import BEHIND, FINISHED, NOT_BEGUN, ON_TIME, SILENT, UNPAID, UNPLANNED
from zxsim.runs.data import RunData
from zxsim.schema.progress import QUARTER

PAID = ("paid_wan", "paid_quarter_wan", "paid_total_wan")
"""Paid in the year up to the quarter's end, in the quarter, and since the beginning; in units."""

KEY = ("project_id", "place_id")

NEARLY = 1e-6
"""Units by which a share of money may be off as a floating-point number."""


def chosen_quarter(run: RunData, year: int | None, number: int | None) -> Quarter | None:
    """Return the quarter that is asked for, the last one with a report where it is left open."""
    fitting = [at for at in _quarters(run) if year in (None, at[0]) and number in (None, at[1])]
    return Quarter(*fitting[-1]) if fitting else None


def quarters_reported(run: RunData) -> list[str]:
    """Return the quarters with a report."""
    return [str(Quarter(*at)) for at in _quarters(run)]


def _quarters(run: RunData) -> list[tuple[int, int]]:
    return sorted(set(_reports(run).select("year", "number").iter_rows()))


def _reports(run: RunData) -> pl.DataFrame:
    """One row a report: project, place, year, number of the quarter, units paid, share built."""
    frame = run.progress
    assert frame is not None
    parts = [pl.col("quarter").str.extract(QUARTER, group).cast(pl.Int64) for group in (1, 2)]
    built = pl.col("physical_share") if "physical_share" in frame.columns else pl.lit(None, pl.String)
    return frame.select(
        pl.col("project").alias("project_id"),
        pl.col("place").alias("place_id"),
        parts[0].alias("year"),
        parts[1].alias("number"),
        (pl.col("paid_wan").cast(pl.Float64) * UNITS_PER_WAN).round().cast(pl.Int64).alias("units"),
        built.cast(pl.Float64).alias("built"),
    )


def progress_until(run: RunData, quarter: Quarter) -> pl.DataFrame:
    """One row a project and place with a report: :data:`PAID`, ``physical_share``, and whether it is of late.

    ``reported`` says whether there is a report of this very quarter.
    """
    this_year = pl.col("year") == quarter.year
    now = this_year & (pl.col("number") == quarter.number)
    until = _reports(run).filter(
        (pl.col("year") < quarter.year) | (this_year & (pl.col("number") <= quarter.number))
    )
    units = pl.col("units")
    return (
        until.sort("year", "number")
        .group_by(KEY)
        .agg(
            units.filter(this_year).sum().alias("paid_wan"),
            units.filter(now).sum().alias("paid_quarter_wan"),
            units.sum().alias("paid_total_wan"),
            pl.col("built").drop_nulls().last().alias("physical_share"),
            now.any().alias("reported"),
        )
    )


def with_progress(
    planned: pl.DataFrame, run: RunData, quarter: Quarter, expected: Sequence[float]
) -> pl.DataFrame:
    """Put payments, shares and the state of works beside the money that is planned in the year.

    A project without planned money stands there too when it was paid in the year or reported now.

    Parameters
    ----------
    planned : polars.DataFrame
        ``project_id``, ``place_id`` and ``amount_wan`` in units, and other sums.
    expected : sequence of float
        Share of the year's money that should be paid by the end of each quarter.
    """
    found = progress_until(run, quarter)
    kept = found.join(planned, on=KEY, how="semi")
    more = found.join(planned, on=KEY, how="anti").filter(pl.col("reported") | (pl.col("paid_wan") > 0))
    sums = [pl.col(name).fill_null(0) for name in (*planned.columns, *PAID) if name not in KEY]
    joined = planned.join(pl.concat([kept, more]), on=KEY, how="full", coalesce=True)
    share = pl.when(pl.col("amount_wan") > 0).then(pl.col("paid_wan") / pl.col("amount_wan"))
    return joined.with_columns(*sums, pl.col("reported").fill_null(value=False)).with_columns(
        paid_share=share, work_status=_status(expected[quarter.number - 1])
    )


def _status(expected: float) -> pl.Expr:
    """State of works in words; the first that fits."""
    done = pl.col("physical_share").fill_null(0) >= 1
    planned, paid = pl.col("amount_wan"), pl.col("paid_wan")
    rules = (
        (done & (paid >= planned), FINISHED),
        (done, UNPAID),
        (~pl.col("reported"), SILENT),
        ((planned == 0) & (paid > 0), UNPLANNED),
        ((paid == 0) & (pl.col("physical_share").fill_null(0) == 0), NOT_BEGUN),
        (paid < expected * planned - NEARLY, BEHIND),
    )
    words = pl.lit(ON_TIME)
    for fits, word in reversed(rules):
        words = pl.when(fits).then(pl.lit(word)).otherwise(words)
    return words
