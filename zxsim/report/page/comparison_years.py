"""The topic of a comparison that is about years: both paths, and their difference with its interval."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from zxsim.report.compare_cells import indicator_words, who
from zxsim.report.compare_sheets import UNIT_WORDS, UNITS, trajectories_sheet
from zxsim.report.page.charts import Band, Chart, Line
from zxsim.report.page.compared import Compared
from zxsim.report.page.parts import Figure, Figures, Fold, Panel, Part, Text
from zxsim.whatif.compare_years import SIMULATED

KEYS = ["basis", "indicator", "place_id", "group"]
_FIRST = ("income", "unresolved", "open_cases")
"""Simulated figures of all households that are drawn, in this order."""

MOST_PLACES = 6
"""Places and groups that have charts of their own."""


def years(compared: Compared) -> list[Panel]:
    """Return for each run the charts of everybody and of the places that differ most, then all figures."""
    found = compared.found
    if not len(found.trajectories):
        return [Panel([Text(compared.words("page_same_years"))])]
    panels = [
        Panel(parts, title=compared.words("page_beside", a=compared.reference, b=label))
        for label in found.labels
        if (parts := _of_run(compared, label))
    ]
    cut, note = compared.largest("trajectories")
    title = compared.words("page_all_years", count=f"{len(found.trajectories):,}")
    choices = ("run_label", "compared_basis", "indicator", "compared_item", "year")
    table = compared.table(trajectories_sheet(compared.make, cut), title, choices, note)
    notes = [Text(compared.words(key), "note") for key in ("page_difference_note", "interval_note")]
    return [Panel(notes), *panels, Panel([Fold(title, [table])])]


def _of_run(compared: Compared, label: str) -> list[Part]:
    """Charts of all households, then those of places, then a word on what is not drawn."""
    paths = compared.found.paths.filter(pl.col("run") == label)
    moved = compared.found.trajectories.filter(pl.col("run") == label)
    everybody = [key for name in _FIRST if (key := (SIMULATED, name, "", "")) in _keys(moved)]
    others = _largest(moved)
    parts: list[Part] = []
    for keys in (everybody, others[:MOST_PLACES]):
        parts += [Figures([Figure(chart) for chart in _charts(compared, paths, key)]) for key in keys]
    if others[MOST_PLACES:]:
        count = len(others) - MOST_PLACES
        parts.append(Text(compared.words("page_places_most", shown=MOST_PLACES, count=count), "note"))
    return parts


Key = tuple[str, str, str, str]


def _keys(frame: pl.DataFrame) -> list[Key]:
    return list(frame.select(KEYS).unique(maintain_order=True).iter_rows())


def _largest(moved: pl.DataFrame) -> list[Key]:
    """What places expect, and incomes that they are found to have: the largest differences first.

    Differences are set against the figure before, so that yuan and shares stand in one order.
    """
    size = (pl.col("difference") / pl.col("before").abs().clip(1e-9)).abs().max().alias("size")
    of_places = pl.col("place_id") != ""
    wanted = moved.filter(of_places & ((pl.col("basis") != SIMULATED) | (pl.col("indicator") == "income")))
    ordered = (
        wanted.group_by(KEYS, maintain_order=True)
        .agg(size)
        .sort("size", descending=True, maintain_order=True)
    )
    return _keys(ordered)


def _charts(compared: Compared, paths: pl.DataFrame, key: Key) -> Iterator[Chart]:
    """Both paths, then their difference."""
    own = paths.filter(
        pl.all_horizontal(pl.col(name) == value for name, value in zip(KEYS, key, strict=True))
    )
    row, a, b = own.row(0, named=True), compared.reference, str(own["run"][0])
    periods = sorted(paths.filter(pl.col("basis") == key[0])["year"].unique())
    table = pl.DataFrame({"year": periods}).join(own, on="year", how="left", maintain_order="left")
    absent = 0.0 if key[0] == SIMULATED else None
    before, after, difference = (_filled(table, name, absent) for name in ("before", "after", "difference"))
    how = UNITS.get(row["unit"], "money")
    both = Chart(
        title=_title(compared, "page_both_paths", row, a, b),
        unit=compared.words(UNIT_WORDS[row["unit"]]),
        axis=compared.words("year"),
        positions=[str(year) for year in periods],
        how="count" if row["unit"] == "yuan" else how,
        lines=[Line(a, before, 0), Line(b, after, 1)],
        from_zero=row["unit"] == "households",
    )
    low, high = (_filled(table, name, 0.0) for name in ("low", "high"))
    known = table["low"].is_not_null().any()
    yield both
    yield replace(
        both,
        title=_title(compared, "page_path_difference", row, a, b),
        how=how,
        bands=[Band(compared.words("page_interval"), low, high)] if known else [],
        lines=[Line(compared.words("page_less", a=a, b=b), difference, 0)],
        from_zero=True,
        scale=f"difference {key[0]} {key[1]} {bool(key[2])}",
    )


def _title(compared: Compared, words: str, row: Mapping[str, Any], a: str, b: str) -> str:
    return compared.words(
        words,
        indicator=indicator_words(row, compared.language),
        who=who(row, row["place_name"], compared.language),
        basis=compared.words(f"basis_{row['basis']}"),
        a=a,
        b=b,
    )


def _filled(table: pl.DataFrame, name: str, absent: float | None) -> Sequence[float | None]:
    values = table[name]
    return (values if absent is None else values.fill_null(absent)).to_list()
