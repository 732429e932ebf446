"""How much one unit of money, 0.01 万元, can change an indicator at a place."""

import numpy as np
import polars as pl

from zxsim.verify.effects import effects_on, lag_of, per_unit
from zxsim.verify.indicators import heads
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import FloatArray
from zxsim.verify.relations import Cells

Range = tuple[FloatArray, FloatArray]


class Steps:
    """Least and most that one unit can change levels, worked out once for each indicator."""

    def __init__(self, plan: Plan, inputs: Inputs) -> None:
        self._plan, self._inputs = plan, inputs
        self._known: dict[str, Range] = {}

    def of(self, indicator: str, cells: Cells) -> Range:
        """Return the ranges at places and years; nothing changes before the horizon.

        The level changes at least by what the best single effect of a divisible project paid in time
        brings, and at most by the best effects of all projects together, whether they could be paid
        or not.
        """
        if indicator not in self._known:
            self._known[indicator] = self._amounts(indicator)
        year = cells.year - self._inputs.years[0]
        at, column = (np.where(year >= 0, cells.at, -1), np.maximum(year, 0))
        least, most = (amounts[at, column] for amounts in self._known[indicator])
        divided, some = np.ones(len(at)), most > 0
        divided[some] = heads(indicator, cells.at[some], self._inputs)
        return least / divided, most / divided

    def _amounts(self, indicator: str) -> Range:
        """Heads or yuan of a unit, shape *(places + 1, years)*; the last row stands for nowhere."""
        shape = (len(self._inputs.places.ids) + 1, len(self._inputs.years))
        least, most = np.zeros(shape), np.zeros(shape)
        for effect in effects_on(indicator, self._inputs):
            worth = per_unit(effect, self._inputs)
            paid = self._plan.rows.select("project_id", "place_id", pl.col("year") + lag_of(effect))
            in_time = self._best(paid, worth.filter(~pl.col("in_one")))
            least[:-1] = np.maximum(least[:-1], np.maximum.accumulate(in_time, axis=1))
            every_year = self._inputs.parts.with_columns(year=pl.lit(self._inputs.years[0]))
            most[:-1] += self._best(every_year, worth)[:, :1]
        return least, most

    def _best(self, rows: pl.DataFrame, worth: pl.DataFrame) -> FloatArray:
        """Best project of an effect by year in each place and below it."""
        places, years = self._inputs.places, self._inputs.years
        own = rows.join(worth, on="project_id").group_by("place_id", "year").agg(pl.col("per_unit").max())
        own = own.filter(pl.col("year") <= years[-1], pl.col("place_id").is_in(places.ids))
        best = np.zeros((len(places.ids), len(years)))
        best[places.at(own["place_id"]), own["year"].to_numpy() - years[0]] = own["per_unit"]
        for level in reversed(places.by_depth[1:]):
            np.maximum.at(best, places.parent[level], best[level])
        return best
