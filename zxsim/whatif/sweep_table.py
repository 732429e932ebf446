"""The table of a sweep: one row a point, what was varied first, then what it came to."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.whatif.sweep_figures import COUNTS, INDICATORS, PLANNED, PROBABILITY, SIMULATED
from zxsim.whatif.sweep_grid import Point, Varied, plain


def columns_of(keys: Sequence[Varied], scenario: Scenario, *, simulated: bool) -> list[str]:
    """Columns that the table will have, in their order."""
    likely = [PROBABILITY + target for target in enabled(scenario.target)]
    more = [*SIMULATED, *likely] if simulated else []
    return ["point", *(one.key for one in keys), "status", *PLANNED, *INDICATORS, *more, "clauses"]


def table_of(
    keys: Sequence[Varied], points: Sequence[Point], rows: Sequence[Mapping[str, Any]]
) -> pl.DataFrame:
    """Put what was found at all points into one table; a point without a plan has no figures."""
    names = dict.fromkeys(name for row in rows for name in row["figures"])
    figures = [name for name in (*PLANNED, *INDICATORS, *SIMULATED) if name in names]
    figures += [name for name in names if name not in figures]
    return pl.DataFrame(
        [
            pl.Series("point", [point.number for point in points], dtype=pl.Int64),
            *(_varied(one.key, [point.values[at] for point in points]) for at, one in enumerate(keys)),
            pl.Series("status", [row["status"] for row in rows], dtype=pl.String),
            *(
                pl.Series(
                    name,
                    [row["figures"].get(name) for row in rows],
                    dtype=pl.Int64 if name in COUNTS else pl.Float64,
                    strict=False,
                )
                for name in figures
            ),
            pl.Series("clauses", ["; ".join(row["clauses"]) for row in rows], dtype=pl.String),
        ]
    )


def _varied(key: str, texts: Sequence[str]) -> pl.Series:
    """Numbers where all values are numbers, else what the user wrote."""
    values = [plain(text) for text in texts]
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return pl.Series(key, values, dtype=pl.Int64)
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return pl.Series(key, [float(value) for value in values], dtype=pl.Float64)
    return pl.Series(key, list(texts), dtype=pl.String)
