"""What a plan expects of every place in every year: incomes and coverages, as the optimiser counts them."""

from pathlib import Path

import numpy as np
import polars as pl

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.indicators import BUILT_IN
from zxsim.optimize.build import effects_of
from zxsim.optimize.limited import limited_effects
from zxsim.optimize.target_setup import level_of
from zxsim.runs.simulated import units_of_run
from zxsim.schema.load import load
from zxsim.simulate.gains import INCOME, payments_of

SCHEMA = {"place_id": pl.String, "indicator": pl.String, "year": pl.Int64, "value": pl.Float64}


def planned_levels(run: Path) -> pl.DataFrame:
    """Level of each indicator that effects move, at every place that has what it takes; columns as SCHEMA.

    Raises
    ------
    DataError
        The inputs of the run cannot be loaded any more, as by another version of zxsim.
    """
    loaded = load(run / "inputs" / "resolved.toml")
    layout, effects = loaded.layout, effects_of(loaded.spec)
    payments = payments_of(loaded)
    limited = limited_effects(loaded.spec, payments.layout)
    amounts = payments.amounts(units_of_run(run, layout) / UNITS_PER_WAN)
    frames = [pl.DataFrame(schema=SCHEMA)]
    indicators = {INCOME: BUILT_IN[INCOME], **loaded.spec.indicator}
    for name, indicator in indicators.items():
        moving = [effect for effect in effects if effect.moves == name]
        places = np.flatnonzero(layout.places_with(indicator.columns(name)))
        if not len(places) or not (moving or name == INCOME):
            continue
        length = len(layout.years)
        level = level_of(name, name, indicator, moving, limited, payments.layout, places, length)
        frames.append(_frame(name, level.exact(amounts), places, layout))
    return pl.concat(frames)


def _frame(name: str, levels: FloatArray, places: IntArray, layout: Layout) -> pl.DataFrame:
    place, year = np.indices(levels.shape).reshape(2, -1)
    return pl.DataFrame(
        {
            "place_id": pl.Series(layout.places.ids, dtype=pl.String).gather(places[place]),
            "indicator": [name] * levels.size,
            "year": layout.years[year],
            "value": levels.ravel(),
        },
        schema=SCHEMA,
    ).filter(pl.col("value").is_not_nan())
