"""A run as the page reads it: checked for what the page needs, with names in one language."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.errors import DataError, Message
from zxsim.report.plain_sheets import SheetWriter
from zxsim.report.wording import Language
from zxsim.runs.data import RunData
from zxsim.runs.export import require_run
from zxsim.runs.simulated import NO_PLAN

_ALWAYS = ("name", "scenario", "illustrative", "created", "inputs", "zxsim_version", "status")
_PLANNED = ("available_wan", "spent_wan", "benefit", "library_benefit", "equal_benefit", "notices", "solver")
_SIMULATED = ("seed", "replications", "households", "half_width", "precision", "precise_enough")
_INPUTS: Mapping[str, Sequence[str]] = {"places": ("id", "name", "level"), "projects": ("id", "name")}
_TABLES: Mapping[str, Sequence[str]] = {
    "allocation": ("project_id", "place_id", "category", "fund_id", "year", "amount_wan"),
    "by_year": ("year", "amount_wan", "available_wan"),
    "by_category": ("category", "year", "amount_wan"),
    "projects": ("project_id", "public_cost_wan", "paid_wan", "status", "reason", "rule", "clause"),
    "rules": (
        *("rule", "kind", "clause", "scope", "year", "since", "lhs", "relation", "rhs", "slack"),
        *("binding", "unit", "numerator", "denominator", "tier"),
    ),
    "broken": (
        *("kind", "rule", "clause", "project_id", "other_project", "scope", "fund_id", "since", "year"),
        *("lhs", "relation", "rhs", "missing", "unit", "cell"),
    ),
    "marginals": (
        *("rule", "clause", "kind", "year", "step", "unit", "gain_if_loosened", "loss_if_tightened"),
        *("measured_in", "measured_in_tight", "mark"),
    ),
    "targets": (
        *("target", "clause", "indicator", "tier", "place_id", "year", "relation", "value", "upper"),
        *("planned", "state", "basis", "baseline", "trend", "plan"),
    ),
    "plan_changes": (
        *("project_id", "place_id", "fund_id", "year", "before_wan", "after_wan", "change_wan"),
        *("reason", "rule", "clause"),
    ),
    "assumptions": ("address", "value", "low", "high", "source"),
    "simulation": ("place_id", "group", "indicator", "unit", "period", "statistic", "value"),
    "simulated_targets": (
        *("target", "clause", "place_id", "year", "relation", "value", "planned", "mean", "low", "high"),
        *("probability", "probability_fixed", "shocks"),
    ),
}
"""Columns that the page reads."""

_KINDS: Mapping[str, pl.DataType] = {
    **dict.fromkeys(("year", "tier"), pl.Int64()),
    **dict.fromkeys(("value", "upper", "planned", "baseline", "trend", "plan"), pl.Float64()),
}
"""Columns of targets that are no texts."""


class PageRun:
    """One run of a page.

    Attributes
    ----------
    number : int
        From 1, in the order in which the runs are given.
    make : SheetWriter
        Words and names.

    Raises
    ------
    DataError
        No run, or files of it are missing, damaged or without what a page needs; tables are looked at when
        they are asked for.
    """

    def __init__(self, folder: Path, language: Language, number: int) -> None:
        self.number = number
        self.folder = require_run(folder)
        self.make = SheetWriter(RunData(folder), language)
        manifest = self.manifest
        if not isinstance(manifest, Mapping):
            raise self._damaged("run.json", "{}")
        self._need("run.json", _ALWAYS, manifest)
        if self.planned:
            self._need("run.json", _PLANNED, manifest)
        if self.simulated:
            self._need("run.json", _SIMULATED, manifest["simulation"])
        self._need("inputs/resolved.toml", ("name", "years", "benefit", "fund"), self.make.run.scenario)
        for name, columns in _INPUTS.items():
            self._need(f"inputs/{name}.csv", columns, getattr(self.make.run, name).columns)

    def _need(self, file: str, keys: Sequence[str], found: Any) -> None:  # noqa: ANN401 (anything that has keys)
        absent = [key for key in keys if key not in found]
        if absent:
            raise self._damaged(file, absent[0])

    def _damaged(self, file: str, missing: str) -> DataError:
        fields = {"given": str(self.folder), "file": file, "missing": missing}
        return DataError([Message("page_run_lacks", fields)])

    @property
    def manifest(self) -> dict[str, Any]:
        """What run.json holds."""
        return self.make.run.manifest

    @property
    def planned(self) -> bool:
        """Whether there is an allocation."""
        return bool(self.manifest["status"] != NO_PLAN)

    @property
    def given(self) -> bool:
        """Whether the plan was evaluated as it was given, or replanned near an approved one."""
        return self.make.run.given

    @property
    def replanned(self) -> bool:
        """Whether the plan is the one nearest to an approved one."""
        return self.make.run.replanned

    @property
    def broken_count(self) -> int:
        """How many hard rules the plan breaks."""
        return self.make.run.broken_count

    @property
    def simulated(self) -> bool:
        """Whether households were simulated."""
        return self.manifest.get("simulation") is not None

    @property
    def id(self) -> str:
        """Name of the run's folder, below that of its scenario."""
        return self.folder.resolve().name

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return str(self.manifest["name"])

    @property
    def unit(self) -> str:
        """Unit of the benefit."""
        return self.make.run.scenario["benefit"].get("unit", "") or self.make.words("wan")

    def table(self, name: str) -> pl.DataFrame:
        """Return a table of the run that has the columns which the page reads."""
        found = self.make.run.table(name)
        self._need(f"{name}.parquet", _TABLES[name], found.columns)
        return found

    def words(self, key: str, **fields: object) -> str:
        """Return a label."""
        return self.make.words(key, **fields)

    def optional(self, name: str) -> pl.DataFrame:
        """Return a table, or one without rows where there is no plan to have it."""
        if self.planned or (self.make.run.folder / f"{name}.parquet").is_file():
            return self.table(name)
        return pl.DataFrame(schema={key: _KINDS.get(key, pl.String()) for key in _TABLES[name]})

    @cached_property
    def households(self) -> pl.DataFrame:
        """The long table of a simulation."""
        return self.table("simulation")

    def target_name(self, target: str) -> str:
        """Name of a target."""
        return self.make.run.label("target", target)

    def place(self, place: str) -> str:
        """Name of a place, or what all places together are called."""
        return self.make.place(place) if place else self.words("page_all_places")
