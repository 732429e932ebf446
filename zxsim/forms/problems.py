"""What a quarterly report names as problems: works behind, rules broken or at their limit, targets missed."""

from collections.abc import Iterator, Sequence

import polars as pl

from zxsim.forms.records import Records
from zxsim.forms.scope import Scope
from zxsim.forms.targets import target_frame
from zxsim.forms.words import (
    BEHIND,
    NO_PROBLEM,
    NOT_BEGUN,
    RELATION_WORDS,
    RULE_UNITS,
    SILENT,
    UNPAID,
    UNPLANNED,
    value_words,
)
from zxsim.runs.data import RunData
from zxsim.runs.states import NOT_REACHED

MOST_LINES = 20
"""Lines of a text above a table; more would not fit into one row of a sheet."""

MOST_NAMES = 8
"""Names that a line lists before it only counts."""


def problems(run: RunData, scope: Scope, records: Records) -> str:
    """Return the problems line by line; a word that says so where there is none."""
    year = scope.years[-1] if scope.quarter is None else scope.quarter.year
    lines = [*_works(records.frame), *_rules(run, scope, year), *_targets(run, scope, year)]
    return numbered(lines) or NO_PROBLEM


def numbered(lines: Sequence[str]) -> str:
    r"""Write lines with their numbers, the first ones where there are many.

    >>> numbered(["甲", "乙"])
    '1. 甲\n2. 乙'
    """
    shown = [f"{at}. {line}" for at, line in enumerate(lines[:MOST_LINES], start=1)]
    more = [f"……共{len(lines)}条"] if len(lines) > MOST_LINES else []
    return "\n".join([*shown, *more])


def named(names: Sequence[str]) -> str:
    """Join names, the first ones where there are many.

    >>> named(["甲", "乙"]), named(list("abcdefghij"))
    ('甲、乙', 'a、b、c、d、e、f、g、h等10个')
    """
    shown = "、".join(names[:MOST_NAMES])
    return f"{shown}等{len(names)}个" if len(names) > MOST_NAMES else shown


def _works(frame: pl.DataFrame) -> Iterator[str]:
    """Projects that need a word, by their state."""
    if "work_status" not in frame.columns:
        return
    for status in (BEHIND, NOT_BEGUN, SILENT, UNPAID, UNPLANNED):
        found = frame.filter(pl.col("work_status") == status)
        if not len(found):
            continue
        shares = found["paid_share"].to_list() if status == BEHIND else [None] * len(found)
        names = [
            name if share is None else f"{name}（{share:.1%}）"
            for name, share in zip(found["project_name"], shares, strict=True)
        ]
        yield f"{status}{len(found)}个：{named(names)}"


def _rules(run: RunData, scope: Scope, year: int) -> Iterator[str]:
    """Rows of rules at the place: those that are broken one by one, then those at their limit."""
    rows = run.table("rules").filter(pl.col("kind") != "budget", _in(scope, "scope"))
    first = pl.col("since").fill_null(pl.col("year"))
    rows = rows.filter(pl.col("year").is_null() | ((first <= year) & (pl.col("year") >= year)))
    for row in rows.filter(pl.col("slack") < 0).iter_rows(named=True):
        unit = RULE_UNITS[row["unit"]]
        asked = f"{RELATION_WORDS[row['relation']]}{unit.format(row['rhs'])}"
        where, actual = run.place_names[row["scope"]], unit.format(row["lhs"])
        yield f"没有做到：{_clause(run, row['rule'], row['clause'])}{where}实际{actual}，要求{asked}"
    tight = rows.filter(pl.col("binding") & (pl.col("slack") >= 0))
    for (rule, clause), found in tight.group_by("rule", "clause", maintain_order=True):
        places = list(dict.fromkeys(run.place_names[place] for place in found["scope"]))
        yield f"刚好做到、没有余量：{_clause(run, str(rule), str(clause))}{named(places)}"


def _clause(run: RunData, rule: str, clause: str) -> str:
    name = run.label("rule", rule)
    return f"{name}（{clause}）" if clause else f"{name} "


def _targets(run: RunData, scope: Scope, year: int) -> Iterator[str]:
    """Targets of this and later years that the plan misses, each in the first such year."""
    rows = target_frame(run).filter(
        pl.col("state").is_in(NOT_REACHED), pl.col("year") >= year, _in(scope, "place_id")
    )
    for row in rows.unique(("target", "place_id"), keep="first", maintain_order=True).iter_rows(named=True):
        clause = f"（{row['clause']}）" if row["clause"] else ""
        where, value = run.place_names[row["place_id"]], value_words(row["planned"], row["unit"])
        yield f"{row['year']}年{row['met']}：{row['name']}{clause}{where}计划{value}，要求{row['required']}"


def _in(scope: Scope, column: str) -> pl.Expr:
    """Whether a row is at the place; all rows of places where none is chosen."""
    return pl.col(column) != "" if scope.inside is None else pl.col(column).is_in(scope.inside)
