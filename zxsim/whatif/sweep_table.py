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
    keys: Sequence[Varied], points: Sequence[Point], rows: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> pl.DataFrame:
    """Put what was found at all points into one table of ``columns``; without a plan there are no figures."""
    texts = {
        "status": [row["status"] for row in rows],
        "clauses": ["; ".join(row["clauses"]) for row in rows],
    }
    known = {one.key: _varied(one.key, [point.values[at] for point in points]) for at, one in enumerate(keys)}
    known |= {name: pl.Series(name, values, dtype=pl.String) for name, values in texts.items()}
    known["point"] = pl.Series("point", [point.number for point in points], dtype=pl.Int64)
    return pl.DataFrame([known[name] if name in known else _figures(name, rows) for name in columns])


def _figures(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.Series:
    values = [row["figures"].get(name) for row in rows]
    return pl.Series(name, values, dtype=pl.Int64 if name in COUNTS else pl.Float64, strict=False)


def _varied(key: str, texts: Sequence[str]) -> pl.Series:
    """Numbers where all values are numbers, else what the user wrote."""
    values = [plain(text) for text in texts]
    if not all(map(_is_number, values)):
        return pl.Series(key, list(texts), dtype=pl.String)
    whole = all(isinstance(value, int) for value in values)
    return pl.Series(key, values, dtype=pl.Int64 if whole else pl.Float64, strict=False)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def of_numbers(one: Varied) -> bool:
    """Whether a key is varied over numbers alone."""
    return all(_is_number(plain(text)) for text in one.values)
