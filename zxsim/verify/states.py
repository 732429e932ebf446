"""Check 5: whether each target is met, met but for less than one unit of money, or missed."""

from collections.abc import Sequence

import polars as pl

from zxsim.core.money import UNITS_PER_WAN, YUAN_PER_WAN
from zxsim.errors import Message
from zxsim.verify.compare import RELATIVE_TOLERANCE
from zxsim.verify.findings import finding
from zxsim.verify.indicators import chosen_projects, effects_on, heads_column, lag_of, to_households
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan
from zxsim.verify.reading import lacks_columns
from zxsim.verify.targets import KEYS, TARGETS, gap_of

MET, WITHIN_UNIT, MISSED = "met", "met_within_unit", "missed"
Range = tuple[float, float]


def check_states(found: pl.DataFrame, expected: pl.DataFrame, plan: Plan, inputs: Inputs) -> list[Message]:
    """Compare the word of each row of targets.csv with its figures worked out anew."""
    findings: list[Message] = []
    if lacks_columns(found, ["state", *KEYS], TARGETS.file, findings):
        return findings
    planned = {row[:-1]: row[-1] for row in expected.select(*KEYS, "planned").iter_rows()}
    units = {target_id: _one_unit(target, plan, inputs) for target_id, target in inputs.targets.items()}
    for line, state, *key in found.select("line", "state", *KEYS).iter_rows():
        value = planned.get(tuple(key))
        if value is None:
            continue
        gap = gap_of(inputs.targets[key[0]], value)
        allowed = _states(gap, units[key[0]][key[1]], RELATIVE_TOLERANCE * max(1.0, abs(value)))
        if state not in allowed:
            wanted, address = " | ".join(allowed), f"{' '.join(key)} state"
            findings.append(
                finding("verify_figure", wanted, state, file=TARGETS.file, address=address, line=line)
            )
    return findings


def _states(gap: float, one_unit: Range, nothing: float) -> Sequence[str]:
    """Words that fit a gap; several where it lies at a border, by ``nothing`` or within ``one_unit``."""
    fits = {
        MET: gap <= nothing,
        WITHIN_UNIT: -nothing <= gap <= one_unit[1] + nothing,
        MISSED: gap > max(one_unit[0], nothing),
    }
    return [word for word, right in fits.items() if right]


def _one_unit(target: Record, plan: Plan, inputs: Inputs) -> dict[str, Range]:
    """Least and most that 0.01 万元 can change at each place of a target.

    It changes at least what the best single effect of a project paid in time does, and at most what
    the best effects of all projects do together, whether they could be paid or not.
    """
    indicator, places = target["indicator"], target["places"]
    column = heads_column(indicator, inputs)
    least, most = dict.fromkeys(places, 0.0), dict.fromkeys(places, 0.0)
    for effect in effects_on(indicator, inputs):
        in_time = plan.rows.filter(pl.col("year") + lag_of(effect) <= target["years"][1])
        paid, listed = (_best(effect, rows, places, plan, inputs) for rows in (in_time, inputs.parts))
        for place in places:
            least[place] = max(least[place], paid.get(place, 0.0))
            most[place] += listed.get(place, 0.0)
    heads = {place: inputs.places.number(place, column) * UNITS_PER_WAN for place in places}
    return {place: (least[place] / heads[place], most[place] / heads[place]) for place in places}


def _best(
    effect: Record, rows: pl.DataFrame, places: Sequence[str], plan: Plan, inputs: Inputs
) -> dict[str, float]:
    """Heads or yuan that one 万元 brings to each place through an effect, at the best project in ``rows``."""
    projects = chosen_projects(effect, inputs).filter(pl.col("cost") > 0)
    if effect["kind"] == "asset_yield":
        per_wan = pl.lit(YUAN_PER_WAN * to_households(effect))
    else:
        per_wan = pl.col("heads") * UNITS_PER_WAN / pl.col("cost")
    worth = projects.select("project_id", per_wan=per_wan)
    inside = plan.carried_up(rows.select("project_id", "place_id").join(worth, on="project_id"), places)
    return dict(inside.group_by("within").agg(pl.col("per_wan").max()).iter_rows())
