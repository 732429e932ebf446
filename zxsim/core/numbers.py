"""Numbers that a scenario names by a column of a table: a numeric one, or one of the user's own (``x_``)."""

import polars as pl

from zxsim.core.layout import FloatArray

OWN_PREFIX = "x_"
"""Columns of the user's own pass through as text; one whose filled cells are all numbers can be named."""


def number_columns(table: pl.DataFrame) -> list[str]:
    """Names of the columns that hold numbers, sorted.

    >>> number_columns(pl.DataFrame({"a": [1], "x_b": ["2.5"], "x_c": ["two"], "name": ["3"]}))
    ['a', 'x_b']
    """
    return sorted(
        name for name, kind in table.schema.items() if kind.is_numeric() or _own_number(table[name])
    )


def numbers(table: pl.DataFrame, column: str) -> FloatArray:
    """A column as floats, shape *(rows,)*, NaN where a cell is empty."""
    values: FloatArray = table[column].cast(pl.Float64, strict=False).fill_null(float("nan")).to_numpy()
    return values


def _own_number(column: pl.Series) -> bool:
    """Whether a text column of the user's own has numbers in it and nothing else."""
    if not column.name.startswith(OWN_PREFIX) or column.dtype != pl.String:
        return False
    read = column.cast(pl.Float64, strict=False)
    return bool(read.count()) and read.count() == column.count() and bool(read.drop_nulls().is_finite().all())
