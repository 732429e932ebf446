"""Which figures of a scenario nobody published: every report lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from zxsim.core.spec import Figure, Spec
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.schema.tables import Table


@dataclass(frozen=True)
class Assumption:
    """A figure that nobody published: where it stands and how far it may be off."""

    address: str
    value: str
    low: str
    high: str
    source: str


def assumptions_of(scenario: Scenario) -> Iterator[Assumption]:
    """Yield every assumed figure of the records that are switched on."""
    sections: dict[str, Mapping[str, Spec]] = {
        "fund": scenario.fund,
        "rule": scenario.rule,
        "effect": scenario.effect,
        "target": scenario.target,
    }
    if scenario.simulated:
        sections |= {"shock": scenario.shock, "measure": scenario.measure}
    for section, records in sections.items():
        for record in enabled(records):
            yield from _assumed(f"[{section}.{record}]", records[record])
    if scenario.benefit.source == "effects" and enabled(scenario.effect):
        yield from _assumed("[benefit]", scenario.benefit)
    for section in ("household", "insurance", "procedure", "calibration") if scenario.simulated else ():
        record = getattr(scenario, section)
        if record is not None and getattr(record, "enabled", True):
            yield from _assumed(f"[{section}]", record)


def table_assumptions(table: Table) -> Iterator[Assumption]:
    """Yield the assumed cells that TOML set in a table."""
    for section, record, column, figure in table.figures:
        if figure.assumed:
            yield _assumption(f"[{section}.{record}] {column}", figure)


def figures_of(address: str, value: object) -> Iterator[tuple[str, Figure]]:
    """Yield address and figure of every number within a record."""
    if isinstance(value, Figure):
        yield address, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from figures_of(f"{address} {field.alias or name}", getattr(value, name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from figures_of(f"{address}.{key}" if key != EVERY_YEAR else address, part)


def _assumed(address: str, value: object) -> Iterator[Assumption]:
    return (_assumption(at, figure) for at, figure in figures_of(address, value) if figure.assumed)


def _assumption(address: str, figure: Figure) -> Assumption:
    return Assumption(address, str(figure.value), str(figure.low), str(figure.high), figure.source)
