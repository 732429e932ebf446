"""Lines of a form of indicators: outputs counted from the money, effects from the targets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.exporters.sheet import Format, Value
from zxsim.forms.records import Records, paid
from zxsim.forms.scope import Scope
from zxsim.forms.sources import VALUE_BY_YEAR
from zxsim.forms.template import Form, FormIndicator
from zxsim.forms.words import RELATION_WORDS, indicator_name, unit_of
from zxsim.runs.data import RunData
from zxsim.runs.states import REACHED
from zxsim.schema.scenario import CATEGORIES
from zxsim.schema.target import INCOMES

_UNIT_FORMATS: Mapping[str, Format] = {"元": "count", "万元": "money", "个": "count"}


@dataclass(frozen=True, eq=False)
class _Facts:
    """What outputs are counted from: payments of the years, and facts of each project."""

    money: pl.DataFrame
    done: pl.DataFrame

    def of(self, category: str) -> "_Facts":
        return _Facts(self.money.filter(pl.col("category") == category), self.done)

    def until(self, years: Sequence[int]) -> pl.DataFrame:
        return self.money.filter(pl.col("year").is_in(list(years)))


def indicator_records(form: Form, run: RunData, scope: Scope) -> Records:
    """One row a line of the template, or one for each category or target that it stands for."""
    years = scope.years
    facts = _Facts(paid(run, run.years), _done(run))
    lines = [line for one in form.indicator.values() for line in _lines(one, facts, run, years)]
    names = {f"{VALUE_BY_YEAR} {year}": f"{year}年" for year in (years if len(years) > 1 else ())}
    words = ("first", "second", "third", "unit", "remark", "format")
    columns: dict[str, list[Value]] = {name: [str(line[name]) for line in lines] for name in words}
    columns |= {name: [line[name] for line in lines] for name in ("value", *names)}
    kinds = {name: pl.Object if name not in words else pl.String for name in columns}
    shown = dict.fromkeys(("value", *names), "format")
    return Records(pl.DataFrame(columns, schema=kinds), {VALUE_BY_YEAR: names}, cell_formats=shown)


def _done(run: RunData) -> pl.DataFrame:
    """Public cost of each project in units, its heads, and the year in which it is paid in full."""
    units = (pl.col("amount_wan") * UNITS_PER_WAN).round()
    ends = run.table("allocation").group_by("project_id").agg(units.sum().alias("all"), pl.col("year").max())
    heads = [
        run.projects[name].cast(pl.Int64).alias(name)
        if name in run.projects.columns
        else pl.Series(name, [None] * len(run.projects), pl.Int64)
        for name in ("beneficiary_persons", "beneficiary_households")
    ]
    facts = pl.DataFrame([run.projects["id"].alias("project_id"), *heads])
    costs = run.table("projects").select(
        "project_id", (pl.col("public_cost_wan") * UNITS_PER_WAN).round().alias("cost")
    )
    known = facts.join(costs, on="project_id").join(ends, on="project_id")
    return known.with_columns(done=pl.when(pl.col("all") >= pl.col("cost")).then("year"))


def _lines(
    line: FormIndicator, facts: _Facts, run: RunData, years: Sequence[int]
) -> Iterator[dict[str, Value]]:
    found = list(_found_lines(line, facts, run, years))
    if line.blank and not found:
        words = {"first": line.first, "second": line.second, "third": "", "unit": "", "remark": ""}
        found = [{**words, "format": "text", **_empty(years)}]
    yield from found


def _found_lines(
    line: FormIndicator, facts: _Facts, run: RunData, years: Sequence[int]
) -> Iterator[dict[str, Value]]:
    if line.each == "target":
        yield from _target_lines(line, run, years)
        return
    spent = facts.until(years)["category"].unique()
    kinds = [name for name in CATEGORIES if name in spent] if line.each else [""]
    for kind in kinds:
        measured = facts.of(kind) if line.each else facts
        values = _empty(years) if line.source is None else _values(line.source, measured, facts, years)
        yield {**_words(line, {"category": kind}), "unit": line.unit, **values}


def _words(line: FormIndicator, fields: Mapping[str, str]) -> dict[str, Value]:
    texts = {key: getattr(line, key).format(**fields) for key in ("first", "second", "third", "remark")}
    return {**texts, "format": _FORMATS.get(line.source or "", "text")}


def _empty(years: Sequence[int]) -> dict[str, Value]:
    return dict.fromkeys(["value", *(f"{VALUE_BY_YEAR} {year}" for year in years)])


def _values(source: str, measured: _Facts, facts: _Facts, years: Sequence[int]) -> dict[str, Value]:
    by_year = {f"{VALUE_BY_YEAR} {year}": _output(source, measured, facts, [year]) for year in years}
    return {"value": _output(source, measured, facts, years), **by_year}


_FORMATS: Mapping[str, Format] = {
    "projects": "count",
    "projects_in_full": "count",
    "amount_wan": "money",
    "amount_share": "share",
    "beneficiary_persons": "count",
    "beneficiary_households": "count",
}


def _output(source: str, measured: _Facts, all_money: _Facts, years: Sequence[int]) -> Value:
    """Value of an output in some years."""
    money = measured.until(years)
    if source == "projects":
        return money["project_id"].n_unique()
    if source == "projects_in_full":
        full = measured.done.filter(pl.col("done").is_in(list(years)))
        return len(full.join(measured.money, on="project_id", how="semi"))
    if source == "amount_wan":
        return int(money["units"].sum()) / UNITS_PER_WAN
    if source == "amount_share":
        total = int(all_money.until(years)["units"].sum())
        return int(money["units"].sum()) / total if total else None
    if source == "deadline":
        last = money["year"].to_list()
        return f"{max(last)}年底前" if last else None
    return _heads(source, money, measured.done)


def _heads(column: str, money: pl.DataFrame, facts: pl.DataFrame) -> Value:
    """Heads of the projects, each in proportion to the money paid; ``None`` where no project gives any."""
    known = money.join(facts.filter(pl.col(column).is_not_null() & (pl.col("cost") > 0)), on="project_id")
    if not len(known):
        return None
    shares = known.group_by("project_id").agg(
        pl.col("units").sum() / pl.col("cost").first() * pl.col(column).first()
    )
    return int(float(shares["units"].sum()) + 1e-6)


def _target_lines(line: FormIndicator, run: RunData, years: Sequence[int]) -> Iterator[dict[str, Value]]:
    rows = run.table("targets").filter(pl.col("year").is_in(list(years)))
    if line.of is not None:
        rows = rows.filter(pl.col("indicator").is_in(INCOMES) == (line.of == "income"))
    for (name,), found in rows.group_by("target", maintain_order=True):
        planned = {f"{VALUE_BY_YEAR} {year}": _worst(part) for (year,), part in found.group_by("year")}
        last = found.filter(pl.col("year") == pl.col("year").max())
        first, spec = last.row(0, named=True), run.scenario["target"][name]
        own = unit_of(first["indicator"], first["relation"])
        fields = {
            "target": run.label("target", str(name)),
            "indicator": indicator_name(run, first["indicator"]),
            "relation": RELATION_WORDS[first["relation"]],
            "required": _required(first, own),
            "clause": first["clause"],
            "lead": spec.get("lead", ""),
            "places": str(len(last)),
            "reached": str(int(last["state"].is_in(REACHED).sum())),
        }
        unit = line.unit or own
        words = {**_words(line, fields), "unit": unit, "format": _UNIT_FORMATS.get(unit, "rate")}
        yield {**words, **_empty(years), **planned, "value": _worst(last)}


def _worst(rows: pl.DataFrame) -> Value:
    """Planned value of the place that is farthest from the target."""
    upward = rows["relation"][0] not in ("<=", "<")
    value = rows.sort(["shortfall", "planned"], descending=[True, not upward], nulls_last=True)["planned"][0]
    return None if value is None else float(value)


def _required(row: Mapping[str, float | str | None], unit: str) -> str:
    if row["relation"] == "not_below_previous":
        return ""
    texts = []
    for key in ("value", "upper"):
        if row[key] is not None:
            exact = Decimal(repr(float(row[key] or 0)))
            texts.append(f"{exact * (100 if unit == '%' else 1):f}")
    return "–".join(_short(text) + unit for text in texts)


def _short(text: str) -> str:
    """Drop the zeros behind the point."""
    return text.rstrip("0").rstrip(".") if "." in text else text
