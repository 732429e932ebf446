"""Figures of a scenario that a calibration may move: by name, and changed together.

Whole numbers are left out, because nothing lies between two of them, and parts of a whole, because one
cannot move alone.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from zxsim.core.shockspec import Months
from zxsim.core.spec import Figure, Spec, Whole
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario

DECIMALS = Decimal("0.000001")
"""Free parameters have six decimals, as shares have."""

_SINGLE = ("household", "insurance", "procedure")
_MANY = ("shock", "measure")
_TIED = {
    ("household", "able_share"),
    ("household", "weak_share"),
    *(("household", "income_shares", part) for part in ("wage", "business", "property", "transfer")),
}

_PAID = "slot_wan"
"""What a contract costs says nothing where no plan pays for any."""

Path = tuple[str, ...]


def free_parameters(scenario: Scenario) -> dict[str, Figure]:
    """Return every figure that may be free, by its name in the scenario such as ``shock.illness.rate``."""
    return {".".join(path): figure for path, figure in _candidates(scenario)}


def with_values(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return the scenario with some of its free parameters at other values, to six decimals."""
    for path, figure in list(_candidates(scenario)):
        name = ".".join(path)
        if name in values:
            changed = figure.model_copy(update={"value": rounded(values[name])})
            scenario = _replaced(scenario, path, changed)
    return scenario


def rounded(value: float) -> Decimal:
    """Return a value as a scenario states it.

    >>> rounded(0.1 + 0.2)
    Decimal('0.300000')
    """
    return Decimal(repr(float(value))).quantize(DECIMALS)


def _candidates(scenario: Scenario) -> Iterator[tuple[Path, Figure]]:
    for section in _SINGLE:
        record = getattr(scenario, section)
        if record is not None and getattr(record, "enabled", True):
            yield from _within((section,), record)
    for section in _MANY:
        records: Mapping[str, Spec] = getattr(scenario, section)
        for name in enabled(records):
            yield from _within((section, name), records[name])


def _within(path: Path, value: object) -> Iterator[tuple[Path, Figure]]:
    if isinstance(value, Figure):
        if path not in _TIED and path[-1] != _PAID and not isinstance(value, Whole | Months):
            yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _within((*path, name), getattr(value, name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key == EVERY_YEAR:  # becomes one number a year before anything is simulated
                continue
            yield from _within((*path, str(key)), part)


def _replaced(value: Any, path: Path, figure: Figure) -> Any:  # noqa: ANN401 (a record, or a table of some)
    """Return a copy of a record or a table with one figure in it exchanged."""
    if not path:
        return figure
    head, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        key = next(key for key in value if str(key) == head)
        return {**value, key: _replaced(value[key], rest, figure)}
    return value.model_copy(update={head: _replaced(getattr(value, head), rest, figure)})
