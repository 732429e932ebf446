"""The inputs of a run, complete: every default filled, every selector expanded, ready to be read alone."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import tomlkit
from tomlkit.items import Array, Item, String, StringType, Trivia, Whitespace

from zxsim.core.layout import IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.spec import Figure, NotNegative, Spec
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.clause_columns import CLAUSES
from zxsim.schema.layout import fund_units
from zxsim.schema.load import Loaded
from zxsim.schema.scenario import Fund
from zxsim.schema.source import SINGLE
from zxsim.simulate.ledger import with_ledger

_ID = re.compile(r"[\w.]+")
RESOLVED, PLACES, PROJECTS, COMMITMENTS = "resolved.toml", "places.csv", "projects.csv", "commitments.csv"
LEDGER = "ledger.csv"
"""Households of a ledger, without identities, whatever the ledger was called."""


def write_inputs(loaded: Loaded, folder: Path) -> list[str]:
    """Write the resolved scenario and its tables and return their names.

    Together they are a scenario that can be loaded.
    """
    loaded = with_ledger(loaded)
    (folder / RESOLVED).write_text(tomlkit.dumps(_plain(_dump(loaded))), encoding="utf-8", newline="\n")
    _texts(loaded.places).write_csv(folder / PLACES)
    first, last = loaded.spec.years
    projects = loaded.projects.with_columns(
        pl.col("first_year").fill_null(first), pl.col("last_year").fill_null(last)
    )
    _texts(projects).write_csv(folder / PROJECTS)
    names = [RESOLVED, PLACES, PROJECTS]
    if loaded.commitments is not None:
        _texts(loaded.commitments).write_csv(folder / COMMITMENTS)
        names.append(COMMITMENTS)
    for name, frame in loaded.reported.tables.items():
        _texts(frame).write_csv(folder / name)
        names.append(name)
    if loaded.clauses is not None:
        loaded.clauses.write_csv(folder / CLAUSES)
        names.append(CLAUSES)
    if loaded.ledger is not None:
        loaded.ledger.write_csv(folder / LEDGER)
        names.append(LEDGER)
    return names


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Write exact decimals without trailing zeros; leave out columns that no row fills."""
    exact = [c for c, kind in frame.schema.items() if isinstance(kind, pl.Decimal)]
    shown = frame.with_columns(pl.col(exact).cast(pl.String).str.replace(r"\.?0+$", ""))
    return shown.select(c for c in shown.columns if not len(shown) or shown[c].null_count() < len(shown))


def _dump(loaded: Loaded) -> dict[str, Any]:
    spec = loaded.spec
    data: dict[str, Any] = {
        key: _value(getattr(spec, key))
        for key in ("zxsim_version", "name", "years", "illustrative", "units_checked", "notes")
    }
    if spec.decided_through is not None:
        data["decided_through"] = spec.decided_through
    for section in ("fund", "rule", "indicator", "effect", "target", "shock", "measure"):
        records = getattr(spec, section)
        order = records if section == "measure" else sorted(records)  # measures are asked for in their order
        data[section] = {record: _fields(records[record]) for record in order}
    for section in SINGLE:
        if (record := getattr(spec, section)) is not None:
            data[section] = _fields(record)
    if spec.household is None:
        del data["simulation"]
    elif loaded.ledger is not None:
        data["household"]["ledger"] = LEDGER
    for section, record, column, figure in loaded.cell_figures:
        data.setdefault(section, {}).setdefault(record, {})[column] = _value(figure)
    for fund_id, fund in data["fund"].items():
        fund["amount_wan"] = _amounts(spec.fund[fund_id], loaded.layout.years)
    return data


def _amounts(fund: Fund, years: IntArray) -> dict[str, Any]:
    """Amount of every year of the horizon as it is used, rounded down, with its origin."""
    everywhere = fund.amount_wan.get(EVERY_YEAR, NotNegative(value=Decimal(0)))
    amounts = {}
    for year, units in zip(years, fund_units(fund, years), strict=True):
        figure = fund.amount_wan.get(int(year), everywhere)
        amounts[str(year)] = _value(figure.model_copy(update={"value": Decimal(int(units)) / UNITS_PER_WAN}))
    return amounts


def _fields(spec: Any) -> dict[str, Any]:  # noqa: ANN401 (any pydantic model of the schema)
    found = {}
    for name, field in type(spec).model_fields.items():
        value = getattr(spec, name)
        if value is not None:
            found[field.alias or name] = _value(value)
        elif isinstance(field.default, Spec):
            found[field.alias or name] = False  # switched off: left out, it would have its default again
    return found


def _value(value: object) -> Any:  # noqa: ANN401 (whatever TOML holds)
    if isinstance(value, Figure):
        fields = {
            name: _value(part)
            for name, part in value
            if part is not None and part != "" and part is not False
        }
        return fields if len(fields) > 1 else _value(value.value)
    if isinstance(value, Spec):
        return _fields(value)
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, Mapping):
        return {str(key): _value(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return _array([_value(part) for part in value])
    return value


def _array(values: list[Any]) -> Any:  # noqa: ANN401 (an array, or the list itself)
    """Make an array of plain values at once; tomlkit numbers all of a list anew for each value it appends."""
    if any(isinstance(value, Mapping | list) for value in values):
        return values
    items = [part for value in values for part in (_item(value), Whitespace(", "))]
    return Array(items[:-1], Trivia())


def _item(value: Any) -> Item:  # noqa: ANN401 (a text, a number or yes or no)
    """Make a plain value; an id, of which there may be very many, needs no search for what to escape."""
    if isinstance(value, str) and _ID.fullmatch(value):
        return String(StringType.SLB, value, value, Trivia())
    made: Item = tomlkit.item(value)
    return made


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Drop sections without a record, which TOML would print as empty headers."""
    return {key: value for key, value in data.items() if value != {}}
