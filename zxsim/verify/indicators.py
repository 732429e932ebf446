"""Indicators from the money of a plan: incomes and coverages of places at each year's end."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from zxsim.core.money import UNITS_PER_WAN, YUAN_PER_WAN
from zxsim.verify.inputs import Inputs, Record, in_categories
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number

INCOME = "income"
ByPlaceYear = dict[tuple[str, int], float]


def moves(effect: Record) -> str:
    """Id of the indicator that an effect changes."""
    return str(effect["indicator"]) if effect["kind"] == "coverage" else INCOME


def effects_on(indicator: str, inputs: Inputs) -> list[Record]:
    """Effects that change an indicator, in the order of their ids."""
    return [effect for effect in inputs.effects.values() if moves(effect) == indicator]


def heads_column(indicator: str, inputs: Inputs) -> str:
    """Column of places.csv with the heads that an indicator counts."""
    if indicator == INCOME or inputs.indicators[indicator]["counts"] == "persons":
        return "population"
    return "households"


def start_of(indicator: str, place: str, inputs: Inputs) -> float:
    """Published value of an indicator before the plan."""
    column = "income_yuan" if indicator == INCOME else f"base_{indicator}"
    return inputs.places.number(place, column)


def without_plan(indicator: str, place: str, year: int, inputs: Inputs) -> float:
    """Value at a year's end without any plan: income_yuan·(1+trend)^(t − income_year), or the base."""
    start = start_of(indicator, place, inputs)
    if indicator != INCOME:
        return start
    trend, since = inputs.places.number(place, "trend"), inputs.places.number(place, "income_year")
    return float(start * (1 + trend) ** (year - since))


def chosen_projects(effect: Record, inputs: Inputs) -> pl.DataFrame:
    """Return the projects that have an effect, with the ``heads`` that a coverage serves when all is paid."""
    if "projects" in effect:
        rows = inputs.projects.filter(pl.col("project_id").is_in(effect["projects"]))
    else:
        rows = inputs.projects.filter(in_categories(effect["categories"]))
    heads = effect.get("heads", 0)
    if not isinstance(heads, str):
        return rows.with_columns(heads=pl.lit(float(number(heads))))
    served = pl.col(heads).replace("", "0").cast(pl.Float64) if heads in rows.columns else pl.lit(0.0)
    return rows.with_columns(heads=served)


def heads_paid(effect: Record, plan: Plan, inputs: Inputs) -> pl.DataFrame:
    """Return the rows of a coverage's projects; each ``pays_for`` heads · paid/(public cost) heads."""
    projects = chosen_projects(effect, inputs).select("project_id", "heads", "cost")
    rows = plan.rows.join(projects, on="project_id").filter(pl.col("cost") > 0)
    return rows.with_columns(pays_for=pl.col("heads") * pl.col("units") / pl.col("cost"))


def gains(indicator: str, places: Sequence[str], plan: Plan, inputs: Inputs) -> ByPlaceYear:
    """Work out what the plan adds to an indicator by place and year of the horizon, unsaturated.

    Money at a place or below it counts for it.
    """
    column = heads_column(indicator, inputs)
    total: ByPlaceYear = defaultdict(float)
    for effect in effects_on(indicator, inputs):
        added = _coverage if effect["kind"] == "coverage" else _asset_yield
        for (place, year), value in added(effect, places, plan, inputs).items():
            total[place, year] += value / inputs.places.number(place, column)
    return total


def lag_of(effect: Record) -> int:
    """Years from payment to the first effect: at once for a coverage, one for an asset, unless said."""
    return int(number(effect.get("lag", 0 if effect["kind"] == "coverage" else 1)))


def _coverage(effect: Record, places: Sequence[str], plan: Plan, inputs: Inputs) -> ByPlaceYear:
    """Heads served at the end of t: Σ_p heads_p · (paid until t−lag)/(public cost of p)."""
    lag = lag_of(effect)
    carried = plan.carried_up(heads_paid(effect, plan, inputs), places)
    sums = carried.group_by("within", "year").agg(pl.col("pays_for").sum())
    paid = {(place, year): heads for place, year, heads in sums.iter_rows()}
    return _spread(paid, lambda age: 1.0 if age >= lag else 0.0, inputs)


def _asset_yield(effect: Record, places: Sequence[str], plan: Plan, inputs: Inputs) -> ByPlaceYear:
    """Yuan that reach households in t: 10⁴ · k · Σ_s u[s] · (1−decay)^(t−s−lag), lag ≤ t−s < lag+life.

    This is the recurrence of the definition written out: what is paid in s yields from s+lag on,
    less by the decay every year, and nothing from s+lag+life on.
    """
    lag, life = lag_of(effect), int(number(effect["life"]))
    keep = 1 - float(number(effect.get("decay", 0)))
    yuan = YUAN_PER_WAN * to_households(effect)
    projects = chosen_projects(effect, inputs)["project_id"].to_list()
    paid = plan.sums(plan.of(projects=projects), places)

    def factor(age: int) -> float:
        return yuan * keep ** (age - lag) if lag <= age < lag + life else 0.0

    return _spread({cell: units / UNITS_PER_WAN for cell, units in paid.items()}, factor, inputs)


def to_households(effect: Record) -> float:
    """k: what a 万元 yields to households in a year without decay."""
    return float(number(effect["yield"])) * (1 - float(number(effect.get("collective_share", 0))))


def _spread(
    paid: Mapping[tuple[str, int], float], factor: Callable[[int], float], inputs: Inputs
) -> ByPlaceYear:
    """Σ_s paid[s] · factor(t − s) for every year t of the horizon."""
    total: ByPlaceYear = defaultdict(float)
    for (place, since), amount in paid.items():
        for year in inputs.years:
            if year >= since:
                total[place, year] += amount * factor(year - since)
    return total
