"""Rows of a form: one a project and place, or one a place, money in whole units by year, level and fund."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.exporters.sheet import Format
from zxsim.forms.costs import COSTS, costs_by_place
from zxsim.forms.progress import PAID, with_progress
from zxsim.forms.scope import Scope
from zxsim.forms.template import Form
from zxsim.runs.data import FUND_LEVELS, RunData, text
from zxsim.schema.columns import passes_through
from zxsim.schema.scenario import CATEGORIES

LEVEL_WORDS = {"中央": "中央", "省": "省级", "市": "市级", "区县": "县级", "其他": "其他"}
"""Levels of funds as forms name them."""

Items = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Records:
    """Rows before they are laid out.

    ``frame`` has a column for every source, and for a source with items the columns that ``items`` gives
    with the text of each; ``added`` columns add up, ``money`` is in units of 0.01 万元; ``formats`` says
    how columns are shown that are not texts, ``cell_formats`` the column of ``frame`` that says it by row.
    """

    frame: pl.DataFrame
    items: Items = field(default_factory=dict)
    money: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    formats: Mapping[str, Format] = field(default_factory=dict)
    cell_formats: Mapping[str, str] = field(default_factory=dict)


def paid(run: RunData, years: Sequence[int]) -> pl.DataFrame:
    """The allocation of some years in units, with the level and the name of the fund."""
    funds = pl.DataFrame(
        [(fund, keys["level"], run.label("fund", fund)) for fund, keys in run.funds.items()],
        schema=dict.fromkeys(("fund_id", "level", "fund"), pl.String),
        orient="row",
    )
    units = (pl.col("amount_wan") * UNITS_PER_WAN).round().cast(pl.Int64).alias("units")
    chosen = run.table("allocation").filter(pl.col("year").is_in(list(years))).with_columns(units)
    return chosen.join(funds, on="fund_id", how="left", maintain_order="left")


def spread(
    money: pl.DataFrame, keys: Sequence[str], run: RunData, years: Sequence[int]
) -> tuple[pl.DataFrame, Items]:
    """Add up by ``keys``: the amount in all, and by level, fund, year and category."""
    levels = [level for level in FUND_LEVELS if any(fund["level"] == level for fund in run.funds.values())]
    categories = [name for name in CATEGORIES if name in money["category"].unique()]
    wanted: Mapping[str, tuple[str, Iterable[Any], Mapping[Any, str]]] = {
        "amount_by_level": ("level", levels, dict(LEVEL_WORDS)),
        "amount_by_fund": ("fund_id", run.funds, {fund: run.label("fund", fund) for fund in run.funds}),
        "amount_by_year": ("year", years, {year: f"{year}年" for year in years}),
        "amount_by_category": ("category", categories, {}),
    }
    items = {
        source: {f"{source} {item}": words.get(item, str(item)) for item in each}
        for source, (_, each, words) in wanted.items()
    }
    sums = [
        pl.col("units").filter(pl.col(column).eq(item)).sum().alias(f"{source} {item}")
        for source, (column, each, _) in wanted.items()
        for item in each
    ]
    return money.group_by(keys).agg(pl.col("units").sum().alias("amount_wan"), *sums), items


def _money_columns(items: Items) -> frozenset[str]:
    return frozenset(["amount_wan", *(column for columns in items.values() for column in columns)])


def _formats(items: Items) -> dict[str, Format]:
    return {"amount_wan": "money", **{column: "part" for columns in items.values() for column in columns}}


def project_records(form: Form, run: RunData, scope: Scope) -> Records:
    """One row a project and place with money in the years, by category, project and place.

    A report of a quarter also has those that were paid or reported.
    """
    money = paid(run, scope.years)
    sums, items = spread(money, ("project_id", "place_id"), run, scope.years)
    if scope.quarter is not None:
        sums = with_progress(sums, run, scope.quarter, form.expected)
    spans = money.group_by("project_id", "place_id").agg(pl.col("year").min(), last=pl.col("year").max())
    frame = (
        sums.join(
            spans.select("project_id", "place_id", _period("year", "last", "years_paid")),
            on=["project_id", "place_id"],
            how="left",
        )
        .join(_projects(run), on="project_id", how="left")
        .join(costs_by_place(run), on=["project_id", "place_id"], how="left")
        .join(run.levels_by_place, on="place_id", how="left")
        .with_columns(place=pl.col("place_id").replace(run.place_names))
        .with_columns(
            _order=pl.col("category").replace_strict({c: i for i, c in enumerate(CATEGORIES)}, default=99)
        )
        .sort("_order", "project_id", "place_id")
    )
    costs: dict[str, Format] = {"cost_wan": "money", "public_cost_wan": "money", "self_raised_wan": "part"}
    heads: dict[str, Format] = {"beneficiary_persons": "count", "beneficiary_households": "count"}
    shares: dict[str, Format] = {"paid_share": "share", "physical_share": "rate"}
    payments: dict[str, Format] = dict.fromkeys(PAID, "money")
    added = _money_columns(items) | {name for name in (*COSTS, *PAID) if name in frame.columns}
    return Records(frame, items, added, added, {**_formats(items), **costs, **heads, **shares, **payments})


def _projects(run: RunData) -> pl.DataFrame:
    """One row a project with every source that a form may show of it."""
    projects = run.projects
    numbers = [
        (pl.col(name).cast(kind) if name in projects.columns else pl.lit(None, kind)).alias(name)
        for name, kind in _NUMBERS.items()
    ]
    passed = [pl.col(name).fill_null("") for name in projects.columns if passes_through(name)]
    words = [text(projects, name) for name in ("category", "subcategory", "status", "department")]
    frame = projects.select(
        pl.col("id").alias("project_id"),
        pl.col("name").alias("project_name"),
        _period("first_year", "last_year", "period"),
        *numbers,
        *words,
        *passed,
    )
    heads = [pl.format(f"{{}}{unit}", pl.col(name)).fill_null("") for name, unit in _HEADS]
    return frame.join(_schedule(run), on="project_id", how="left").with_columns(
        _first_filled(pl.concat_str(heads), text(frame, "受益对象")).alias("beneficiaries"),
        _first_filled(text(frame, "责任单位"), pl.col("department")).alias("责任单位"),
    )


def _first_filled(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The first text, the other one where that is empty."""
    return pl.when(one != "").then(one).otherwise(other)


