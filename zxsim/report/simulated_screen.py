"""The screen of a simulation: incomes and cases by year, waiting times, slots, targets with probabilities."""

from pathlib import Path

import polars as pl
from rich.table import Table

from zxsim.report.labels import LABELS
from zxsim.report.screen import Screen
from zxsim.report.terminal import MOST_ROWS, amount
from zxsim.simulate.run import Simulated
from zxsim.simulate.setup import UNLIMITED

FLOWS = ("entries", "exits", "relapses", "open_cases", "unresolved")
TIMES = ("days_to_notice", "days_to_measure", "days_to_removal")


class SimulatedScreen(Screen):
    """Prints a simulation in one language."""

    def show(self, simulated: Simulated) -> None:
        """Print the summary of a simulation."""
        found, half = simulated.replications, 100 * simulated.replications.half_width
        households = len(simulated.targets.setup.population)
        size = self._label("simulated_size", households=households, replications=found.count, half=half)
        self._line("simulated", size)
        if found.half_width > simulated.limits.precision:
            self._say("not_precise", wanted=100 * simulated.limits.precision)
        if found.finished_here:
            self._say("finished_here")
        self._by_year(simulated)
        self._times(simulated)
        self._slots(simulated)
        self._targets(simulated)

    def folder(self, folder: Path | None) -> None:
        """Print where the run is."""
        if folder is not None:
            self._line("run", str(folder))

    def behind_plan(self, simulated: Simulated | None, folder: Path | None, *, wanted: bool) -> None:
        """Print a plan's simulation, or that there is none though it was wanted, and the folder."""
        if simulated is not None:
            self.show(simulated)
        elif wanted:
            self.absent()
        self.folder(folder)

    def absent(self) -> None:
        """Say that the scenario has no households."""
        self._say("not_simulated")

    def _headed(self, *keys: tuple[str, bool]) -> Table:
        """Start a table whose headings are labels."""
        return self._table(*((self._label(key), numbers) for key, numbers in keys))

    def _by_year(self, simulated: Simulated) -> None:
        whole = simulated.table.filter((pl.col("place_id") == "") & (pl.col("group") == ""))
        means = whole.filter(pl.col("statistic") == "mean")
        value = {
            (name, period): v for name, period, v in means.select("indicator", "period", "value").iter_rows()
        }
        setup = simulated.targets.setup
        persons = setup.population.persons
        planned = (setup.base + setup.gain) @ (persons / persons.sum())
        table = self._headed(
            ("year", False),
            *((key, True) for key in ("mean_income", "planned_income", "income_range", *FLOWS)),
        )
        for year, expected in zip(setup.years.tolist(), planned.tolist(), strict=True):
            at = {name: value.get((name, str(year)), 0.0) for name in ("income", "income_p10", "income_p90")}
            table.add_row(
                str(year),
                f"{at['income']:,.0f}",
                f"{expected:,.0f}",
                f"{at['income_p10']:,.0f}–{at['income_p90']:,.0f}",
                *(f"{value.get((name, str(year)), 0.0):,.1f}" for name in FLOWS),
            )
        self._console.print(table)
        self._say("in_households")

    def _times(self, simulated: Simulated) -> None:
        days = simulated.table.filter(pl.col("unit") == "days")
        value = {
            (name, stat): v for name, stat, v in days.select("indicator", "statistic", "value").iter_rows()
        }
        shown = []
        for name in TIMES:
            if (name, "p90") in value and (name, "median") in value:
                days_line = self._label("days_line", median=value[name, "median"], most=value[name, "p90"])
                shown.append(f"{self._label(name)} {days_line}")
        if shown:
            self._line("waiting", "   ".join(shown))

    def _slots(self, simulated: Simulated) -> None:
        means = simulated.table.filter((pl.col("unit") == "slots") & (pl.col("statistic") == "mean"))
        value = {
            (name, group): v for name, group, v in means.select("indicator", "group", "value").iter_rows()
        }
        measures = simulated.targets.setup.measures
        if not measures:
            return
        table = self._headed(("measure", False), ("slots_opened", True), ("slots_granted", True))
        spec = simulated.loaded.spec.measure
        for measure in measures:
            opened, granted = (
                value.get((name, measure.name), 0.0) for name in ("slots_opened", "slots_granted")
            )
            limited = measure.slots.max(initial=0) < UNLIMITED
            funded = f"{opened:,.0f}" if limited else self._label("unlimited")
            table.add_row(spec[measure.name].label or measure.name, funded, f"{granted:,.1f}")
        self._console.print(table)

    def _targets(self, simulated: Simulated) -> None:
        rows = simulated.target_table
        if not len(rows):
            return
        spec = simulated.loaded.spec.target
        keys = ("target", "place", "year", "required", "planned", "simulated_mean", "simulated_range")
        likely = ("probability", "probability_fixed", "shocks")
        numbers = {"required", "planned", "simulated_mean", *likely}
        table = self._headed(*((key, key in numbers) for key in (*keys, *likely)))
        table.columns[keys.index("simulated_range")].no_wrap = True  # names give way before figures do
        places = simulated.loaded.layout.places
        for row in rows.sort("probability", maintain_order=True).head(MOST_ROWS).iter_rows(named=True):
            row["indicator"] = spec[row["target"]].indicator
            relation = self._label(row["relation"]) if row["relation"] in LABELS else row["relation"]
            table.add_row(
                spec[row["target"]].label or row["target"],
                places.names[places.position[row["place_id"]]],
                str(row["year"]),
                f"{relation} {amount(row, 'value')}",
                *(amount(row, key) for key in ("planned", "mean")),
                f"{amount(row, 'low')}–{amount(row, 'high')}",
                *(f"{row[key]:.0%}" for key in ("probability", "probability_fixed")),
                amount(row, "shocks"),
            )
        self._console.print(table)
        if len(rows) > MOST_ROWS:
            self._say("more_in", count=len(rows) - MOST_ROWS, table="simulated_targets.csv")
