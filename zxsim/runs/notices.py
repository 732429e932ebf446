"""What a reader of a plan must be told beside its figures."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl

from zxsim.core.layout import BoolArray, IntArray
from zxsim.core.money import UNITS_PER_WAN, wan_text
from zxsim.errors import Message
from zxsim.optimize.plan import Plan
from zxsim.rules.category_share import CategoryShare
from zxsim.rules.priority import Priority
from zxsim.rules.project_count import ProjectCount
from zxsim.rules.rising_share import RisingShare
from zxsim.runs.categories import spent_by_category
from zxsim.runs.once import once_a_plan
from zxsim.runs.tables import missed, roll_ups, rules
from zxsim.schema.references import enabled


@once_a_plan
def notices(plan: Plan) -> list[Message]:
    """Collect all notices of a plan, the weightiest first."""
    found = []
    if plan.loaded.spec.illustrative:
        found.append(Message("illustrative", {}))
    if not plan.chain.unique:
        found.append(Message("not_proved_unique", {}))
    if not plan.by_rank:
        found.append(Message("library_order_by_id", {}))
    found += [*_decided(plan), *_carried_over(plan)]
    return [*found, *_missed_rules(plan), *_falling_shares(plan), *_idle_rules(plan), *_corner(plan)]


def _decided(plan: Plan) -> Iterator[Message]:
    """Say how much of the plan was no choice any more."""
    layout, last = plan.loaded.layout, plan.loaded.spec.decided_through
    over, later = (int(layout.committed[chosen].sum()) for chosen in (layout.decided, ~layout.decided))
    if last is not None:
        yield Message("years_decided", {"year": last, "amount": wan_text(over)})
    if later:
        yield Message("committed_later", {"amount": wan_text(later)})


def _carried_over(plan: Plan) -> Iterator[Message]:
    """Name the years in which a fund pays more than it was given then; one that may not is overspent."""
    carrying = [fund for fund, spec in plan.loaded.spec.fund.items() if int(spec.carry_over)]
    by_fund = roll_ups(plan)["by_fund"].filter(pl.col("fund_id").is_in(carrying))
    years = by_fund.filter(pl.col("left_wan") < 0)["year"].unique().sort().to_list()
    if years:
        yield Message("money_carried_over", {"years": years})


def _missed_rules(plan: Plan) -> Iterator[Message]:
    """Name the soft rules that the plan misses, and by how much in 万元, points or projects."""
    for rule_id, rows in missed(rules(plan)).group_by("rule", maintain_order=True):
        most, unit = -float(rows["slack"].to_numpy().min()), rows["unit"][0]
        shown = f"{most:.2%}" if unit == "share" else f"{most:,.2f} 万元" if unit == "wan" else f"{most:.0f}"
        yield Message("soft_rule_missed", {"rule": rule_id[0], "count": len(rows), "most": shown})


def _falling_shares(plan: Plan) -> Iterator[Message]:
    """Report where the share of money *spent* falls although the rule over the money held is kept."""
    layout, spec = plan.loaded.layout, plan.loaded.spec
    not_kept = set(rules(plan).filter(pl.col("slack") < 0)["rule"])
    for rule_id in enabled(spec.rule):
        rule = spec.rule[rule_id]
        if not isinstance(rule, RisingShare) or rule_id in not_kept:
            continue
        years = np.flatnonzero(np.isin(layout.years, rule.year_scope(layout)))
        ours = layout.columns_of(funds=rule.funds)
        inside = layout.columns_of(funds=rule.funds, categories=rule.categories)
        spent, share = _by_year(plan, ours)[years], _by_year(plan, inside)[years]
        shown = np.flatnonzero(spent > 0)
        for before, after in pairwise(shown):
            if share[after] * spent[before] < share[before] * spent[after]:
                yield Message(
                    "spent_share_falls",
                    {
                        "rule": rule_id,
                        "year": int(layout.years[years[after]]),
                        "before": f"{share[before] / spent[before]:.2%}",
                        "after": f"{share[after] / spent[after]:.2%}",
                    },
                )


def _by_year(plan: Plan, chosen: BoolArray) -> IntArray:
    layout = plan.loaded.layout
    paid = np.flatnonzero(chosen & (plan.units > 0))
    sums = np.zeros(len(layout.years), dtype=np.int64)
    np.add.at(sums, layout.column_year[paid], plan.units[paid])
    return sums


def _idle_rules(plan: Plan) -> Iterator[Message]:
    """Name rules whose categories no project of the library has: they cost nothing here."""
    layout, spec = plan.loaded.layout, plan.loaded.spec
    for rule_id in enabled(spec.rule):
        rule = spec.rule[rule_id]
        if not isinstance(rule, CategoryShare | ProjectCount | Priority) or rule.categories is None:
            continue
        if not layout.projects_in(rule.categories).any():
            yield Message("rule_without_projects", {"rule": rule_id, "categories": list(rule.categories)})


def _corner(plan: Plan) -> Iterator[Message]:
    """Say when the plan is a corner: one category takes all that its rules and its library allow."""
    if plan.benefit <= 0 or plan.spent_units == 0:
        return
    spent = spent_by_category(plan)
    largest = max(spent, key=lambda name: spent[name])
    if spent[largest] == plan.spent_units and len(spent) > 1:
        yield Message("corner", {"category": largest, "amount_wan": spent[largest] / UNITS_PER_WAN})
