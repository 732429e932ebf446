"""Check 5: every figure that the run reports, worked out anew from the money and the inputs."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from zxsim.errors import Message
from zxsim.verify import rollups
from zxsim.verify.compare import Shape, compare
from zxsim.verify.eligibility import excluded
from zxsim.verify.inputs import RESOLVED, Inputs
from zxsim.verify.judged import Judged, named, span_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import guarded, read, text_table
from zxsim.verify.states import check_states
from zxsim.verify.steps import Steps
from zxsim.verify.targets import TARGETS, target_frame, target_rows

_WORDS = ("clause", "tier", "binding", "unit", "numerator", "denominator")
_KEYS, _NUMBERS = ("rule", "kind", "scope", "year", "since", "relation"), ("lhs", "rhs", "slack")
RULE_SCHEMA = dict.fromkeys((*_KEYS, *_WORDS), pl.String) | dict.fromkeys(_NUMBERS, pl.Float64)
RULES = Shape(
    "rules.csv",
    _KEYS,
    _NUMBERS,
    pl.col("unit_expected") == "wan",
    _WORDS,
    lambda row, _: named(row["kind"], row["rule"], row["scope"], span_of(row["since"], row["year"])),
)
EXCLUDED = Shape("excluded.csv", ("project_id", "fund_id", "rule"), (), pl.lit(value=False), ("clause",))


def check_figures(
    run: Path, plan: Plan, inputs: Inputs, rows: Sequence[Judged], findings: list[Message]
) -> None:
    """Compare every reported table; ``rows`` are those that rules.csv should have."""
    expected: list[tuple[Shape, Callable[[], pl.DataFrame]]] = [
        (RULES, partial(_rule_frame, rows)),
        (rollups.BY_PLACE, partial(rollups.by_place, plan, inputs)),
        (rollups.BY_CATEGORY, partial(rollups.by_category, plan)),
        (rollups.BY_FUND, partial(rollups.by_fund, plan, inputs)),
        (rollups.BY_YEAR, partial(rollups.by_year, plan, inputs)),
        (EXCLUDED, partial(excluded, inputs)),
    ]
    for shape, worked_out in expected:
        found = read(run, shape.file, text_table, findings)
        frame = guarded(RESOLVED, shape.file, worked_out, findings)
        if found is not None and frame is not None:
            findings += compare(found, frame, shape)
    _check_targets(run, plan, inputs, findings)


def _check_targets(run: Path, plan: Plan, inputs: Inputs, findings: list[Message]) -> None:
    """Compare targets.csv, and the word that each of its rows is given."""
    found = read(run, TARGETS.file, text_table, findings)
    rows = guarded(RESOLVED, TARGETS.file, lambda: target_rows(plan, inputs), findings)
    if found is None or rows is None:
        return
    findings += compare(found, target_frame(rows), TARGETS)
    check = partial(check_states, found, rows, Steps(plan, inputs))
    findings += guarded(RESOLVED, TARGETS.file, check, findings) or []


def _rule_frame(rows: Sequence[Judged]) -> pl.DataFrame:
    return pl.concat(
        [pl.DataFrame(schema=RULE_SCHEMA), *(block.frame().select(list(RULE_SCHEMA)) for block in rows)]
    )
