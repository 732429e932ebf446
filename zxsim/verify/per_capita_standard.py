"""Per-capita standard: each place gets at least a standard for each of its heads, a year or in all.

Σ x ≥ heads · standard / 10⁴ 万元, rounded up to 0.01.
"""

import numpy as np

from zxsim.core.money import YUAN_PER_WAN, units_up
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import Verdict, money_floor, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a standard, one row a place and year, or one a place for the whole period."""
    scope = scope_of(rule, inputs)
    counted = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    spent = scope.by_period(rule, plan.sums(counted, rule["places"], scope.years))
    standard_wan = number(rule["standard_yuan"]) / YUAN_PER_WAN
    floors = [units_up(inputs.places.exact(place, rule["heads"]) * standard_wan) for place in rule["places"]]
    floor = np.array(floors, dtype=object)[:, None] + 0 * spent
    names = (rule_id, "per_capita_standard", rule.get("clause", ""))
    return Verdict(money_floor(names, scope.period_cells(rule), spent.ravel(), floor.ravel()))
