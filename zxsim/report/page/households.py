"""Topics of the simulation: incomes as fans, monitored households as stock and flows."""

from collections.abc import Iterator, Sequence

import polars as pl

from zxsim.report.page.charts import Band, Bar, Chart, Line
from zxsim.report.page.limits import MOST_CHARTS, cut
from zxsim.report.page.parts import Figure, Figures, Fold, Part, Table, Text
from zxsim.report.page.series import MONTHS, Long, Series, months_of
from zxsim.report.page.source import PageRun
from zxsim.simulate.setup import UNLIMITED

GROUPS = ("lifted", "marginal", "sudden")
_FLOWS = ("entries", "exits", "relapses")
_TIMES = ("days_to_notice", "days_to_measure", "days_to_removal")


def incomes(run: PageRun) -> list[Part]:
    """Return the fan of all households, then one of each place and group."""
    if not run.simulated:
        return [Text(run.words("page_no_simulation"))]
    long = Long(run.households)
    periods = [str(year) for year in run.make.run.years]
    spread = [Figure(_spread(run, long, periods, place, group)) for place, group in long.keys("income_p50")]
    fans, note = _fans(run, long, periods)
    parts: list[Part] = [Figures(spread), Figures(fans)] if fans else [Figures(spread)]
    return [*parts, *([Text(note, "note")] if note else []), Text(run.words("page_income_note"), "note")]


def _name(run: PageRun, place: str, group: str) -> str:
    """Name of a place, a group, or a group at a place."""
    kind = run.words(f"group_{group}") if group in GROUPS else group
    return " ".join(text for text in (run.place(place) if place or not group else "", kind) if text)


def _spread(run: PageRun, long: Long, periods: Sequence[str], place: str, group: str) -> Chart:
    """How households differ: means over the replications of their quantiles."""
    at = {
        share: long.series(f"income_p{share}", periods, place, group).mean for share in (10, 25, 50, 75, 90)
    }
    return Chart(
        title=run.words("page_income_spread", place=_name(run, place, group)),
        unit=run.words("page_yuan"),
        axis=run.words("year"),
        positions=periods,
        how="count",
        bands=[
            Band(run.words("page_p10_p90"), at[10], at[90]),
            Band(run.words("page_p25_p75"), at[25], at[75], 1),
        ],
        lines=[
            Line(run.words("page_median"), at[50], 0),
            long.series("income", periods, place, group).line(run.words("page_mean"), 1),
        ],
        scale="spread",
    )


def _fans(run: PageRun, long: Long, periods: Sequence[str]) -> tuple[list[Figure], str]:
    """A fan of each place or group, of those with the lowest incomes where there are many."""
    keys = [key for key in long.keys("income") if key != ("", "")]
    note = ""
    if len(keys) > MOST_CHARTS:
        note = run.words(
            "page_places_lowest", year=periods[-1], shown=MOST_CHARTS, count=len(keys) - MOST_CHARTS
        )
        keys = sorted(keys, key=lambda key: long.series("income", periods, *key).mean[-1] or 0.0)[
            :MOST_CHARTS
        ]
    charts = [
        Chart(
            title=_name(run, *key),
            unit=run.words("page_yuan"),
            axis=run.words("year"),
            positions=periods,
            how="count",
            bands=[series.band(run.words("page_interval"))],
            lines=[series.line(run.words("page_mean"))],
            from_zero=False,
            scale="place",
        )
        for key in keys
        for series in [long.series("income", periods, *key)]
    ]
    return [Figure(chart) for chart in charts], note


def monitored(run: PageRun) -> list[Part]:
    """Return stock by month, stock by group, flows by year, times and slots."""
    if not run.simulated:
        return [Text(run.words("page_no_simulation"))]
    long, years = Long(run.households), run.make.run.years
    periods = [str(year) for year in years]
    charts = [_stock(run, long, years), _by_group(run, long, periods), _flows(run, long, periods)]
    tables = [_times(run, long), _slots(run, long), _open_places(run)]
    return [
        Figures([Figure(chart) for chart in charts]),
        _yearly(run, long, periods),
        Text(run.words("in_households"), "note"),
        *(Fold(table.caption, [table]) for table in tables if len(table)),
    ]


