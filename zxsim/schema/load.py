"""Loading a scenario folder: all faults at once, then one resolved scenario with its layout.

Which value wins is written in :mod:`zxsim.schema.source`. After loading, nothing is read from the
folder again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from zxsim.core.identity import without_numbers
from zxsim.core.layout import Layout
from zxsim.core.messages import Faults
from zxsim.core.modes import Modes
from zxsim.core.money import UNITS_PER_WAN, wan_text
from zxsim.core.places import PlaceTree
from zxsim.core.spec import Figure
from zxsim.errors import Message
from zxsim.schema.assumptions import Assumption, assumptions_of, table_assumptions
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.checks import note_model_faults
from zxsim.schema.clause_columns import CLAUSES
from zxsim.schema.clauses import clauses_of
from zxsim.schema.columns import COMMITMENT_COLUMNS, PROJECT_COLUMNS, Column, place_columns
from zxsim.schema.commitments import commitments_of
from zxsim.schema.household_cells import note_household_cells
from zxsim.schema.household_checks import note_simulation_tables
from zxsim.schema.label import label_of
from zxsim.schema.layout import fund_units, layout_of
from zxsim.schema.modes import modes_of
from zxsim.schema.places import note_doubled_ids, place_tree
from zxsim.schema.projects import Change, Library, library, note_faults, note_suspicious_costs
from zxsim.schema.references import References
from zxsim.schema.report_columns import PROGRESS, TASKS
from zxsim.schema.reported import NOTHING_REPORTED, Reported, reported
from zxsim.schema.resolve import resolved
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source, overlaid, read_base
from zxsim.schema.tables import Table, override, read_table, typed
from zxsim.schema.validate import scenario_of

READ = ("places.csv", "projects.csv", "commitments.csv", PROGRESS, TASKS, CLAUSES)
PLAN = "plan.csv"
"""What the office itself gives to each project, as ``import`` writes it: never read with the scenario."""


@dataclass(frozen=True, eq=False)
class Loaded:
    """A checked scenario.

    ``spec`` has every selector expanded and every default filled; ``places`` and ``projects`` are the
    typed tables sorted by id, ``commitments`` what is already decided (``None`` without the file),
    ``clauses`` what carries each clause (likewise); ``reported`` holds progress.csv and tasks.csv, which only
    reports use;
    ``cell_figures`` holds section, id, column and figure of the cells that TOML set with an origin;
    ``changes`` lists every number that was rounded. ``folder`` is where a ledger of households stands, and
    ``ledger`` its rows without identities once they are read (:func:`zxsim.simulate.ledger.with_ledger`).
    """

    spec: Scenario
    layout: Layout
    label: str
    cell_figures: Sequence[tuple[str, str, str, Figure]]
    places: pl.DataFrame
    projects: pl.DataFrame
    commitments: pl.DataFrame | None
    changes: Sequence[Change]
    assumptions: Sequence[Assumption]
    warnings: Sequence[Message]
    folder: Path
    ledger: pl.DataFrame | None = None
    reported: Reported = NOTHING_REPORTED
    clauses: pl.DataFrame | None = None


@dataclass(eq=False)
class Memory:
    """What need not be read again where one scenario is loaded many times with other settings.

    The files must stay as they are meanwhile. ``tables`` holds what was read without fault, by the name of
    the file, what the scenario lays over its cells, and its columns.
    """

    base: Source | None = None
    tables: dict[tuple[str, str, tuple[str, ...]], tuple[Table, pl.DataFrame]] = field(default_factory=dict)

    def source(self, path: Path, settings: Sequence[str]) -> Source:
        """Read the TOML once, and lay settings over it."""
        if self.base is None:
            self.base = read_base(path)
        return overlaid(self.base, settings)


def load(path: Path, settings: Sequence[str] = (), memory: Memory | None = None) -> Loaded:
    """Load ``scenario.toml`` (or the folder it stands in) with ``--set`` settings laid over it.

    Parameters
    ----------
    memory : Memory, optional
        What earlier calls for the same ``path`` have read.

    Raises
    ------
    DataError
        With every fault found: file, line, address, what is allowed, the nearest known word.
    UsageError
        A setting is not KEY=VALUE.
    """
    memory = memory or Memory()
    source = memory.source(path, settings)
    folder, faults = source.folder, Faults()
    scenario = scenario_of(source, faults)
    indicators = source.data.get("indicator", {})
    known = place_columns(sorted(indicators) if isinstance(indicators, dict) else [])
    places = _table(folder / "places.csv", "place", source, known, faults, memory)
    projects = _table(folder / "projects.csv", "project", source, PROJECT_COLUMNS, faults, memory)
    years = scenario.years if scenario else None
    tree, warnings = None, _unread_files(source, scenario)
    if places:
        tree = _tree(*places, faults)
    if tree and places and scenario and scenario.simulated:
        note_household_cells(*places, tree, faults)
    if projects:
        note_faults(*projects, years, faults)
    if scenario:
        _references(source, faults, tree, projects).check(scenario)
        note_simulation_tables(scenario, source, faults)
    if scenario and projects and tree:
        money = _all_money(scenario)
        warnings += note_suspicious_costs(*projects, 0 if scenario.units_checked else money, faults)
    decided = _commitments(folder, source, faults)
    parts = library(*projects, tree, faults) if projects and tree else None
    modes = modes_of(*projects, parts, years, faults) if projects and parts and years else None
    faults.raise_any()
    assert scenario
    assert places
    assert projects
    assert parts
    assert modes
    assert tree
    return _loaded(scenario, source, (places, projects[0], decided), (parts, modes), tree, warnings)


def _tree(table: Table, frame: pl.DataFrame, faults: Faults) -> PlaceTree | None:
    note_doubled_ids(table, frame, faults)
    if not len(frame):
        faults.add(Message("empty_table", {}, table.name, 1))
    return place_tree(table, frame, faults)


def _commitments(folder: Path, source: Source, faults: Faults) -> tuple[Table, pl.DataFrame] | None:
    """Read commitments.csv where there is one."""
    path = folder / "commitments.csv"
    table = read_table(path, "commitment", source, faults) if path.exists() else None
    return None if table is None else (table, typed(table, COMMITMENT_COLUMNS, faults))


def _references(
    source: Source, faults: Faults, tree: PlaceTree | None, projects: tuple[Table, pl.DataFrame] | None
) -> References:
    levels = dict(zip(tree.ids, tree.levels, strict=True)) if tree else None
    if projects is None:
        return References(source, faults, levels, None, None)
    second = projects[1]["subcategory"].drop_nulls().unique()
    return References(source, faults, levels, projects[1]["id"], second.to_list())


def _table(
    path: Path, section: str, source: Source, known: Mapping[str, Column], faults: Faults, memory: Memory
) -> tuple[Table, pl.DataFrame] | None:
    cells, noted = source.data.get(section, {}), len(faults)
    key = path.name, repr(cells), tuple(known)
    if key in memory.tables:
        source.notices += memory.tables[key][0].notices
        return memory.tables[key]
    table = read_table(path, section, source, faults)
    if table is None:
        return None
    override(table, cells if isinstance(cells, dict) else {}, known, faults)
    found = table, typed(table, known, faults)
    if len(faults) == noted:
        memory.tables[key] = found
    return found


def _unread_files(source: Source, scenario: Scenario | None) -> list[Message]:
    """Warn of tables in the folder that nothing reads; a what-if may have some beside those of its base."""
    ledger = scenario.household.ledger if scenario and scenario.household else None
    own = [
        Message("table_of_base_read", {}, name)
        for name in READ
        if source.path.parent != source.folder and (source.path.parent / name).exists()
    ]
    return own + [
        Message("file_not_read", {}, path.name)
        for path in sorted(source.folder.glob("*.csv"))
        if path.name not in (*READ, PLAN, ledger)
    ]


def _all_money(scenario: Scenario) -> int:
    """Units that all funds hold over the horizon."""
    first, last = scenario.years
    total = 0
    for fund in scenario.fund.values():
        units = fund_units(fund, np.arange(first, last + 1)).sum()
        total += int(units) * len(fund.per_place or (0,))
    return total


def _loaded(
    scenario: Scenario,
    source: Source,
    tables: tuple[tuple[Table, pl.DataFrame], Table, tuple[Table, pl.DataFrame] | None],
    parts: tuple[Library, Modes],
    tree: PlaceTree,
    warnings: list[Message],
) -> Loaded:
    places, parts_table, decided = tables
    faults = Faults()
    full = resolved(scenario, tree, source, faults)
    faults.raise_any()
    place_frame = places[1].sort("id")
    layout = layout_of(full, tree, place_frame, *parts)
    commitments = None
    if decided:
        commitments = commitments_of(*decided, layout, faults)
        layout = layout.with_columns(committed=commitments.committed)
    elif scenario.decided_through is not None:
        warnings.append(source.message("decided_without_commitments", ("decided_through",)))
    note_model_faults(full, layout, source, faults, warnings)
    beside = reported(source.folder, full, layout, source, faults)
    cells = {"place": place_frame, "project": parts[0].frame}
    clauses = clauses_of(source.folder, full, cells, source, faults, warnings)
    warnings += source.notices
    faults.raise_any()
    label = label_of(source.path)
    if without_numbers(label)[1]:
        warnings.append(Message("label_identifies"))
    return Loaded(
        spec=full,
        layout=layout,
        label=label,
        cell_figures=[*places[0].figures, *parts_table.figures],
        places=place_frame,
        projects=parts[0].frame,
        commitments=commitments.frame if commitments else None,
        changes=[
            *_fund_changes(scenario),
            *parts[0].changes,
            *(commitments.changes if commitments else ()),
            *beside.changes,
        ],
        assumptions=[
            *assumptions_of(full),
            *table_assumptions(places[0]),
            *table_assumptions(parts_table),
        ],
        warnings=warnings,
        folder=source.ledger_folder((full.household and full.household.ledger) or ""),
        reported=beside,
        clauses=clauses,
    )


def _fund_changes(scenario: Scenario) -> Iterator[Change]:
    for fund_id, fund in scenario.fund.items():
        for year, amount in fund.amount_wan.items():
            exact = amount.value * UNITS_PER_WAN
            if exact != int(exact):
                shown = str(year) if year != EVERY_YEAR else ""
                record, used = f"[fund.{fund_id}]", wan_text(int(exact))
                yield Change("scenario.toml", record, f"amount_wan {shown}".strip(), str(amount.value), used)
