"""Place floor: each place, with all below it, gets at least so much. Σ x ≥ F, a year or in all."""

from zxsim.core.money import units_up
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import Verdict, money_floor, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import whole
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a floor, one row a place and year, or one a place for the whole period."""
    scope = scope_of(rule, inputs)
    counted = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    spent = scope.by_period(rule, plan.sums(counted, scope.places, scope.years)).ravel()
    floor = whole(units_up(number(rule["at_least_wan"])), spent.shape)
    names = (rule_id, "place_floor", rule.get("clause", ""))
    return Verdict(money_floor(names, scope.period_cells(rule), spent, floor))
