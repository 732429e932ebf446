"""The households of a scenario: made from the totals of its places, or those of its ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
import polars as pl

from zxsim.core.layout import BoolArray, IntArray
from zxsim.core.streams import Streams
from zxsim.schema.household_cells import census_places
from zxsim.schema.households import Household
from zxsim.schema.load import Loaded
from zxsim.simulate.ledger import with_ledger
from zxsim.simulate.population import (
    Census,
    Labour,
    Population,
    Spread,
    over_mean,
    relative_incomes,
    synthesised,
)

LABOUR: Mapping[str, Labour] = {"able": Labour.ABLE, "weak": Labour.WEAK, "none": Labour.NONE}


@dataclass(frozen=True, eq=False)
class Residents:
    """The households of a scenario, each part worked out once.

    Raises
    ------
    DataError
        The ledger is at fault.
    """

    loaded: Loaded
    streams: Streams

    @property
    def _household(self) -> Household:
        assert self.loaded.spec.household is not None
        return self.loaded.spec.household

    @cached_property
    def _read(self) -> Loaded:
        return with_ledger(self.loaded)

    @cached_property
    def census(self) -> Census:
        """What is known of the places with households."""
        layout, household = self.loaded.layout, self._household
        place = census_places(layout.places, layout.place_table)
        table = layout.place_table.gather(place)
        own = [household.able_share.value if share is None else share for share in table["labour_share"]]
        able = [Decimal(str(share)) for share in own]
        return Census(
            place=place,
            population=table["population"].to_numpy(),
            households=table["households"].to_numpy(),
            lifted=table["lifted_population"].fill_null(0).to_numpy(),
            able=np.array([float(share) for share in able]),
            weak=np.array([float(household.weak_share_of(share)) for share in able]),
        )

    @cached_property
    def _spread(self) -> Spread:
        spec = self._household
        return Spread(float(spec.income_spread), float(spec.lifted_income_ratio), float(spec.delayed_share))

    @cached_property
    def population(self) -> Population:
        """Made from the totals, or those of the ledger with what it does not say drawn."""
        ledger, spread = self._read.ledger, self._spread
        if ledger is None:
            return synthesised(self.census, spread, self.streams)
        group, order = self._ledger_order
        rows = ledger[order.tolist()]
        size, lifted = rows["size"].to_numpy(), rows["lifted"].to_numpy()
        if "income_yuan" in rows.columns:
            relative = over_mean(group, size, rows["income_yuan"].to_numpy())
        else:
            relative = relative_incomes(group, size, lifted, spread, self.streams)
        return Population(
            census=self.census,
            group=group,
            size=size,
            labour=np.array([LABOUR[word] for word in rows["labour"]], dtype=np.int8),
            lifted=lifted,
            delayed=self._delayed(rows),
            relative=relative,
        )

    def _delayed(self, rows: pl.DataFrame) -> BoolArray:
        if "delayed" in rows.columns:
            return rows["delayed"].to_numpy()
        drawn: BoolArray = self.streams.uniform("delayed", 0, np.arange(len(rows)), 0) < self._spread.delayed
        return drawn

    @cached_property
    def _ledger_order(self) -> tuple[IntArray, IntArray]:
        """Place of the census of each household, places together, and its row of the ledger."""
        assert self._read.ledger is not None
        ids = self.loaded.layout.places.ids
        at = {ids[place]: i for i, place in enumerate(self.census.place.tolist())}
        group = np.array([at[place] for place in self._read.ledger["place"]], dtype=np.int64)
        order = np.argsort(group, kind="stable")
        return group[order], order

    @cached_property
    def listed(self) -> BoolArray | None:
        """Households of the ledger that are on the list at the start; ``None`` where it does not say."""
        ledger = self._read.ledger
        if ledger is None or "on_list" not in ledger.columns:
            return None
        listed: BoolArray = ledger["on_list"].to_numpy()[self._ledger_order[1]]
        return listed

    @cached_property
    def stock(self) -> IntArray:
        """Households on the list at the start, shape *(places of the census,)*."""
        table = self.loaded.layout.place_table.gather(self.census.place)
        stock: IntArray = table["monitored_households"].fill_null(0).to_numpy()
        if self.listed is None:
            return stock
        return np.bincount(self.population.group[self.listed], minlength=len(stock))
