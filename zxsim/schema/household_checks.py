"""Checks of the simulation's tables together: nothing missing, and every case finds some measure."""

from collections.abc import Iterator

import numpy as np

from zxsim.core.causes import GUARANTEES, INCOME
from zxsim.core.inside import is_file_name, leads_outside, outside_allowed
from zxsim.core.layout import Layout
from zxsim.core.messages import Faults
from zxsim.errors import Message
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.calibration_checks import note_calibration
from zxsim.schema.household_cells import census_places
from zxsim.schema.measure import LABOURS
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source
from zxsim.schema.target_checks import income_year_faults

NEEDS_HOUSEHOLDS = ("shock", "insurance", "procedure", "measure", "simulation", "calibration")
LEDGER_NAMES = (".csv", ".xlsx", ".xls")


def note_simulation_tables(scenario: Scenario, source: Source, faults: Faults) -> None:
    """Note tables that are missing, years without a line, shocks without months, a ledger elsewhere."""
    if "household" not in source.data:
        for section in NEEDS_HOUSEHOLDS:
            if section in source.data:
                faults.add(source.message("household_missing", (section,)))
        return
    if not scenario.simulated:
        return
    if "procedure" not in source.data:
        faults.add(source.message("missing_key", ("procedure",), given="", allowed=[]))
    _note_line(scenario, source, faults)
    for shock_id in enabled(scenario.shock):
        shock = scenario.shock[shock_id]
        if (shock.lost_share.value > 0) != (int(shock.months) > 0):
            faults.add(source.message("both_or_none", ("shock", shock_id), keys="lost_share, months"))
    _note_ledger(scenario, source, faults)
    note_calibration(scenario, source, faults)


def _note_line(scenario: Scenario, source: Source, faults: Faults) -> None:
    if scenario.procedure is None or EVERY_YEAR in scenario.procedure.line_yuan:
        return
    first, last = scenario.years
    missing = [year for year in range(first, last + 1) if year not in scenario.procedure.line_yuan]
    if missing:
        faults.add(source.message("line_year_missing", ("procedure", "line_yuan"), years=missing))


def _note_ledger(scenario: Scenario, source: Source, faults: Faults) -> None:
    name = scenario.household.ledger if scenario.household else None
    if name is None:
        return
    where = ("household", "ledger")
    path = source.ledger_folder(name) / name
    if not (is_file_name(name) or outside_allowed()) or path.suffix.lower() not in LEDGER_NAMES:
        faults.add(source.message("ledger_elsewhere", where, given=name))
    elif not path.is_file():
        faults.add(source.message("ledger_not_there", where, given=name))
    elif leads_outside(path) and not outside_allowed():
        faults.add(Message("file_outside", {}, path.name))


def note_simulated_places(
    scenario: Scenario, layout: Layout, source: Source, faults: Faults, warnings: list[Message]
) -> None:
    """Note incomes of another time; warn of cases that nothing helps and of shocks that strike nobody."""
    if not scenario.simulated:
        return
    census = census_places(layout.places, layout.place_table)
    for _, code, fields in income_year_faults(census, layout):
        faults.add(source.message(code, ("household",), **fields))
    warnings += _helpless(scenario, source)
    industries = layout.place_table["leading_industries"].gather(census).is_not_null().any()
    for shock_id in enabled(scenario.shock):
        if scenario.shock[shock_id].unit == "industry" and not industries:
            warnings.append(source.message("shock_without_industries", ("shock", shock_id)))


def _helpless(scenario: Scenario, source: Source) -> Iterator[Message]:
    """Warn of cases for which no measure fits: they stay unresolved whatever the plan."""
    assert scenario.procedure is not None
    needs = GUARANTEES if scenario.procedure.need_rate.value > 0 else ()
    causes = [*enabled(scenario.shock), *needs, INCOME]
    measures = [scenario.measure[measure] for measure in enabled(scenario.measure)]
    fits = np.array(
        [
            [
                any(labour in m.labour and (m.causes is None or cause in m.causes) for m in measures)
                for cause in causes
            ]
            for labour in LABOURS
        ]
    )
    if not fits.all():
        pairs = [f"{LABOURS[i]} × {causes[j]}" for i, j in np.argwhere(~fits)]
        yield source.message("no_measure_fits", ("measure",), pairs=pairs, count=len(pairs))
