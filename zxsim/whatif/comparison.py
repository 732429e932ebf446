"""What a comparison of runs holds: frames, findings and notes. Reports are made of this and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import polars as pl

from zxsim.errors import Message
from zxsim.runs.facts import SCHEMA as FACTS

RUN_SCHEMA = {
    "label": pl.String,
    **FACTS,
    "benefit_source": pl.String,
    "benefit_unit": pl.String,
    "illustrative": pl.Boolean,
    "seed": pl.Int64,
    "first_year": pl.Int64,
    "last_year": pl.Int64,
}
INPUT_SCHEMA = {
    "run": pl.String,
    "kind": pl.String,
    "address": pl.String,
    "name": pl.String,
    "clause": pl.String,
    "before": pl.String,
    "after": pl.String,
    "detail": pl.Boolean,
}
SPENDING_SCHEMA = {
    "run": pl.String,
    "dimension": pl.String,
    "item": pl.String,
    "name": pl.String,
    "amount_wan": pl.Float64,
}
MONEY_SCHEMA = {
    "run": pl.String,
    "dimension": pl.String,
    "item": pl.String,
    "name": pl.String,
    "level": pl.String,
    "before_wan": pl.Float64,
    "after_wan": pl.Float64,
    "difference_wan": pl.Float64,
}
CELL_SCHEMA = {
    "run": pl.String,
    "project_id": pl.String,
    "project_name": pl.String,
    "place_id": pl.String,
    "place_name": pl.String,
    "category": pl.String,
    "fund_id": pl.String,
    "fund_name": pl.String,
    "year": pl.Int64,
    "before_wan": pl.Float64,
    "after_wan": pl.Float64,
    "difference_wan": pl.Float64,
}
DISTANCE_SCHEMA = {
    "run_a": pl.String,
    "run_b": pl.String,
    "dimension": pl.String,
    "item": pl.String,
    "name": pl.String,
    "moved_wan": pl.Float64,
    "spent_wan": pl.Float64,
    "distance": pl.Float64,
}
_TARGET_KEYS = {
    "target": pl.String,
    "name": pl.String,
    "clause": pl.String,
    "indicator": pl.String,
    "place_id": pl.String,
    "place_name": pl.String,
    "year": pl.Int64,
    "relation": pl.String,
}
TARGET_FIGURES = {
    "value": pl.Float64,
    "planned": pl.Float64,
    "shortfall": pl.Float64,
    "state": pl.String,
    "mean": pl.Float64,
    "probability": pl.Float64,
}
SCORE_SCHEMA = {"run": pl.String, **_TARGET_KEYS, **TARGET_FIGURES}
TARGET_SCHEMA = {
    "run": pl.String,
    **_TARGET_KEYS,
    **{f"{key}_{side}": kind for key, kind in TARGET_FIGURES.items() for side in ("before", "after")},
    "verdict": pl.String,
}
_DIFFERENCE = {
    "before": pl.Float64,
    "after": pl.Float64,
    "difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}
TRAJECTORY_SCHEMA = {
    "run": pl.String,
    "basis": pl.String,
    "place_id": pl.String,
    "place_name": pl.String,
    "level": pl.String,
    "group": pl.String,
    "indicator": pl.String,
    "indicator_name": pl.String,
    "unit": pl.String,
    "year": pl.Int64,
    **_DIFFERENCE,
    "count": pl.Int64,
    "paired": pl.Boolean,
}
WINNER_SCHEMA = {
    "run": pl.String,
    "kind": pl.String,
    "item": pl.String,
    "name": pl.String,
    "level": pl.String,
    "population": pl.Int64,
    "indicator": pl.String,
    "indicator_name": pl.String,
    "unit": pl.String,
    "basis": pl.String,
    "year": pl.Int64,
    **_DIFFERENCE,
    "verdict": pl.String,
}

GAIN, LOSS, UNCLEAR = "gain", "loss", "unclear"


@dataclass(frozen=True, eq=False)
class Comparison:
    """Any number of runs beside the first of them, the reference.

    Runs are called A (the reference), B, C, … in every frame: column ``run`` is the label of the run that is
    set against A, ``before`` is A's figure, ``after`` that of ``run``, and a difference is after less before.
    Rows without a difference are left out everywhere but in ``runs``, ``spending``, ``scorecard`` and
    ``paths``; so a run beside itself has empty frames (:attr:`same`). Money is 万元 in columns that end in
    ``_wan``, exact to 0.01. Nothing here is a sentence: codes, ids, names as the scenarios give them,
    numbers. Ids and names come from files of users and must be escaped where they are shown.

    Attributes
    ----------
    runs : DataFrame
        One row a run, in the order given (:data:`RUN_SCHEMA`); ``run`` is its folder. Null where it has no
        plan, or was not simulated.
    inputs : DataFrame
        One row an input that differs (:data:`INPUT_SCHEMA`). ``kind`` is ``changed``, ``added`` (not in A) or
        ``removed``; ``address`` is the dotted key as ``--set`` takes it; ``detail`` marks the origin of a
        figure that differs itself. Households of a ledger are one row, whatever differs in them.
    spending : DataFrame
        What each run spends by ``category``, ``fund`` and ``year`` (:data:`SPENDING_SCHEMA`), A too.
    money : DataFrame
        Sums that differ (:data:`MONEY_SCHEMA`). ``dimension``: ``total``, ``place`` (where it is paid),
        ``area`` (a place that holds others, with all below), ``category``, ``fund``, ``year``, ``project``.
        But for ``area``, the differences of a dimension add up to that of ``total``.
    cells : DataFrame
        The single amounts that differ (:data:`CELL_SCHEMA`).
    distances : DataFrame
        One row for each two runs with a plan (:data:`DISTANCE_SCHEMA`), over everything (``dimension`` is
        ``total``) and within each fund and category: the share of the money that moved.
    targets : DataFrame
        Targets at a place and year that differ (:data:`TARGET_SCHEMA`). ``verdict`` is ``gain``, ``loss`` or
        ``unclear``.
    scorecard : DataFrame
        Every target of every run, A too (:data:`SCORE_SCHEMA`), sorted so that the runs of one target stand
        together.
    trajectories : DataFrame
        Year-end figures that differ (:data:`TRAJECTORY_SCHEMA`). ``basis`` is ``planned`` (what the plan
        expects; no interval) or ``simulated`` (means over ``count`` replications; ``low`` and ``high`` are
        the 90 % interval of the mean difference, see :mod:`zxsim.whatif.intervals`, or null).
        ``place_id`` "" is all places together; ``group`` "" all households.
    paths : DataFrame
        ``trajectories`` with the figures that do not differ, as a line over the years needs them. A simulated
        figure that is 0 in every replication of both has no row.
    winners : DataFrame
        Who gains and who loses (:data:`WINNER_SCHEMA`): ``kind`` is ``place`` (the lowest places with a
        population) or ``group`` (of monitored households). ``indicator`` is ``money_per_head``, or one of
        ``trajectories`` in the last year of both. ``verdict``: ``gain`` and ``loss`` count what is better for
        people (fewer unresolved cases are a gain); ``unclear`` where the interval holds 0.
    findings : tuple of Message
        The headlines, the weightiest first, each with the labels of its runs.
    notes : tuple of Message
        What could not be compared, and why.
    """

    runs: pl.DataFrame
    inputs: pl.DataFrame
    spending: pl.DataFrame
    money: pl.DataFrame
    cells: pl.DataFrame
    distances: pl.DataFrame
    targets: pl.DataFrame
    scorecard: pl.DataFrame
    trajectories: pl.DataFrame
    paths: pl.DataFrame
    winners: pl.DataFrame
    findings: tuple[Message, ...]
    notes: tuple[Message, ...]

    @property
    def differences(self) -> Mapping[str, pl.DataFrame]:
        """The frames that are empty when nothing differs, by name."""
        facts = ("runs", "spending", "scorecard", "paths", "findings", "notes")
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in facts}

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        return not any(len(frame) for frame in self.differences.values())

    @property
    def labels(self) -> Sequence[str]:
        """Labels of the runs that are set against the reference."""
        return self.runs["label"].to_list()[1:]

    def summary(self) -> dict[str, Any]:
        """Return what ``--json`` prints, but for the sentences."""
        return {
            "status": "same" if self.same else "compared",
            "run": self.runs["run"][0],
            "runs": self.runs.to_dicts(),
            "rows": {name: len(frame) for name, frame in self.differences.items()},
            "inputs": self.inputs.to_dicts(),
            "distances": self.distances.filter(pl.col("dimension") == "total").to_dicts(),
        }
