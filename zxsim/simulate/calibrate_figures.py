"""Figures of a simulation that statistics publish as well; each is a ratio, so that scale does not matter.

Rates are over all replications together. A household that was identified before the start and whose risk
was removed by then is in ``removed_before``: it counts as identified and as removed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import polars as pl

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.simulate.engine import QUANTILES, Outcome
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import Channel, Group, Setup
from zxsim.simulate.summary import Summary, spells


@dataclass(frozen=True, eq=False)
class Sample:
    """Outcomes of one trial.

    Attributes
    ----------
    removed_before : float
        Households in each replication that were identified and removed before the start.
    """

    setup: Setup
    outcomes: Sequence[Outcome]
    removed_before: float

    @cached_property
    def replications(self) -> int:
        """How many there are."""
        return sum(len(outcome.replications) for outcome in self.outcomes)

    @cached_property
    def events(self) -> pl.DataFrame:
        """One row an event."""
        places = [str(place) for place in self.setup.population.census.place]
        return Summary(self.setup, self.outcomes, places).events

    def of(self, kind: Kind, detail: int | None = None) -> pl.DataFrame:
        """Events of a kind, of one detail where it is given."""
        rows = self.events.filter(pl.col("kind") == int(kind))
        return rows if detail is None else rows.filter(pl.col("detail") == detail)

    @cached_property
    def identified(self) -> float:
        """Households identified by the end: those monitored at the start, those removed before, new ones."""
        population = self.setup.population
        stock = np.minimum(self.setup.stock, population.census.households).sum()
        return self.replications * (float(stock) + self.removed_before) + len(self.of(Kind.ENTRY))

    @cached_property
    def monitored_at_end(self) -> float:
        """Households on the list at the end."""
        return float(sum(outcome.open_cases[-1].sum() for outcome in self.outcomes))

    @cached_property
    def mean_income(self) -> float:
        """Income per head of all places in the last year."""
        persons = self.setup.population.persons
        every = np.concatenate([outcome.income[-1] for outcome in self.outcomes])
        return float((every @ persons).mean() / persons.sum())

    @cached_property
    def new_removed(self) -> BoolArray:
        """Whether each new household was removed by the end, in the order of the notices."""
        last = self.of(Kind.EXIT).group_by("replication", "household").agg(pl.col("day").max().alias("exit"))
        entries = self.of(Kind.ENTRY).join(last, on=["replication", "household"], how="left")
        removed: BoolArray = (entries["exit"] > entries["day"]).fill_null(value=False).to_numpy()
        return removed


def _ratio(part: float, whole: float) -> float:
    """0 where there is nothing at all."""
    return part / whole if whole else 0.0


def _entry_rate(sample: Sample) -> float:
    persons = sample.setup.population.persons.sum() * sample.replications * len(sample.setup.years)
    return _ratio(float(sample.of(Kind.ENTRY)["persons"].sum()), float(persons))


def _group_share(sample: Sample, group: Group) -> float:
    return _ratio(len(sample.of(Kind.ENTRY, group)), len(sample.of(Kind.ENTRY)))


def _removed_share(sample: Sample) -> float:
    before = sample.removed_before * sample.replications
    return _ratio(before + len(sample.of(Kind.EXIT)), sample.identified)


def _removed_at_reviews(sample: Sample) -> float:
    return _ratio(len(sample.of(Kind.EXIT, 0)), sample.identified)


def _removed_of_new(sample: Sample) -> float:
    return float(sample.new_removed.mean()) if len(sample.new_removed) else 0.0


def _relapse_share(sample: Sample) -> float:
    return _ratio(len(sample.of(Kind.RELAPSE)), len(sample.of(Kind.EXIT)))


def _persons(sample: Sample, group: Group | None) -> float:
    rows = sample.of(Kind.ENTRY, group)
    return _ratio(float(rows["persons"].sum()), len(rows))


def _median_days(sample: Sample, start: Kind, end: Kind) -> float:
    found: FloatArray = spells(sample.events, start, end)
    return float(np.median(found)) if len(found) else 0.0


def _found_by(sample: Sample, channel: Channel) -> float:
    return _ratio(len(sample.of(Kind.LEAD, channel)), len(sample.of(Kind.LEAD)))


def _unresolved_share(sample: Sample) -> float:
    late = sum(outcome.unresolved[-1].sum() for outcome in sample.outcomes)
    return _ratio(float(late), sample.monitored_at_end)


def _income_over_mean(sample: Sample, share: float) -> float:
    at = QUANTILES.index(share)
    found = np.concatenate([outcome.quantiles[-1][:, at] for outcome in sample.outcomes])
    return _ratio(float(found.mean()), sample.mean_income)


FIGURES: Mapping[str, Callable[[Sample], float]] = {
    "entry_rate": _entry_rate,
    **{f"share_{group.name.lower()}": partial(_group_share, group=group) for group in Group},
    "removed_share": _removed_share,
    "removed_at_reviews": _removed_at_reviews,
    "removed_of_new": _removed_of_new,
    "relapse_share": _relapse_share,
    "persons_per_new_household": partial(_persons, group=None),
    **{f"persons_per_new_{group.name.lower()}": partial(_persons, group=group) for group in Group},
    "days_to_notice": partial(_median_days, start=Kind.LEAD, end=Kind.ENTRY),
    "days_lead_to_measure": partial(_median_days, start=Kind.LEAD, end=Kind.MEASURE),
    "days_to_removal": partial(_median_days, start=Kind.ENTRY, end=Kind.EXIT),
    **{f"found_by_{channel.name.lower()}": partial(_found_by, channel=channel) for channel in Channel},
    "unresolved_share": _unresolved_share,
    "income_median_over_mean": partial(_income_over_mean, share=0.5),
    "income_p10_over_mean": partial(_income_over_mean, share=0.1),
    "income_p90_over_mean": partial(_income_over_mean, share=0.9),
}
"""Name of each figure → how it is worked out; the names are those that a scenario may use."""