def _stock(run: PageRun, long: Long, years: Sequence[int]) -> Chart:
    months = months_of(years)
    opened, unresolved = (long.series(name, months) for name in ("open_cases", "unresolved"))
    return Chart(
        title=run.words("page_stock"),
        unit=run.words("page_households_unit"),
        axis=run.words("page_month"),
        positions=[month if at % MONTHS else month[:4] for at, month in enumerate(months)],
        how="number",
        bands=[_rounded(opened).band(run.words("page_interval"))],
        lines=[
            _rounded(opened).line(run.words("page_open_mean")),
            _rounded(unresolved).line(run.words("page_unresolved"), 1),
        ],
        marked=list(range(0, len(months), MONTHS)),
        scale="stock",
    )


def _rounded(series: Series) -> Series:
    """Numbers of households with one digit."""
    rounded = (
        [round(value or 0.0, 1) for value in values] for values in (series.mean, series.low, series.high)
    )
    return Series(*rounded)


def _by_group(run: PageRun, long: Long, periods: Sequence[str]) -> Chart:
    bars = [
        Bar(run.words(f"group_{group}"), _rounded(long.series("open_cases", periods, "", group)).mean, look)
        for look, group in enumerate(GROUPS)
    ]
    return _bars(run, "page_stock_groups", periods, bars, stacked=True)


def _flows(run: PageRun, long: Long, periods: Sequence[str]) -> Chart:
    bars = [
        Bar(run.words(name), _rounded(long.series(name, periods)).mean, look)
        for look, name in enumerate(_FLOWS)
    ]
    return _bars(run, "page_flows", periods, bars, stacked=False)


def _bars(run: PageRun, title: str, periods: Sequence[str], bars: Sequence[Bar], *, stacked: bool) -> Chart:
    return Chart(
        title=run.words(title),
        unit=run.words("page_households_unit"),
        axis=run.words("year"),
        positions=periods,
        how="number",
        bars=bars,
        stacked=stacked,
        scale=title,
    )


def _yearly(run: PageRun, long: Long, periods: Sequence[str]) -> Table:
    """Stock and flows by year, each with its interval."""
    columns = [run.make.column("year", list(periods))]
    for name in (*_FLOWS, "open_cases", "unresolved"):
        series = long.series(name, periods)
        cells = [
            f"{mean:,.1f} ({low:,.0f}–{high:,.0f})"
            for mean, low, high in zip(series.mean, series.low, series.high, strict=True)
        ]
        columns.append(run.make.column(name, cells))
    return Table(run.words("page_monitored_table"), columns)


def _times(run: PageRun, long: Long) -> Table:
    rows = [(run.words(name), *_days(long, name)) for name in _TIMES if any(_days(long, name))]
    names, means, medians, most = zip(*rows, strict=True) if rows else ((), (), (), ())
    columns = [
        run.make.column("page_step", names),
        run.make.column("page_mean", means, "count"),
        run.make.column("page_median", medians, "count"),
        run.make.column("page_p90", most, "count"),
    ]
    return Table(run.words("page_times"), columns)


def _days(long: Long, name: str) -> tuple[float | None, ...]:
    return tuple(long.single(name, statistic) for statistic in ("mean", "median", "p90"))


def _slots(run: PageRun, long: Long) -> Table:
    """Slots funded and used of each measure; one that nothing limits is so called."""
    rows = list(_slot_rows(run, long))
    names, opened, granted = zip(*rows, strict=True) if rows else ((), (), ())
    columns = [
        run.make.column("measure", names),
        run.make.column("slots_opened", opened, "count"),
        run.make.column("slots_granted", granted, "number"),
    ]
    return Table(run.words("page_slots"), columns)


def _slot_rows(run: PageRun, long: Long) -> Iterator[tuple[str, float | str, float]]:
    for _, group in long.keys("slots_opened"):
        opened = long.single("slots_opened", "mean", group) or 0.0
        told = run.words("unlimited") if opened >= UNLIMITED else opened
        yield (
            run.make.run.label("measure", group),
            told,
            round(long.single("slots_granted", "mean", group) or 0.0, 1),
        )


def _open_places(run: PageRun) -> Table:
    """Places by the households on their list at the end."""
    year = run.make.run.years[-1]
    rows = run.households.filter(
        (pl.col("indicator") == "open_cases")
        & (pl.col("place_id") != "")
        & (pl.col("period") == str(year))
        & (pl.col("statistic") == "mean")
    ).sort("value", descending=True, maintain_order=True)
    kept, note = cut(run, rows, "simulation", "page_largest")
    columns = [
        run.make.column("place", [run.place(one) for one in kept["place_id"]]),
        run.make.column("open_cases", [round(value, 1) for value in kept["value"]], "number"),
    ]
    return Table(run.words("page_open_places", year=year), columns, note=note)
