"""When funds may first pay each part of a project."""

from collections.abc import Iterable, Iterator

import polars as pl

from zxsim.verify.eligibility import barred
from zxsim.verify.inputs import Fund, Inputs, in_categories
from zxsim.verify.judged import scope_of


def first_openings(inputs: Inputs, funds: Iterable[str], chosen: pl.Expr) -> pl.DataFrame:
    """Return the parts of the chosen projects that one of the funds may pay in some year.

    A fund may pay a part in a year within the project's window in which it holds money, or has some
    carried over; at places and for categories that it is for; unless the project is forbidden, or an
    eligibility rule of that year keeps it out.

    Returns
    -------
    polars.DataFrame
        ``project_id``, ``place_id``, ``cost`` and ``opens``, the first such year.
    """
    facts = inputs.projects.filter(chosen & ~pl.col("forbidden")).drop("cost")
    parts = inputs.parts.filter(pl.col("cost") > 0).join(facts, on="project_id")
    found = [
        payable.with_columns(opens=pl.lit(year, dtype=pl.Int64))
        for fund_id in funds
        for year, payable in _by_year(fund_id, inputs.funds[fund_id], parts, inputs)
    ]
    opened = pl.concat([parts.with_columns(opens=pl.lit(0, dtype=pl.Int64)).clear(), *found])
    return opened.group_by("project_id", "place_id", "cost").agg(pl.col("opens").min())


def _by_year(
    fund_id: str, fund: Fund, parts: pl.DataFrame, inputs: Inputs
) -> Iterator[tuple[int, pl.DataFrame]]:
    allowed, not_allowed = fund.record.get("categories"), fund.record.get("not_categories")
    if allowed:
        parts = parts.filter(in_categories(allowed))
    if not_allowed:
        parts = parts.filter(~in_categories(not_allowed))
    if fund.where is not None:
        parts = parts.filter(pl.col("place_id").is_in(list(inputs.places.inside(fund.where))))
    for year in inputs.years:
        if any(fund.units.get(s, 0) for s in range(year - fund.carry_over, year + 1)):
            in_window = (pl.col("first_year") <= year) & (pl.col("last_year") >= year)
            kept_out = pl.col("project_id").is_in(list(_kept_out(fund_id, year, inputs)))
            yield year, parts.filter(in_window & ~kept_out)


def _kept_out(fund_id: str, year: int, inputs: Inputs) -> set[str]:
    """Ids of the projects that eligibility rules keep from a fund in a year."""
    out: set[str] = set()
    for rule in inputs.rules.values():
        if rule["kind"] == "eligibility":
            scope = scope_of(rule, inputs)
            if fund_id in scope.funds and year in scope.years:
                out.update(barred(rule, inputs))
    return out
