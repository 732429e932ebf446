"""The inputs of a run, read from its own ``inputs/`` folder and from nowhere else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from zxsim.core.money import units_down
from zxsim.errors import Message
from zxsim.verify.commitments import commitments_of
from zxsim.verify.places import Places, places_of
from zxsim.verify.projects import parts_of, projects_of
from zxsim.verify.ratios import Whole
from zxsim.verify.reading import guarded, lacks_columns, number, read, text_table, toml_table

RESOLVED, PLACES, PROJECTS = "inputs/resolved.toml", "inputs/places.csv", "inputs/projects.csv"
Record = Mapping[str, Any]

SIMULATED = ("unresolved", "open_cases")
"""Indicators that no plan is made for: only a simulation knows them."""


@dataclass(frozen=True)
class Fund:
    """One fund: ``units`` of 0.01 万元 by year, in all or for each place of ``earmarks``."""

    record: Record
    units: Mapping[int, int]
    earmarks: tuple[str, ...] | None

    @property
    def carry_over(self) -> int:
        """Years for which money that is not spent may be kept."""
        return int(number(self.record.get("carry_over", 0)))

    @property
    def where(self) -> Sequence[str] | None:
        """Places where (or below which) it may be spent, ``None`` for anywhere."""
        return self.earmarks if self.earmarks is not None else self.record.get("places")

    def total(self, year: int) -> int:
        """Units of a year over all its places."""
        return self.units[year] * (1 if self.earmarks is None else len(self.earmarks))


@dataclass(frozen=True, eq=False)
class Inputs:
    """Everything a plan is judged against.

    ``projects`` has one row a project, ``parts`` one a project and place; of rules, effects and
    targets only those are kept that are switched on, by id in sorted order. ``commitments`` has one
    row a cell of money that was promised, ``None`` where the file makes no sense;
    the money of the years up to ``decided_through`` is no longer open.
    """

    years: range
    places: Places
    funds: Mapping[str, Fund]
    projects: pl.DataFrame
    parts: pl.DataFrame
    rules: Mapping[str, Record]
    effects: Mapping[str, Record]
    targets: Mapping[str, Record]
    indicators: Mapping[str, Record]
    benefit: Record
    commitments: pl.DataFrame | None
    decided_through: int | None

    def held(self, funds: Iterable[str], places: Sequence[str] | None, years: Sequence[int]) -> Whole:
        """Units that funds hold by place and year; one row for all places together without places.

        For a place only what is earmarked there or below counts.

        Returns
        -------
        object array of int (places or 1, years)
        """
        chosen = [self.funds[fund_id] for fund_id in funds]
        if places is None:
            return np.array([[sum(fund.total(year) for fund in chosen) for year in years]], dtype=object)
        held = np.zeros((len(places), len(years)), dtype=object)
        for fund in chosen:
            earmarks = pl.DataFrame({"place_id": fund.earmarks or ()}, schema={"place_id": pl.String})
            ones = earmarks.with_columns(year=pl.lit(0, dtype=pl.Int64), units=pl.lit(1, dtype=pl.Int64))
            times = self.places.added_up(ones, places, [0])
            held = held + times * np.array([fund.units[year] for year in years], dtype=object)
        return held


def in_categories(names: Iterable[str]) -> pl.Expr:
    """Whether a project's category or second level is one of the names."""
    listed = list(names)
    return pl.col("category").is_in(listed) | pl.col("subcategory").is_in(listed)


def in_set(record: Record) -> pl.Expr:
    """Whether a project is one of the ``projects`` of a record or in one of its ``categories``."""
    named = pl.col("project_id").is_in(list(record.get("projects", [])))
    return named | in_categories(record.get("categories", []))


def read_inputs(run: Path, findings: list[Message]) -> Inputs | None:
    """Read the inputs of a run; ``None`` when a file is missing or makes no sense (noted)."""
    resolved = read(run, RESOLVED, toml_table, findings)
    place_cells = read(run, PLACES, text_table, findings)
    project_cells = read(run, PROJECTS, text_table, findings)
    if resolved is None or place_cells is None or project_cells is None:
        return None
    if lacks_columns(place_cells, ("id", "level"), PLACES, findings):
        return None
    years = guarded(RESOLVED, "years", lambda: _horizon(resolved["years"]), findings)
    places = guarded(PLACES, "", lambda: places_of(place_cells), findings)
    if years is None or places is None:
        return None
    projects = guarded(PROJECTS, "", lambda: projects_of(project_cells, years[0], years[-1]), findings)
    if projects is None:
        return None
    parts = guarded(PROJECTS, "places", lambda: parts_of(projects), findings)
    if parts is None:
        return None
    promised = commitments_of(run, findings)
    return guarded(
        RESOLVED, "", lambda: _inputs(resolved, years, places, projects, parts, promised), findings
    )


def _inputs(
    resolved: Record,
    years: range,
    places: Places,
    projects: pl.DataFrame,
    parts: pl.DataFrame,
    commitments: pl.DataFrame | None,
) -> Inputs:
    funds = {fund_id: _fund(record, years) for fund_id, record in sorted(resolved["fund"].items())}
    unknown = {place for fund in funds.values() for place in fund.where or ()} - places.position.keys()
    if unknown:
        raise ValueError(f"unknown places {sorted(unknown)}")
    decided = resolved.get("decided_through")
    return Inputs(
        years=years,
        places=places,
        funds=funds,
        projects=projects,
        parts=parts,
        rules=_enabled(resolved.get("rule", {})),
        effects=_enabled(resolved.get("effect", {})),
        targets={
            name: target
            for name, target in _enabled(resolved.get("target", {})).items()
            if target["indicator"] not in SIMULATED
        },
        indicators=resolved.get("indicator", {}),
        benefit=resolved["benefit"],
        commitments=commitments,
        decided_through=None if decided is None else int(number(decided)),
    )


def _horizon(years: Sequence[int]) -> range:
    first, last = years
    horizon = range(int(first), int(last) + 1)
    if not horizon:
        raise ValueError(f"years {first}-{last}")
    return horizon


def _enabled(records: Mapping[str, Record]) -> dict[str, Record]:
    return {record_id: record for record_id, record in sorted(records.items()) if record.get("enabled", True)}


def _fund(record: Record, years: range) -> Fund:
    """Read a fund; a year that ``amount_wan`` does not name has no money."""
    amount = record["amount_wan"]
    if not isinstance(amount, Mapping) or "value" in amount:
        amount = {str(year): amount for year in years}
    units = {year: units_down(number(amount.get(str(year), 0))) for year in years}
    earmarks = record.get("per_place")
    return Fund(record, units, None if earmarks is None else tuple(earmarks))
