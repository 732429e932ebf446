"""Place floor: each place, with all below it, gets at least so much. Σ x ≥ F, a year or in all."""

from fractions import Fraction

from zxsim.core.money import UNITS_PER_WAN, units_up
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a floor, one row a place and year, or one a place for the whole period."""
    scope = scope_of(rule, inputs)
    floor = units_up(number(rule["at_least_wan"]))
    counted = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    spent = scope.by_period(rule, plan.sums(counted, scope.places))
    rows = [
        Judged(
            rule=rule_id,
            kind="place_floor",
            clause=rule.get("clause", ""),
            place=place,
            year=year,
            left=Fraction(units, UNITS_PER_WAN),
            relation=AT_LEAST,
            right=Fraction(floor, UNITS_PER_WAN),
            room=Fraction(units - floor),
        )
        for (place, year), units in spent.items()
    ]
    return Verdict(rows)
