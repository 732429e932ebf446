"""How much one unit of money, 0.01 万元, can change an indicator at a place."""

import polars as pl

from zxsim.verify.effects import effects_on, lag_of, per_unit
from zxsim.verify.indicators import heads_column
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan

Range = tuple[float, float]


class Steps:
    """Least and most that one unit can change levels, worked out once for each indicator and year."""

    def __init__(self, plan: Plan, inputs: Inputs) -> None:
        self._plan, self._inputs = plan, inputs
        self._known: dict[tuple[str, int], dict[str, Range]] = {}

    def of(self, indicator: str, place: str, year: int) -> Range:
        """Return the range at a place and year; nothing changes before the horizon.

        The level changes at least by what the best single effect of a divisible project paid in time
        brings, and at most by the best effects of all projects together, whether they could be paid
        or not.
        """
        if year < self._inputs.years[0]:
            return 0.0, 0.0
        if (indicator, year) not in self._known:
            self._known[indicator, year] = self._amounts(indicator, year)
        least, most = self._known[indicator, year].get(place, (0.0, 0.0))
        if not most:
            return 0.0, 0.0
        heads = self._inputs.places.number(place, heads_column(indicator, self._inputs))
        return least / heads, most / heads

    def _amounts(self, indicator: str, year: int) -> dict[str, Range]:
        """Heads or yuan of a unit by place."""
        amounts: dict[str, Range] = {}
        for effect in effects_on(indicator, self._inputs):
            worth = per_unit(effect, self._inputs)
            paid = self._plan.rows.filter(pl.col("year") + lag_of(effect) <= year)
            in_time = self._best(paid, worth.filter(~pl.col("in_one")))
            for place, listed in self._best(self._inputs.parts, worth).items():
                least, most = amounts.get(place, (0.0, 0.0))
                amounts[place] = max(least, in_time.get(place, 0.0)), most + listed
        return amounts

    def _best(self, rows: pl.DataFrame, worth: pl.DataFrame) -> dict[str, float]:
        """Best project of an effect in each place and below it."""
        pairs = rows.select("project_id", "place_id").unique().join(worth, on="project_id")
        inside = self._plan.carried_up(pairs)
        return dict(inside.group_by("within").agg(pl.col("per_unit").max()).iter_rows())
