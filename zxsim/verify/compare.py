"""Comparing a table of the run with what it should say: missing rows, extra rows, differing figures."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from zxsim.errors import Message
from zxsim.verify.findings import finding
from zxsim.verify.reading import lacks_columns

MONEY_TOLERANCE = 1e-6
"""万元; far below 0.01, far above what a float loses."""
RELATIVE_TOLERANCE = 1e-9

_EXPECTED = "_expected"


@dataclass(frozen=True)
class Shape:
    """What the columns of a reported table are.

    ``keys`` name a row, ``words`` are texts, ``numbers`` are figures, which are 万元 where the
    expression ``is_money`` holds; ``address`` writes the keys for people.
    """

    file: str
    keys: Sequence[str]
    numbers: Sequence[str]
    is_money: pl.Expr
    words: Sequence[str] = ()
    address: Callable[[Mapping[str, Any], Sequence[str]], str] = lambda row, keys: " ".join(
        str(row[key]) for key in keys if row[key]
    )


def same_number(found: float, expected: float) -> bool:
    """Whether two indicators or benefits agree: to 1e-9 relative, absolute near 0."""
    return abs(found - expected) <= RELATIVE_TOLERANCE * max(1.0, abs(expected))


def compare(found: pl.DataFrame, expected: pl.DataFrame, shape: Shape) -> list[Message]:
    """Compare a table read as text with the rows and figures it should have.

    Parameters
    ----------
    found : polars.DataFrame
        Text cells and ``line``.
    expected : polars.DataFrame
        Keys and words as text, numbers as floats.
    """
    findings: list[Message] = []
    if lacks_columns(found, expected.columns, shape.file, findings):
        return findings
    keys, first = list(shape.keys), pl.struct(shape.keys).is_first_distinct()
    missing = expected.join(found, on=keys, how="anti", maintain_order="left")
    extra = pl.concat([found.filter(~first), found.filter(first).join(expected, on=keys, how="anti")])
    both = found.filter(first).join(expected, on=keys, suffix=_EXPECTED, maintain_order="left")
    findings += [
        finding(
            "verify_row_missing", _values(row, shape), "", file=shape.file, address=shape.address(row, keys)
        )
        for row in missing.iter_rows(named=True)
    ]
    findings += [_at(row, shape, "verify_row_extra", "", _values(row, shape)) for row in _rows(extra)]
    for column in shape.words:
        findings += _differing(both, pl.col(column) != pl.col(column + _EXPECTED), column, shape)
    for column in shape.numbers:
        findings += _differing(both, ~_agrees(column, shape.is_money), column, shape)
    return sorted(findings, key=lambda message: message.line)


def _agrees(column: str, is_money: pl.Expr) -> pl.Expr:
    value, wanted = pl.col(column).cast(pl.Float64, strict=False), pl.col(column + _EXPECTED)
    relative = RELATIVE_TOLERANCE * pl.max_horizontal(pl.lit(1.0), wanted.abs())
    tolerance = pl.when(is_money).then(MONEY_TOLERANCE).otherwise(relative)
    equal = (((value - wanted).abs() <= tolerance) & value.is_finite()).fill_null(value=False)
    return equal | (value.is_null() & wanted.is_null())


def _differing(both: pl.DataFrame, bad: pl.Expr, column: str, shape: Shape) -> list[Message]:
    return [
        _at(row, shape, "verify_figure", row[column + _EXPECTED], row[column], column)
        for row in _rows(both.filter(bad))
    ]


def _at(
    row: Mapping[str, Any], shape: Shape, code: str, expected: object, found: object, column: str = ""
) -> Message:
    address = f"{shape.address(row, shape.keys)} {column}".strip()
    return finding(code, expected, found, file=shape.file, address=address, line=row["line"])


def _values(row: Mapping[str, Any], shape: Shape) -> str:
    return " ".join(f"{column}={row[column]}" for column in shape.numbers)


def _rows(frame: pl.DataFrame) -> Iterable[dict[str, Any]]:
    return frame.iter_rows(named=True)
