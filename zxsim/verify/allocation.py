"""Check 2: every row of allocation.csv is well formed and names what exists."""

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import Message
from zxsim.verify.findings import ALLOCATION, row_findings
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import PLAN_SCHEMA, Plan
from zxsim.verify.reading import lacks_columns

COLUMNS = ("project_id", "place_id", "category", "fund_id", "year", "amount_wan")
KEY = ("project_id", "place_id", "fund_id", "year")

_NUMBER = r"^-?\d{1,10}(\.\d+)?$"
"""At most ten digits before the point: more 万元 than there are, and sums stay far below 2⁶³."""
_ON_GRID = r"^-?\d{1,10}(\.\d{1,2}0*)?$"
_YEAR = r"^\d{4}$"


def check_rows(table: pl.DataFrame, inputs: Inputs, findings: list[Message]) -> Plan | None:
    """Note every row at fault and return the plan that the sound rows make.

    A row that names something unknown, or has no amount on the grid, is left out of all sums.
    ``None`` when the table lacks a column.
    """
    if lacks_columns(table, COLUMNS, ALLOCATION, findings):
        return None
    rows = _annotated(table, inputs)
    noted = [*_amounts(rows), *_names(rows, inputs), *_facts(rows)]
    findings += sorted(noted, key=lambda message: message.line)
    sound = rows.filter(
        pl.col("on_grid"),
        pl.col("known_year"),
        pl.col("fund_id").is_in(list(inputs.funds)),
        pl.col("own_category").is_not_null(),
        pl.col("known_place"),
    )
    named = sound.drop("category").rename({"own_category": "category"})
    units = pl.col("amount_wan").cast(pl.Decimal(38, 2)) * UNITS_PER_WAN
    typed = named.with_columns(pl.col("year").cast(pl.Int64), units.cast(pl.Int64).alias("units"))
    return Plan(typed.select(list(PLAN_SCHEMA)), inputs.places)


def _annotated(table: pl.DataFrame, inputs: Inputs) -> pl.DataFrame:
    """Put beside each row what projects.csv and places.csv say of its ids."""
    projects = inputs.projects.select(
        "project_id", pl.col("category").alias("own_category"), "subcategory", "places"
    )
    parts = inputs.parts.select("project_id", "place_id", part=True)
    named = table.join(projects, on="project_id", how="left", maintain_order="left")
    placed = named.join(parts, on=["project_id", "place_id"], how="left", maintain_order="left")
    years = [str(year) for year in inputs.years]
    return placed.with_columns(
        is_number=pl.col("amount_wan").str.contains(_NUMBER),
        on_grid=pl.col("amount_wan").str.contains(_ON_GRID),
        known_year=pl.col("year").str.contains(_YEAR) & pl.col("year").is_in(years),
        known_place=pl.col("place_id").is_in(inputs.places.ids),
    )


def _amounts(rows: pl.DataFrame) -> list[Message]:
    amount = pl.col("amount_wan")
    not_above_zero = amount.str.starts_with("-") | amount.str.contains(r"^[0.]+$")
    number, grid = pl.col("is_number"), pl.col("on_grid")
    return [
        *row_findings(rows, ~number, "verify_not_a_number", "> 0", amount),
        *row_findings(rows, number & ~grid, "verify_amount_not_on_grid", "0.01", amount),
        *row_findings(rows, number & not_above_zero, "verify_negative", "> 0", amount),
    ]


def _names(rows: pl.DataFrame, inputs: Inputs) -> list[Message]:
    fund, horizon = pl.col("fund_id"), f"{inputs.years[0]}-{inputs.years[-1]}"
    unknown_project = pl.col("own_category").is_null()
    unknown_fund = ~fund.is_in(list(inputs.funds))
    return [
        *row_findings(rows, unknown_project, "verify_unknown_project", "projects.csv", pl.col("project_id")),
        *row_findings(rows, ~pl.col("known_place"), "verify_unknown_place", "places.csv", pl.col("place_id")),
        *row_findings(rows, unknown_fund, "verify_unknown_fund", "; ".join(inputs.funds), fund),
        *row_findings(rows, ~pl.col("known_year"), "verify_year", horizon, pl.col("year")),
    ]


def _facts(rows: pl.DataFrame) -> list[Message]:
    """Check rows of known projects against what the library says of them; no row stands twice."""
    known = pl.col("own_category").is_not_null()
    category, own = pl.col("category"), pl.col("own_category")
    elsewhere = known & pl.col("known_place") & pl.col("part").is_null()
    again = ~pl.struct(KEY).is_first_distinct()
    return [
        *row_findings(rows, known & (category != own), "verify_category", own, category),
        *row_findings(rows, elsewhere, "verify_place", pl.col("places"), pl.col("place_id")),
        *row_findings(rows, again, "verify_duplicate", "1", pl.lit("2")),
    ]
