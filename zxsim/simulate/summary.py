"""From the outcomes of all replications to one long table, and to the events as a table.

Every figure is worked out from the outcomes' arrays and events, never from live objects. Rows of 0 are not
written. ``low`` and ``high`` are the 5 % and 95 % quantiles over the replications.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import MONTHS
from zxsim.simulate.engine import QUANTILES, Outcome
from zxsim.simulate.records import COLUMNS, Kind
from zxsim.simulate.setup import DAYS, Channel, Group, Setup

SCHEMA = {
    "place_id": pl.String,
    "group": pl.String,
    "indicator": pl.String,
    "unit": pl.String,
    "period": pl.String,
    "statistic": pl.String,
    "value": pl.Float64,
}
STATISTICS = ("mean", "low", "high")
YEAR_DAYS = DAYS * MONTHS
GROUPS = tuple(group.name.lower() for group in Group)


@dataclass(frozen=True, eq=False)
class Summary:
    """Outcomes of one kind, with the names that their positions stand for."""

    setup: Setup
    outcomes: Sequence[Outcome]
    place_ids: Sequence[str]

    def table(self) -> pl.DataFrame:
        """Incomes, stocks, flows, waiting times and measures; columns as :data:`SCHEMA`."""
        parts = [*self._incomes(), *self._stocks(), *self._flows(), *self._times(), *self._measures()]
        kept = [part.filter(pl.col("value") != 0) for part in parts]
        return pl.concat([pl.DataFrame(schema=SCHEMA), *kept])

    @cached_property
    def events(self) -> pl.DataFrame:
        """One row an event: replication, place, household number, day, kind and what it is about."""
        columns = [outcome.events.columns() for outcome in self.outcomes]
        joined = {name: np.concatenate([part[name] for part in columns]) for name in COLUMNS}
        household = joined["household"].astype(np.int64)
        group = self.setup.population.group[household]
        return pl.DataFrame(
            {
                "replication": joined["replication"].astype(np.int64),
                "place_id": pl.Series(self.place_ids, dtype=pl.String).gather(group),
                "household": household,
                "persons": self.setup.population.size[household],
                "day": joined["day"],
                "kind": joined["kind"].astype(np.int64),
                "detail": joined["detail"].astype(np.int64),
            }
        )

    @property
    def _years(self) -> list[str]:
        return [str(year) for year in self.setup.years]

    def _incomes(self) -> Iterator[pl.DataFrame]:
        income = np.concatenate([outcome.income for outcome in self.outcomes], axis=1)
        persons = self.setup.population.persons
        everybody = income @ (persons / persons.sum())
        yield self._over_replications("income", "yuan", self._years, income, self.place_ids)
        yield self._over_replications("income", "yuan", self._years, everybody[:, :, None], [""])
        quantiles = np.concatenate([outcome.quantiles for outcome in self.outcomes], axis=1)
        for number, share in enumerate(QUANTILES):
            name = f"income_p{round(100 * share)}"
            yield self._over_replications(name, "yuan", self._years, quantiles[:, :, number, None], [""])

    def _stocks(self) -> Iterator[pl.DataFrame]:
        for name in ("open_cases", "unresolved"):
            counts = np.concatenate([getattr(outcome, name) for outcome in self.outcomes], axis=1)
            at_end = counts[MONTHS - 1 :: MONTHS]
            yield self._over_replications(name, "households", self._years, at_end.sum(axis=3), self.place_ids)
            for number, group in enumerate(GROUPS):
                whole = at_end[:, :, :, number].sum(axis=2)[:, :, None]
                yield self._over_replications(name, "households", self._years, whole, [""], group)
            monthly = counts.sum(axis=(2, 3))[:, :, None]
            yearly = monthly[MONTHS - 1 :: MONTHS]
            for periods, totals in ((self._years, yearly), (self._month_names(), monthly)):
                yield self._over_replications(name, "households", periods, totals, [""])

    def _month_names(self) -> list[str]:
        return [f"{year}-{month:02d}" for year in self.setup.years for month in range(1, MONTHS + 1)]

    def _flows(self) -> Iterator[pl.DataFrame]:
        events = self.events
        named = {Kind.ENTRY: "entries", Kind.EXIT: "exits", Kind.RELAPSE: "relapses", Kind.LEAD: "leads"}
        for kind, name in named.items():
            rows = events.filter(pl.col("kind") == int(kind))
            yield self._yearly(name, "households", rows, pl.len().cast(pl.Float64))
            yield self._yearly(f"{name}_persons", "persons", rows, pl.col("persons").sum().cast(pl.Float64))
        entries = events.filter(pl.col("kind") == int(Kind.ENTRY))
        for group in Group:
            rows = entries.filter(pl.col("detail") == int(group))
            yield self._yearly("entries", "households", rows, pl.len().cast(pl.Float64), GROUPS[group])
        leads = events.filter(pl.col("kind") == int(Kind.LEAD))
        for channel in Channel:
            rows = leads.filter(pl.col("detail") == int(channel))
            yield self._yearly(
                f"found_by_{channel.name.lower()}", "households", rows, pl.len().cast(pl.Float64)
            )

    def _times(self) -> Iterator[pl.DataFrame]:
        for name, start, end in (
            ("days_to_notice", Kind.LEAD, Kind.ENTRY),
            ("days_to_measure", Kind.ENTRY, Kind.MEASURE),
            ("days_to_removal", Kind.ENTRY, Kind.EXIT),
        ):
            found = spells(self.events, start, end)
            if len(found):
                values = {
                    "mean": float(found.mean()),
                    "median": float(np.median(found)),
                    "p90": float(np.quantile(found, 0.9)),
                }
                yield pl.DataFrame(
                    [["", "", name, "days", "", statistic, value] for statistic, value in values.items()],
                    schema=SCHEMA,
                    orient="row",
                )

    def _measures(self) -> Iterator[pl.DataFrame]:
        for name in ("opened", "granted"):
            counts = np.concatenate([getattr(outcome, name) for outcome in self.outcomes])
            for number, measure in enumerate(self.setup.measures):
                values = counts[None, :, number, None].astype(np.float64)
                yield self._over_replications(f"slots_{name}", "slots", [""], values, [""], measure.name)
        paid = np.concatenate([outcome.paid_out for outcome in self.outcomes])
        yield self._over_replications("insurance_paid", "yuan", [""], paid[None, :, None], [""])

    def _yearly(
        self, name: str, unit: str, rows: pl.DataFrame, total: pl.Expr, group: str = ""
    ) -> pl.DataFrame:
        """Statistics of a yearly total; replications without a row count 0."""
        year = ((pl.col("day") - 1) // YEAR_DAYS).cast(pl.Int64).alias("year")
        sums = rows.group_by(year, "replication").agg(total.alias("total"))
        inside = sums.filter(pl.col("year") < len(self.setup.years))
        numbers = np.concatenate([outcome.replications for outcome in self.outcomes])
        values = np.zeros((len(self.setup.years), len(numbers)))
        values[inside["year"].to_numpy(), np.searchsorted(numbers, inside["replication"].to_numpy())] = (
            inside["total"].to_numpy()
        )
        return self._over_replications(name, unit, self._years, values[:, :, None], [""], group)

    def _over_replications(
        self,
        indicator: str,
        unit: str,
        periods: Sequence[str],
        values: FloatArray | IntArray,
        place_ids: Sequence[str],
        group: str = "",
    ) -> pl.DataFrame:
        """Mean, low and high of values of shape *(periods, replications, places)*."""
        found = np.stack([values.mean(axis=1), *np.quantile(values, (0.05, 0.95), axis=1)])
        statistic, period, place = np.meshgrid(
            np.arange(len(STATISTICS)), np.arange(len(periods)), np.arange(len(place_ids)), indexing="ij"
        )
        count = found.size
        return pl.DataFrame(
            {
                "place_id": pl.Series(place_ids, dtype=pl.String).gather(place.ravel()),
                "group": [group] * count,
                "indicator": [indicator] * count,
                "unit": [unit] * count,
                "period": pl.Series(periods, dtype=pl.String).gather(period.ravel()),
                "statistic": pl.Series(STATISTICS).gather(statistic.ravel()),
                "value": found.ravel(),
            },
            schema=SCHEMA,
        )


def spells(events: pl.DataFrame, start: Kind, end: Kind) -> FloatArray:
    """Days from each ``start`` to the first ``end`` of the same household before it starts again."""
    keys = ["replication", "household"]
    begun, over = (
        events.filter(pl.col("kind") == int(kind)).select(*keys, "day").sort("day") for kind in (start, end)
    )
    begun = begun.with_columns(begun=pl.col("day"))
    joined = over.join_asof(begun, on="day", by=keys, check_sortedness=False).drop_nulls("begun")
    first = joined.group_by(*keys, "begun").agg(pl.col("day").min())  # contracts may follow one another
    return (first["day"] - first["begun"]).sort().to_numpy()
