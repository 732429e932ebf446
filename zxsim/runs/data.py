"""A run's folder as data: its tables, inputs and manifest, read when asked for."""

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.core.places import LEVELS
from zxsim.errors import DataError, Message
from zxsim.schema.clause_columns import CLAUSES
from zxsim.schema.report_columns import PROGRESS, TASKS

FUND_LEVELS = ("中央", "省", "市", "区县", "其他")
"""Levels of funds, from the top."""


class RunData:
    """What a run says of itself.

    Raises
    ------
    DataError
        On reading, when a file of the run is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What run.json holds."""
        found: dict[str, Any] = self._read("run.json", lambda path: json.loads(_text_of(path)))
        return found

    def need(self, *keys: str) -> None:
        """Raise :class:`DataError` when run.json lacks one of these keys."""
        held = self.manifest if isinstance(self.manifest, Mapping) else {}
        for key in keys:
            if key not in held:
                fields = {"given": str(self.folder), "file": "run.json", "reason": key}
                raise DataError([Message("run_damaged", fields)])

    @property
    def given(self) -> bool:
        """Whether the plan was made from another one: evaluated as it was given, or replanned near it."""
        return "plan" in self.manifest

    @property
    def replanned(self) -> bool:
        """Whether the plan is the one nearest to an approved one."""
        return self.given and "staying" in self.manifest

    @property
    def broken_count(self) -> int:
        """How many hard rules the plan breaks, row by row: only one that was given can break any."""
        return 0 if self.manifest.get("kept", True) else len(self.table("broken"))

    @cached_property
    def scenario(self) -> dict[str, Any]:
        """The resolved scenario; numbers stay decimal."""
        found: dict[str, Any] = self._read(
            "inputs/resolved.toml", lambda path: tomllib.loads(_text_of(path), parse_float=Decimal)
        )
        return found

    @cached_property
    def places(self) -> pl.DataFrame:
        """One row a place, texts only."""
        return self._inputs("places.csv")

    @cached_property
    def projects(self) -> pl.DataFrame:
        """One row a project, texts only; a column that no project fills is not there."""
        return self._inputs("projects.csv")

    @cached_property
    def clauses(self) -> list[dict[str, str | None]]:
        """Rows of clauses.csv, none where the scenario has no such file."""
        if not (self.folder / "inputs" / CLAUSES).exists():
            return []
        return self._inputs(CLAUSES).to_dicts()

    @cached_property
    def commitments(self) -> pl.DataFrame | None:
        """One row an amount already decided, texts only; ``None`` where nothing is decided."""
        return self._optional("commitments.csv")

    @cached_property
    def progress(self) -> pl.DataFrame | None:
        """One row a project, place and quarter, texts only; ``None`` where nothing was reported."""
        return self._optional(PROGRESS)

    @cached_property
    def tasks(self) -> pl.DataFrame | None:
        """One row a task, texts only; ``None`` where the scenario has no ledger of tasks."""
        return self._optional(TASKS)

    def table(self, name: str) -> pl.DataFrame:
        """Return a table of the run."""
        found: pl.DataFrame = self._read(f"{name}.parquet", pl.read_parquet)
        return found

    def _optional(self, name: str) -> pl.DataFrame | None:
        return self._inputs(name) if (self.folder / "inputs" / name).is_file() else None

    def _inputs(self, name: str) -> pl.DataFrame:
        found: pl.DataFrame = self._read(f"inputs/{name}", lambda path: pl.read_csv(path, infer_schema=False))
        return found

    def _read(self, name: str, read: Any) -> Any:  # noqa: ANN401 (each file has a type of its own)
        try:
            return read(self.folder / name)
        except (OSError, ValueError, RecursionError, pl.exceptions.PolarsError) as error:
            fields = {"given": str(self.folder), "file": name, "reason": str(error).split("\n", 1)[0]}
            raise DataError([Message("run_damaged", fields)]) from None

    @cached_property
    def years(self) -> list[int]:
        """Calendar years of the horizon."""
        first, last = self.scenario["years"]
        return list(range(first, last + 1))

    @cached_property
    def funds(self) -> Mapping[str, Mapping[str, Any]]:
        """Funds by id, from the highest level down."""
        funds: Mapping[str, Mapping[str, Any]] = self.scenario["fund"]
        order = sorted(funds, key=lambda fund: (FUND_LEVELS.index(funds[fund]["level"]), fund))
        return {fund: funds[fund] for fund in order}

    @cached_property
    def place_names(self) -> Mapping[str, str]:
        """Name of each place by id."""
        return dict(self.places.select("id", "name").iter_rows())

    @cached_property
    def project_names(self) -> Mapping[str, str]:
        """Name of each project by id."""
        return dict(self.projects.select("id", "name").iter_rows())

    @cached_property
    def above(self) -> Mapping[str, Mapping[str, str]]:
        """For each place, the id of the place of each level that it lies in or is."""
        rows = self.places.select("id", "level", text(self.places, "parent")).rows()
        kinds = {place: (level, parent) for place, level, parent in rows}
        found = {}
        for place in kinds:
            here, chain = place, {}
            while here in kinds:
                level, parent = kinds[here]
                chain[level] = here
                here = parent
            found[place] = chain
        return found

    @cached_property
    def levels_by_place(self) -> pl.DataFrame:
        """Column ``place_id``, and for each level the name of the place of that level around it."""
        ids, names = list(self.above), self.place_names
        columns = {
            level: [names[self.above[place][level]] if level in self.above[place] else "" for place in ids]
            for level in LEVELS
        }
        return pl.DataFrame(
            {"place_id": ids, **columns}, schema=dict.fromkeys(("place_id", *LEVELS), pl.String)
        )

    @property
    def title_place(self) -> str:
        """Name of the one top place, or of the scenario when there are several."""
        tops = self.places.filter(pl.col("id").is_in([chain[-1] for chain in self._chains]))["name"].unique()
        return str(tops[0]) if len(tops) == 1 else str(self.scenario["name"])

    @property
    def _chains(self) -> list[list[str]]:
        return [list(chain.values()) for chain in self.above.values()]

    def label(self, section: str, record: str) -> str:
        """Name of a record for people, its id when it has none."""
        return self.scenario.get(section, {}).get(record, {}).get("label") or record


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def text(frame: pl.DataFrame, column: str) -> pl.Expr:
    """A text column under its name, empty where nothing is given or no row has it."""
    known = pl.col(column).fill_null("") if column in frame.columns else pl.lit("")
    return known.alias(column)
