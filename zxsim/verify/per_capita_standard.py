"""Per-capita standard: each place gets at least a standard for each of its heads, a year or in all.

Σ x ≥ heads · standard / 10⁴ 万元, rounded up to 0.01.
"""

from zxsim.core.money import YUAN_PER_WAN, units_up
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import Verdict, money_floor, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a standard, one row a place and year, or one a place for the whole period."""
    scope = scope_of(rule, inputs)
    counted = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    spent = scope.by_period(rule, plan.sums(counted, rule["places"]))
    standard_wan = number(rule["standard_yuan"]) / YUAN_PER_WAN
    names = (rule_id, "per_capita_standard", rule.get("clause", ""))
    rows = []
    for (place, year), units in spent.items():
        floor = units_up(inputs.places.exact(place, rule["heads"]) * standard_wan)
        rows.append(money_floor(names, (place, year), units, floor))
    return Verdict(rows)
