"""Any number of runs beside the first of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from zxsim.errors import DataError, Message, UsageError
from zxsim.runs.data import RunData
from zxsim.runs.export import require_run
from zxsim.runs.facts import facts
from zxsim.whatif.compare_findings import findings
from zxsim.whatif.compare_inputs import input_differences
from zxsim.whatif.compare_money import cell_differences, money_differences, plan_distances, spending
from zxsim.whatif.compare_notes import notes, unloadable
from zxsim.whatif.compare_targets import scorecard, target_differences
from zxsim.whatif.compare_winners import winners
from zxsim.whatif.compare_years import differing, planned_paths, simulated_paths
from zxsim.whatif.compared import ComparedRun, label_of
from zxsim.whatif.comparison import (
    CELL_SCHEMA,
    INPUT_SCHEMA,
    MONEY_SCHEMA,
    RUN_SCHEMA,
    TARGET_SCHEMA,
    TRAJECTORY_SCHEMA,
    WINNER_SCHEMA,
    Comparison,
)
from zxsim.whatif.planned import planned_levels

Pair = Callable[[ComparedRun, ComparedRun], pl.DataFrame]


def compare(folders: Sequence[Path]) -> Comparison:
    """Compare runs with the first of them.

    Raises
    ------
    UsageError
        Fewer than two runs.
    DataError
        A folder is no run, or a file of a run is missing or damaged.
    """
    if len(folders) < 2:  # noqa: PLR2004 (a comparison has two sides)
        raise UsageError([Message("compare_one_run", {})])
    runs = [ComparedRun(label_of(at), RunData(require_run(folder))) for at, folder in enumerate(folders)]
    frame = pl.DataFrame([_facts(run) for run in runs], schema=RUN_SCHEMA, orient="row")
    reference, others = runs[0], runs[1:]
    levels, said = _levels(runs)

    def each(make: Pair, schema: pl.Schema | dict[str, type[pl.DataType]]) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=schema), *(make(reference, other) for other in others)])

    def years(one: ComparedRun, two: ComparedRun) -> pl.DataFrame:
        return pl.concat([planned_paths(one, two, levels), simulated_paths(one, two)])

    def who(one: ComparedRun, two: ComparedRun) -> pl.DataFrame:
        return winners(one, two, trajectories.filter(pl.col("run") == two.label))

    def money(one: ComparedRun, two: ComparedRun) -> pl.DataFrame:
        planned = one.has_plan and two.has_plan
        return money_differences(one, two) if planned else pl.DataFrame(schema=MONEY_SCHEMA)

    def cells(one: ComparedRun, two: ComparedRun) -> pl.DataFrame:
        planned = one.has_plan and two.has_plan
        return cell_differences(one, two) if planned else pl.DataFrame(schema=CELL_SCHEMA)

    def targets(one: ComparedRun, two: ComparedRun) -> pl.DataFrame:
        return target_differences(scores, one.label, two.label)

    scores = scorecard(runs)
    paths = each(years, TRAJECTORY_SCHEMA)
    trajectories = differing(paths)
    frames = {
        "runs": frame,
        "spending": spending(runs),
        "inputs": each(input_differences, INPUT_SCHEMA),
        "money": each(money, MONEY_SCHEMA),
        "cells": each(cells, CELL_SCHEMA),
        "distances": plan_distances(runs),
        "targets": each(targets, TARGET_SCHEMA),
        "scorecard": scores,
        "trajectories": trajectories,
        "paths": paths,
        "winners": each(who, WINNER_SCHEMA),
    }
    found = [message for other in others for message in findings(frames, other.label)]
    noted = [*said, *(note for other in others for note in notes(reference, other))]
    return Comparison(**frames, findings=tuple(found), notes=tuple(noted))


def _facts(run: ComparedRun) -> dict[str, object]:
    spec = run.data.scenario
    seed = run.simulation.get("seed")
    return {
        "label": run.label,
        **facts(run.data),
        "benefit_source": str(spec["benefit"].get("source") or ""),
        "benefit_unit": str(spec["benefit"].get("unit") or ""),
        "illustrative": bool(run.data.manifest.get("illustrative")),
        "seed": None if seed is None else int(str(seed)),
        "first_year": run.data.years[0],
        "last_year": run.data.years[-1],
    }


def _levels(runs: Sequence[ComparedRun]) -> tuple[dict[str, pl.DataFrame], list[Message]]:
    """What each plan expects, by label; a run whose inputs do not load any more has none and is noted."""
    found, said = {}, []
    for run in runs:
        if run.has_plan:
            try:
                found[run.label] = planned_levels(run.data.folder)
            except DataError as error:
                said.append(unloadable(run, error.messages[0].code))
    return found, said
