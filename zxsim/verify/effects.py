"""Effects of projects: which indicator they move, when, and by how much a unit of money.

Money counts from the year in which it is paid; of a project that is paid in full or not at all,
everything counts from the year of the last payment, and nothing before.
"""

import polars as pl

from zxsim.core.money import UNITS_PER_WAN, YUAN_PER_WAN
from zxsim.verify.inputs import Inputs, Record, in_categories
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number

INCOME = "income"
COLLECTIVE = "collective_income"
POSTS = "posts"
COVERAGE = "coverage"
LEFT = "left_to_collective"
"""Kind of what an asset yields for the collective, beside what it yields for households."""
HELD = "posts_held"
"""Kind of the posts of a jobs effect, beside their wages."""

_COUNTED = {
    "coverage": "heads",
    "jobs": "posts",
    HELD: "posts",
    "household_output": "households",
    "training": "heads",
}
"""Kinds whose size is a number of each project: the key that says it, or names its column."""
_AT_ONCE = {"coverage", "jobs", HELD, "relief"}
"""Kinds whose first effect comes in the year of payment, unless another lag is given."""


def moves(effect: Record) -> str:
    """Id of the indicator that an effect changes."""
    return str(effect["indicator"]) if effect["kind"] == COVERAGE else INCOME


def effects_on(indicator: str, inputs: Inputs) -> list[Record]:
    """Effects that change an indicator, in the order of their ids."""
    if indicator == COLLECTIVE:
        assets = (effect for effect in inputs.effects.values() if effect["kind"] == "asset_yield")
        return [{**effect, "kind": LEFT} for effect in assets if number(effect.get("collective_share", 0))]
    if indicator == POSTS:
        jobs = (effect for effect in inputs.effects.values() if effect["kind"] == "jobs")
        return [{key: effect[key] for key in effect if key != "eligible"} | {"kind": HELD} for effect in jobs]
    return [effect for effect in inputs.effects.values() if moves(effect) == indicator]


def lag_of(effect: Record) -> int:
    """Years from payment to the first effect."""
    return int(number(effect.get("lag", 0 if effect["kind"] in _AT_ONCE else 1)))


def life_of(effect: Record) -> int | None:
    """Years for which an effect lasts; ``None`` for a coverage, which stays."""
    if effect["kind"] == COVERAGE:
        return None
    return int(number(effect.get("life", 1) if effect["kind"] in _AT_ONCE else effect["life"]))


def keep_of(effect: Record) -> float:
    """What is left of an effect a year later."""
    return 1 - float(number(effect.get("decay", 0)))


def yuan_per_head(effect: Record) -> float:
    """Yuan a year that one recipient can get of an effect, on whom ``eligible`` counts.

    A post pays its wage, but closes no more than the gap of one eligible person; so does relief.
    """
    if effect["kind"] in {"jobs", "relief"}:
        return float(number(effect["gap_yuan"]))
    if effect["kind"] == "training":
        return float(number(effect["employed_share"])) * float(number(effect["gain_yuan"]))
    return float(number(effect["gain_yuan"]))


def per_unit(effect: Record, inputs: Inputs) -> pl.DataFrame:
    """What a unit of 0.01 万元 paid for each project of an effect brings: heads or yuan of a year.

    coverage: heads_p/cost_p. jobs: posts_p·wage/cost_p. household_output: households_p·gain/cost_p.
    training: heads_p·employed_share·gain/cost_p. asset_yield: 10⁴·yield·(1 − collective_share) for a 万元,
    and yield·collective_share 万元 for the collective.
    relief: 10⁴·paid_share for a 万元. The posts of a jobs effect: posts_p/cost_p.

    Returns
    -------
    polars.DataFrame
        ``project_id``, ``in_one`` and ``per_unit``; projects without public cost are left out.
    """
    if "projects" in effect:
        chosen = pl.col("project_id").is_in(effect["projects"])
    else:
        chosen = in_categories(effect["categories"])
    projects = inputs.projects.filter(chosen & (pl.col("cost") > 0))
    if effect["kind"] in _COUNTED:
        worth = _size(effect[_COUNTED[effect["kind"]]], projects) * _yuan(effect) / pl.col("cost")
    else:
        worth = pl.lit(_yuan(effect) / UNITS_PER_WAN)
    return projects.select("project_id", "in_one", per_unit=worth)


def _size(size: object, projects: pl.DataFrame) -> pl.Expr:
    """Heads, posts or households of each project: a number, or a column of projects.csv (empty is 0)."""
    if not isinstance(size, str):
        return pl.lit(float(number(size)))
    if size not in projects.columns:
        return pl.lit(0.0)
    return pl.col(size).replace("", "0").cast(pl.Float64)


def _yuan(effect: Record) -> float:
    """Yuan of a year: of one post, household or head, or of one 万元 paid; 1 for a head served or a post.

    万元 for the collective.
    """
    if effect["kind"] == LEFT:
        return float(number(effect["yield"])) * float(number(effect["collective_share"]))
    if effect["kind"] == "asset_yield":
        to_households = 1 - float(number(effect.get("collective_share", 0)))
        return YUAN_PER_WAN * float(number(effect["yield"])) * to_households
    if effect["kind"] == "relief":
        return YUAN_PER_WAN * float(number(effect.get("paid_share", 1)))
    if effect["kind"] == "jobs":
        return float(number(effect["wage_yuan"]))
    return 1.0 if effect["kind"] in {COVERAGE, HELD} else yuan_per_head(effect)


def taking_effect(plan: Plan, inputs: Inputs) -> pl.DataFrame:
    """Money by the year from which it has effects: ``project_id``, ``place_id``, ``year``, ``units``.

    A project paid in full or not at all takes effect as a whole in the first year t with
    Σ_{τ≤t} x ≥ its public cost.
    """
    columns = ["project_id", "place_id", "year", "units"]
    in_one = inputs.projects.filter(pl.col("in_one")).select("project_id", "cost")
    at_once = pl.col("project_id").is_in(in_one["project_id"].to_list())
    by_year = plan.rows.filter(at_once).group_by("project_id", "year").agg(pl.col("units").sum())
    so_far = by_year.sort("year").with_columns(paid=pl.col("units").cum_sum().over("project_id"))
    done = so_far.join(in_one, on="project_id").filter(pl.col("paid") >= pl.col("cost"))
    last = done.group_by("project_id").agg(pl.col("year").min())
    whole = inputs.parts.join(last, on="project_id").rename({"cost": "units"})
    return pl.concat([plan.rows.filter(~at_once).select(columns), whole.select(columns)])