def _schedule(run: RunData) -> pl.DataFrame:
    """When each project is built: as the library says, else from its first to its last payment.

    The library says it in 时间进度, or by years that are fewer than those of the plan.
    """
    paid_in = (
        run.table("allocation").group_by("project_id").agg(pl.col("year").min(), last=pl.col("year").max())
    )
    whole = (pl.col("first_year") == str(run.years[0])) & (pl.col("last_year") == str(run.years[-1]))
    said = run.projects.select(
        pl.col("id").alias("project_id"),
        text(run.projects, "时间进度").alias("told"),
        _period("first_year", "last_year", "library"),
        whole.alias("whole"),
    )
    spans = paid_in.select("project_id", _period("year", "last", "paid_in"))
    known = said.join(spans, on="project_id", how="left")
    years = pl.when(pl.col("whole")).then("paid_in").otherwise("library")
    return known.select("project_id", _first_filled(pl.col("told"), years).alias("schedule"))


_NUMBERS = {"beneficiary_persons": pl.Int64, "beneficiary_households": pl.Int64}
_HEADS = (("beneficiary_households", "户"), ("beneficiary_persons", "人"))


def _period(first: str, last: str, name: str) -> pl.Expr:
    """Write "2022年", or "2022-2023年"."""
    one, both = pl.format("{}年", pl.col(first)), pl.format("{}-{}年", pl.col(first), pl.col(last))
    return pl.when(pl.col(first) == pl.col(last)).then(one).otherwise(both).alias(name)


def place_records(form: Form, run: RunData, scope: Scope) -> Records:
    """One row a place of the form's level, and one for each other place where money is spent."""
    years = scope.years
    money = paid(run, years)
    row_of = {place: chain.get(str(form.level), place) for place, chain in run.above.items()}
    placed = money.with_columns(place_id=pl.col("place_id").replace(row_of))
    sums, items = spread(placed, ("place_id",), run, years)
    counts = placed.group_by("place_id").agg(projects=pl.col("project_id").n_unique())
    levels = dict(run.places.select("id", "level").iter_rows())
    of_level = [place for place, level in levels.items() if level == form.level]
    own = "（本级）" if of_level else ""
    names = {p: name if levels[p] == form.level else name + own for p, name in run.place_names.items()}
    ids = sorted({*of_level, *sums["place_id"]}, key=lambda place: (levels[place] == form.level, place))
    heads = [
        (
            run.places[name].cast(pl.Int64) if name in run.places.columns else pl.Series([None] * len(levels))
        ).alias(name)
        for name in ("population", "households")
    ]
    known = pl.DataFrame([run.places["id"].alias("place_id"), *heads])
    frame = pl.DataFrame({"place_id": ids}, schema={"place_id": pl.String})
    for more in (sums, counts, known, run.levels_by_place):
        frame = frame.join(more, on="place_id", how="left", maintain_order="left")
    whole_projects = counts["projects"].sum() == money["project_id"].n_unique()
    added = _money_columns(items) | ({"projects"} if whole_projects else set())
    whole: dict[str, Format] = dict.fromkeys(("projects", "population", "households"), "count")
    filled = frame.with_columns(
        pl.col("projects", *_money_columns(items)).fill_null(0), place=pl.col("place_id").replace(names)
    )
    return Records(filled, items, _money_columns(items), added, {**_formats(items), **whole})
