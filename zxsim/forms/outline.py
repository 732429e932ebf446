"""Texts above a plan of a town or village: its targets, measures, years and who is responsible."""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.forms.problems import named, numbered
from zxsim.forms.records import Records
from zxsim.forms.scope import Scope
from zxsim.forms.targets import target_frame
from zxsim.forms.words import value_words
from zxsim.runs.data import RunData
from zxsim.schema.scenario import CATEGORIES


def targets_text(run: RunData, scope: Scope) -> str:
    """Targets of the place and of what lies below it: what is asked for, and what the plan comes to."""
    rows = target_frame(run).filter(pl.col("year").is_in(list(scope.years)))
    if scope.inside is not None:
        rows = rows.filter(pl.col("place_id").is_in(scope.inside))
    return numbered([_target(found) for _, found in rows.group_by("target", maintain_order=True)])


def _target(rows: pl.DataFrame) -> str:
    """One target in its last year; the lowest and highest planned value where it has several places."""
    last = rows.filter(pl.col("year") == pl.col("year").max())
    row = last.row(0, named=True)
    clause = f"（{row['clause']}）" if row["clause"] else ""
    planned = sorted(value for value in last["planned"].to_list() if value is not None)
    ends = [value_words(value, row["unit"]) for value in (*planned[:1], *planned[-1:])]
    values = "–".join(dict.fromkeys(ends))
    said = [f"{row['year']}年{row['name']}{row['required']}{clause}"]
    said += [f"计划{values}"] if values else []
    said += [f"{len(last)}个地区"] if len(last) > 1 else []
    said += [f"牵头单位{row['lead']}"] if row["lead"] else []
    return "，".join(said)


def measures_text(run: RunData, records: Records) -> str:
    """What is done: projects and money by category, and measures for households at risk."""
    frame = records.frame
    lines = []
    for category in CATEGORIES:
        found = frame.filter(pl.col("category") == category)
        if len(found):
            wan = int(found["amount_wan"].sum()) / UNITS_PER_WAN
            lines.append(f"{category}：{found['project_id'].n_unique()}个项目，安排{wan:,.2f}万元")
    measures = run.scenario.get("measure", {})
    names = [run.label("measure", name) for name, spec in measures.items() if spec.get("enabled", True)]
    return numbered([*lines, *([f"防返贫帮扶：{named(names)}"] if names else [])])


def yearly_text(run: RunData, scope: Scope) -> str:
    """Projects and money of each year."""
    rows = run.table("allocation").filter(pl.col("year").is_in(list(scope.years)))
    if scope.inside is not None:
        rows = rows.filter(pl.col("place_id").is_in(scope.inside))
    units = (pl.col("amount_wan") * UNITS_PER_WAN).round().sum()
    sums = rows.group_by("year").agg(pl.col("project_id").n_unique(), units).sort("year")
    return "；".join(
        f"{year}年：{count}个项目、{amount / UNITS_PER_WAN:,.2f}万元"
        for year, count, amount in sums.iter_rows()
    )


def units_text(run: RunData, scope: Scope, records: Records) -> str:
    """Who is responsible: for projects by how many, and the lead departments of the targets."""
    frame = records.frame.unique("project_id", maintain_order=True)
    counts = Counter(name for name in frame["责任单位"].to_list() if name)
    lines = (
        [f"项目：{named([f'{name}（{count}个）' for name, count in counts.most_common()])}"] if counts else []
    )
    leads = list(dict.fromkeys(_leads(run, scope)))
    return "\n".join([*lines, *([f"考核目标牵头单位：{named(leads)}"] if leads else [])])


def _leads(run: RunData, scope: Scope) -> Iterator[str]:
    rows = target_frame(run).filter(pl.col("year").is_in(list(scope.years)), pl.col("lead") != "")
    if scope.inside is not None:
        rows = rows.filter(pl.col("place_id").is_in(scope.inside))
    yield from rows["lead"]
