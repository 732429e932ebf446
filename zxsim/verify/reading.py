"""Reading the files of a run: whatever is wrong with a file becomes a message, never a traceback."""

import io
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from zxsim.errors import Message
from zxsim.verify.findings import finding, some

T = TypeVar("T")

FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    pl.exceptions.PolarsError,
)
"""What malformed content can raise in code that takes it to be well formed."""


def guarded(file: str, address: str, call: Callable[[], T], findings: list[Message]) -> T | None:
    """Run ``call``; content that it cannot make sense of is noted as ``verify_file_unreadable``."""
    try:
        return call()
    except FAULTS as error:
        reason = f"{type(error).__name__}: {error}"
        findings.append(finding("verify_file_unreadable", "", reason, file=file, address=address))
        return None


def read(folder: Path, file: str, parse: Callable[[bytes], T], findings: list[Message]) -> T | None:
    """Read and parse ``folder/file``; ``None`` when it is missing or unreadable (noted)."""
    try:
        raw = (folder / file).read_bytes()
    except FileNotFoundError:
        findings.append(finding("verify_file_missing", file, "", file=file))
        return None
    except OSError as error:
        findings.append(finding("verify_file_unreadable", "", error.strerror, file=file))
        return None
    return guarded(file, "", lambda: parse(raw), findings)


def text_table(raw: bytes) -> pl.DataFrame:
    """Parse a CSV as text cells (empty = ``""``), with the ``line`` of each row in the file."""
    frame = pl.read_csv(io.BytesIO(raw.decode("utf-8-sig").encode()), infer_schema=False)
    return frame.fill_null("").with_row_index("line", offset=2).cast({"line": pl.Int64})


def json_object(raw: bytes) -> dict[str, Any]:
    """Parse a JSON object."""
    data = json.loads(raw)
    if not isinstance(data, dict):
        raise TypeError("not an object")
    return data


def toml_table(raw: bytes) -> dict[str, Any]:
    """Parse TOML with every number exact."""
    return tomllib.loads(raw.decode("utf-8-sig"), parse_float=Decimal)


def parquet_table(raw: bytes) -> pl.DataFrame:
    """Parse a Parquet file."""
    return pl.read_parquet(io.BytesIO(raw))


def lacks_columns(frame: pl.DataFrame, columns: Sequence[str], file: str, findings: list[Message]) -> bool:
    """Note the columns that a table should have and has not."""
    missing = set(columns) - set(frame.columns)
    if missing:
        findings.append(finding("verify_file_unreadable", some(missing), some(frame.columns), file=file))
    return bool(missing)


def number(figure: object) -> Decimal:
    """Return the value of a figure: a plain number, or a table that has a ``value``.

    >>> number({"value": Decimal("0.55"), "assumed": True})
    Decimal('0.55')
    """
    value = figure["value"] if isinstance(figure, Mapping) else figure
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"not a number: {value!r}")
    return Decimal(value)
