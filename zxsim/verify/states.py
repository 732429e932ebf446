"""Check 5: whether each target is met, met but for less than one unit of money, or missed."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import polars as pl

from zxsim.errors import Message
from zxsim.verify.compare import RELATIVE_TOLERANCE
from zxsim.verify.findings import finding
from zxsim.verify.ratios import FloatArray
from zxsim.verify.reading import lacks_columns
from zxsim.verify.relations import gap_of, planned_of
from zxsim.verify.steps import Range, Steps
from zxsim.verify.targets import KEYS, TARGETS, Rows

MET, WITHIN_UNIT, MISSED, OUT_OF_REACH = "met", "met_within_unit", "missed", "out_of_reach"


def check_states(found: pl.DataFrame, rows: Sequence[Rows], steps: Steps) -> list[Message]:
    """Compare the word of each row of targets.csv with its figures worked out anew.

    What a target lacks even with unlimited money (``unavoidable``) only a solver can tell; it is taken
    as given, and must agree with the word.
    """
    findings: list[Message] = []
    if not rows or lacks_columns(found, ["state", "unavoidable", *KEYS], TARGETS.file, findings):
        return findings
    missed = pl.when(pl.col("unavoidable") != "").then(pl.lit(OUT_OF_REACH)).otherwise(pl.lit(MISSED))
    fits = pl.concat_list(
        pl.when(pl.col(name)).then(word)
        for name, word in (("met", pl.lit(MET)), ("within", pl.lit(WITHIN_UNIT)), ("missed", missed))
    ).list.drop_nulls()
    expected = pl.concat([_fitting(target, steps) for target in rows])
    judged = found.join(expected, on=KEYS, maintain_order="left").with_columns(fits=fits)
    wrong = judged.filter(~pl.col("state").is_in(pl.col("fits")))
    for line, state, words, *key in wrong.select("line", "state", "fits", *KEYS).iter_rows():
        wanted, address = " | ".join(words), f"{' '.join(key)} state"
        findings.append(
            finding("verify_figure", wanted, state, file=TARGETS.file, address=address, line=line)
        )
    return findings


def _fitting(rows: Rows, steps: Steps) -> pl.DataFrame:
    """Which words fit each row; several where it lies at a border, by nothing or within one unit."""
    gap = gap_of(rows.target, rows.planned)
    nothing = RELATIVE_TOLERANCE * np.maximum(1.0, np.abs(np.nan_to_num(rows.planned)))
    least, most = _one_unit(rows, steps)
    return rows.keys.with_columns(
        met=pl.Series(gap <= nothing),
        within=pl.Series((-nothing <= gap) & (gap <= most + nothing)),
        missed=pl.Series(gap > np.maximum(least, nothing)),
    )


def _one_unit(rows: Rows, steps: Steps) -> Range:
    """Least and most by which 0.01 万元 can change what each row holds against its value.

    The least is a change of its own level alone, the most one of all the levels that it compares.
    """
    ranges = [steps.of(rows.target["indicator"], cells) for cells in rows.cells]
    zero = np.zeros(len(rows.planned))
    own = [ranges[0][0], *([zero] * (len(ranges) - 1))]
    corners = product(*[(-most, most) for _, most in ranges])
    return _change(rows, own), np.max([_change(rows, corner) for corner in corners], axis=0)


def _change(rows: Rows, steps: Sequence[FloatArray]) -> FloatArray:
    levels = [level + step for level, step in zip(rows.levels, steps, strict=True)]
    return np.nan_to_num(np.abs(planned_of(rows.target, rows.cells, levels) - rows.planned))
