"""The topic of a comparison that is about money: sums of every run as bars, and what moved."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from zxsim.report.compare_sheets import cells_sheet, money_sheet
from zxsim.report.page.charts import Bar, Chart
from zxsim.report.page.compared import Compared
from zxsim.report.page.parts import Figure, Figures, Fold, Panel, Part, Text

_MOST_NAMED = 5
"""Categories or funds with bars of their own; the others are one."""


def money(compared: Compared) -> list[Panel]:
    """Return bars by category and year, the sums that moved, and every single amount."""
    if not len(compared.found.cells):
        return [Panel([Text(compared.words("page_same_money"))])]
    figures = Figures([Figure(chart) for chart in _charts(compared)])
    return [Panel([figures, *_sums(compared), _cells(compared)])]


def _charts(compared: Compared) -> Iterator[Chart]:
    spending = compared.found.spending
    for dimension in ("category", "fund", "year"):
        rows = spending.filter(pl.col("dimension") == dimension)
        if dimension == "year" or rows["item"].n_unique() > 1:
            yield _chart(compared, dimension, rows)


def _chart(compared: Compared, dimension: str, rows: pl.DataFrame) -> Chart:
    """Bars of the runs side by side, at each category, fund or year."""
    names = dict(rows.select("item", "name").iter_rows())
    items = _in_order(dimension, rows)
    groups = (
        [(names[item], [item]) for item in items[:_MOST_NAMED]]
        if dimension != "year"
        else [(item, [item]) for item in items]
    )
    if dimension != "year" and items[_MOST_NAMED:]:
        groups.append((compared.words("other"), items[_MOST_NAMED:]))
    amounts = {
        (run, item): amount for run, item, amount in rows.select("run", "item", "amount_wan").iter_rows()
    }
    return Chart(
        title=compared.words(f"page_chart_{dimension}"),
        unit=compared.words("wan"),
        axis=compared.words(f"dimension_{dimension}"),
        positions=[name for name, _ in groups],
        how="money",
        bars=[
            Bar(label, [sum(amounts.get((label, item), 0.0) for item in group) for _, group in groups], look)
            for look, label in enumerate(compared.found.runs["label"])
        ],
    )


def _in_order(dimension: str, rows: pl.DataFrame) -> list[str]:
    """Years in order, others by the largest amount of any run."""
    if dimension == "year":
        return sorted(rows["item"].unique().to_list())
    largest = rows.group_by("item").agg(pl.col("amount_wan").max())
    return largest.sort("amount_wan", "item", descending=[True, False])["item"].to_list()


def _sums(compared: Compared) -> list[Part]:
    found, note = compared.largest("money")
    if not len(found.money):
        return []
    sheet = money_sheet(compared.make, found)
    choices = ("run_label", "dimension")
    return [compared.table(sheet, compared.words("page_money_sums"), choices, note)]


def _cells(compared: Compared) -> Fold:
    found, note = compared.largest("cells")
    title = compared.words("page_money_cells", count=f"{len(compared.found.cells):,}")
    choices = ("run_label", "place", "category", "money_of_fund", "year")
    table = compared.table(cells_sheet(compared.make, found), title, choices, note)
    return Fold(title, [replace(table, added=len(table.columns) - 1)])
