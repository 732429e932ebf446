"""Sheets of a workbook about a simulation: incomes and cases year by year, targets with their probability."""

from collections.abc import Iterator, Sequence

import polars as pl

from zxsim.exporters.sheet import Chart, Column, Format, Kind, Sheet, Value
from zxsim.report.indicator_labels import GROUP_LABELS, INDICATOR_LABELS
from zxsim.report.plain_sheets import SheetWriter, capitalised
from zxsim.report.rule_sheets import relation_words, target_formats

EVERYBODY = ("income", "income_p10", "income_p50", "income_p90")
CASES = ("open_cases", "unresolved", "entries", "exits", "relapses")
BY_PLACE = ("income", "open_cases", "unresolved")
IN_RELATION = ("value", "planned", "mean", "low", "high")
"""Figures of a target in the unit of its relation; the others are levels of its indicator."""

_YEAR_WIDTH = 20
"""So wide that two charts have room side by side below five years."""

Row = tuple[Kind, str, list[Value], Format]


def simulation_sheets(make: SheetWriter) -> list[Sheet]:
    """Both sheets; none where the run was not simulated."""
    return [_by_year(make), _targets(make)] if make.run.manifest.get("simulation") else []


def _by_year(make: SheetWriter) -> Sheet:
    """Means over the replications: everybody, groups of households, places; with charts."""
    years = [str(year) for year in make.run.years]
    means = make.run.table("simulation").filter(
        (pl.col("statistic") == "mean") & pl.col("period").is_in(years)
    )
    rows = [*_everybody(make, means, years), *_groups(make, means, years), *_places(make, means, years)]
    values = list(zip(*(row[2] for row in rows), strict=True))
    formats = [row[3] for row in rows]
    columns = [
        Column(make.words("item"), [capitalised(row[1]) for row in rows], 40),
        *(
            Column(year, values[at], _YEAR_WIDTH, format="money", formats=formats, added=True)
            for at, year in enumerate(years)
        ),
    ]
    first = 1 + len(EVERYBODY)
    charts = [
        Chart(make.words("chart_income"), "line", range(1, first), (1, len(years)), "money"),
        Chart(make.words("chart_cases"), "line", [first, first + 1], (1, len(years)), "money"),
    ]
    kinds = [row[0] for row in rows]
    notes = [_size(make), make.words("in_households")]
    return make.sheet("sheet_simulation_by_year", columns, kinds, notes, charts, frozen=1)


def _size(make: SheetWriter) -> str:
    """How many households and replications, and how precise."""
    said = make.run.manifest["simulation"]
    half = 100 * said["half_width"]
    return make.words(
        "simulated_size", households=said["households"], replications=said["replications"], half=half
    )


def _everybody(make: SheetWriter, means: pl.DataFrame, years: Sequence[str]) -> Iterator[Row]:
    yield _heading(make.words("everywhere"), years)
    whole = means.filter((pl.col("place_id") == "") & (pl.col("group") == ""))
    for name in (*EVERYBODY, *CASES):
        yield _row(_words(make, name), whole.filter(pl.col("indicator") == name), years)


def _groups(make: SheetWriter, means: pl.DataFrame, years: Sequence[str]) -> Iterator[Row]:
    """Monitored households by group."""
    for name in ("open_cases", "unresolved"):
        yield _heading(_words(make, name), years)
        for group, words in GROUP_LABELS.items():
            inside = means.filter((pl.col("indicator") == name) & (pl.col("group") == group))
            yield _row(words[0 if make.language == "zh" else 1], inside, years)


def _places(make: SheetWriter, means: pl.DataFrame, years: Sequence[str]) -> Iterator[Row]:
    for name in BY_PLACE:
        rows = means.filter((pl.col("indicator") == name) & (pl.col("place_id") != ""))
        if not len(rows):
            continue
        yield _heading(_words(make, name), years)
        for (place,), inside in rows.sort("place_id").group_by("place_id", maintain_order=True):
            yield _row(make.place(str(place)), inside, years)


def _heading(text: str, years: Sequence[str]) -> Row:
    return Kind.GROUP, text, [None] * len(years), "text"


def _row(text: str, rows: pl.DataFrame, years: Sequence[str]) -> Row:
    """One figure by year; what is not there is 0."""
    found: dict[str, float] = dict(rows.select("period", "value").iter_rows())
    return Kind.PLAIN, text, [round(found.get(year, 0.0), 2) for year in years], "money"


def _words(make: SheetWriter, indicator: str) -> str:
    return INDICATOR_LABELS[indicator][0 if make.language == "zh" else 1]


def _targets(make: SheetWriter) -> Sheet:
    """Every target at a place and year: planned, simulated, and how surely it is met."""
    frame = make.run.table("simulated_targets")
    specs = make.run.scenario.get("target", {})
    names = [specs[name]["indicator"] for name in frame["target"]]
    rows = list(frame.with_columns(indicator=pl.Series(names, dtype=pl.String)).iter_rows(named=True))
    level, asked = target_formats(rows)
    headings = {"mean": "simulated_mean", "low": "interval_low", "high": "interval_high"}
    figures = (*IN_RELATION, "baseline", "trend", "plan", "shocks")
    columns = [
        make.column("target", [make.run.label("target", name) for name in frame["target"]]),
        make.column("clause", frame["clause"].to_list()),
        make.column("place", [make.place(place) for place in frame["place_id"]]),
        make.column("year", frame["year"].to_list(), "year"),
        make.column("relation", [relation_words(make, relation) for relation in frame["relation"]]),
        *(
            make.column(
                headings.get(key, key), frame[key].to_list(), formats=asked if key in IN_RELATION else level
            )
            for key in figures
        ),
        *(make.column(key, frame[key].to_list(), "rate") for key in ("probability", "probability_fixed")),
    ]
    return make.sheet("sheet_simulated_targets", columns, notes=[_size(make)], frozen=1)
